/** Worker side: how much goes through each part of a world, from counters read now and then. */
import { MINUTE, type Micros, SECOND } from '../../src/base/time.ts';
import { scaleOf } from '../../src/measure/hops.ts';
import type { Population } from '../../src/model/clients/population.ts';
import type { World } from '../../src/model/world.ts';
import type { Flow } from './session-messages.ts';

/** Rates are read over at least this much virtual time. */
export const FLOW_WINDOW: Micros = 10 * SECOND;

/** How often everything has happened up to a moment. */
export interface Counters {
  readonly now: Micros;
  readonly counts: readonly number[];
  readonly failed: readonly number[];
}

export class FlowMeter {
  #before: Counters | undefined;
  #flows: readonly Flow[] = [];

  /** Forgets what was read; the next reading goes back to this moment. */
  begin(world: World): void {
    this.#before = countersOf(world);
    this.#flows = [];
  }

  read(world: World): readonly Flow[] {
    const before = this.#before;
    const due = this.#flows.length === 0 ? 1 : FLOW_WINDOW;
    if (before && world.now - before.now < due) return this.#flows;
    const counters = countersOf(world);
    this.#before = counters;
    if (before) this.#flows = flowsBetween(world, before, counters);
    return this.#flows;
  }
}

export function countersOf({ populations, loads, outside, now }: World): Counters {
  return {
    now,
    counts: [
      ...populations.map(({ tally }) => sum(tally.served) + sum(tally.failed)),
      ...loads.map(({ queries }) => sum(queries)),
      ...outside.load().map(({ queries }) => queries),
    ],
    failed: populations.map(({ tally }) => sum(tally.failed)),
  };
}

/** Flows between two moments of a world. */
export function flowsBetween(world: World, before: Counters, after: Counters): readonly Flow[] {
  const { populations, resolvers, providers } = world.spec;
  const ids = [
    ...populations.map(({ name }) => `clients ${name}`),
    ...resolvers.map(({ name }) => `resolver ${name}`),
    ...providers.map(({ name }) => `provider ${name}`),
  ];
  const perSecond = (scaleOf(world) * SECOND) / (after.now - before.now);
  return ids.map((id, index): Flow => {
    const count = after.counts[index]! - before.counts[index]!;
    const flow = { id, perSecond: count * perSecond };
    const failed = after.failed[index];
    if (failed === undefined) return flow;
    return { ...flow, failing: count > 0 ? (failed - before.failed[index]!) / count : 0 };
  });
}

/** Represented users times minutes without service up to now. */
export function lostUserMinutes({ populations, now }: World): number {
  return populations.reduce((total, population) => {
    const { represents, count } = population.spec;
    return total + ((represents / count) * lostMicros(population, now)) / MINUTE;
  }, 0);
}

function lostMicros({ tally, brokenSince }: Population, now: Micros): Micros {
  let lost = sum(tally.causeMicros);
  for (const since of brokenSince) if (since > 0) lost += Math.max(0, now - since);
  return lost;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
