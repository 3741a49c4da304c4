/**
 * Timers of proxies that look names up whether anybody asks or not: each client of a population has one for
 * each of its names, with phases spread at random.
 *
 * The next look-up is timed from the end of the one before. Not modelled: changes of the interval, and one timer
 * for several names. A TTL below one second counts as one second.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { RandomStream } from '../../kernel/random-streams.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import type { PollingRule } from '../../profiles/client-behaviour.ts';
import type { Cohort } from './cohort.ts';
import { Request } from './request.ts';

const SHORTEST_TTL: Micros = SECOND;

export class Polling implements Entity {
  readonly name: string;
  readonly #simulation: Simulation;
  readonly #stream: RandomStream;
  readonly #entity: number;
  readonly #begin: (request: Request, now: Micros) => void;
  readonly #cohorts: Cohort[] = [];

  /** @param begin makes the look-ups of a request and calls `finished` when all have come back */
  constructor(
    name: string,
    simulation: Simulation,
    stream: RandomStream,
    begin: (request: Request, now: Micros) => void,
  ) {
    this.name = name;
    this.#simulation = simulation;
    this.#stream = stream;
    this.#begin = begin;
    this.#entity = simulation.add(this);
  }

  /** Starts the timers of a cohort's clients. @param cohort of an application that has them */
  add(cohort: Cohort): void {
    const { spec, slots } = cohort.population;
    const rule = spec.application.polling!;
    const index = this.#cohorts.push(cohort) - 1;
    const timers = cohort.count * slots.length;
    for (let timer = 0; timer < timers; timer++) {
      const phase = Math.floor(this.#stream.uniform() * firstWithin(rule));
      this.#simulation.schedule(phase, this.#entity, 0, index, timer);
    }
  }

  receive(_kind: number, index: number, timer: number, now: Micros): void {
    const cohort = this.#cohorts[index]!;
    const questions = cohort.population.slots.length;
    const client = cohort.first + Math.floor(timer / questions);
    const request = new Request().begin(cohort, client, timer % questions, now);
    request.refresh = true;
    request.poll = { index, timer };
    this.#begin(request, now);
  }

  describe(): string {
    return 'timer of a proxy';
  }

  /** A look-up of a timer has ended. */
  finished({ cohort, poll, ttl, delay }: Request): void {
    const { every, retry } = cohort.population.spec.application.polling!;
    const { index, timer } = poll!;
    const failed = ttl === Number.POSITIVE_INFINITY;
    const wait = failed ? retry : every === 'ttl' ? Math.max(ttl, SHORTEST_TTL) : every;
    this.#simulation.schedule(delay + wait, this.#entity, 0, index, timer);
  }
}

/** First look-ups are spread over one interval, or over a second where the TTL is the interval. */
function firstWithin({ every }: PollingRule): Micros {
  return every === 'ttl' ? SECOND : every;
}
