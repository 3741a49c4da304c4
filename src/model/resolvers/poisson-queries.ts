/** Queries to a resolver service that nobody waits for: one merged Poisson stream per pool. */
import type { Micros } from '../../base/time.ts';
import type { FastGenerator } from '../../kernel/fast-generator.ts';
import type { Simulation, Source } from '../../kernel/simulation.ts';

/** Ticket of queries whose answer nobody waits for. */
export const NOBODY = 0;

export interface PoissonTimes {
  /** Queries per second over the whole pool, above 0. */
  readonly ratePerSecond: number;
  readonly from: Micros;
  /** No query at or after it; Infinity: to the end. */
  readonly until: Micros;
}

export class PoissonQueries implements Source {
  readonly name: string;
  nextTime: Micros;
  readonly #meanGap: Micros;
  readonly #until: Micros;
  readonly #generator: FastGenerator;
  readonly #simulation: Simulation;
  readonly #send: (now: Micros) => void;

  /** @param send makes the query of an instant */
  constructor(
    name: string,
    { ratePerSecond, from, until }: PoissonTimes,
    generator: FastGenerator,
    simulation: Simulation,
    send: (now: Micros) => void,
  ) {
    this.name = name;
    this.#meanGap = 1e6 / ratePerSecond;
    this.#until = until;
    this.#generator = generator;
    this.#simulation = simulation;
    this.#send = send;
    this.nextTime = this.#after(from);
  }

  play(until: Micros): void {
    while (this.nextTime < until && this.nextTime < this.#simulation.nextEventTime) {
      const now = this.nextTime;
      this.#simulation.advance(now);
      this.#send(now);
      this.nextTime = this.#after(now);
    }
  }

  /** The next arrival, Infinity once there are no more. */
  #after(time: Micros): Micros {
    const next = time + Math.round(this.#generator.exponential() * this.#meanGap);
    return next < this.#until ? next : Number.POSITIVE_INFINITY;
  }
}
