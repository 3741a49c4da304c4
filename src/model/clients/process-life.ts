/**
 * Restarts of client processes, which forget everything they hold in memory.
 *
 * Every process restarts at a fixed interval; the phases of a population's clients are spread evenly by the
 * golden ratio, so nothing need be remembered for each. Not modelled: the time a restart takes.
 */
import type { Micros } from '../../base/time.ts';
import type { Population } from './population.ts';

/** Fraction of the golden ratio: its multiples are spread most evenly over a circle. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Time since the latest restart of a client's process; Infinity where it never restarts. */
export function sinceRestart({ spec }: Population, client: number, now: Micros): Micros {
  const every = spec.application.restartEvery;
  if (every === undefined) return Number.POSITIVE_INFINITY;
  return (now + Math.floor(((client * GOLDEN) % 1) * every)) % every;
}

/** Time to the next restart of a client's process, more than 0; Infinity where it never restarts. */
export function untilRestart(population: Population, client: number, now: Micros): Micros {
  const every = population.spec.application.restartEvery;
  return every === undefined ? Number.POSITIVE_INFINITY : every - sinceRestart(population, client, now);
}
