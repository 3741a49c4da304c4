/**
 * Background load: users outside the experiment who share a resolver and keep its cache warm.
 *
 * One merged Poisson stream per pool and question. Nobody waits for these answers and nothing of them is
 * counted but the resolver's own load. Not modelled: bursts and daily rhythm of those users.
 */
import type { Micros } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { FastGenerator } from '../../kernel/fast-generator.ts';
import type { Simulation, Source } from '../../kernel/simulation.ts';
import type { ResolverPool } from './pool.ts';

/** Ticket of queries whose answer nobody waits for. */
export const NOBODY = 0;

export class BackgroundLoad implements Source {
  readonly name: string;
  nextTime: Micros;
  readonly #pool: ResolverPool;
  readonly #question: Question;
  readonly #meanGap: Micros;
  readonly #generator: FastGenerator;
  readonly #simulation: Simulation;

  /** @param ratePerSecond queries per second over the whole pool, above 0. */
  constructor(
    name: string,
    pool: ResolverPool,
    question: Question,
    ratePerSecond: number,
    generator: FastGenerator,
    simulation: Simulation,
  ) {
    this.name = name;
    this.#pool = pool;
    this.#question = question;
    this.#meanGap = 1e6 / ratePerSecond;
    this.#generator = generator;
    this.#simulation = simulation;
    this.nextTime = this.#gap();
  }

  play(until: Micros): void {
    while (this.nextTime < until && this.nextTime < this.#simulation.nextEventTime) {
      const now = this.nextTime;
      this.#simulation.advance(now);
      const fragment = this.#pool.pickAny();
      if (this.#pool.peek(fragment, this.#question, now) === undefined) {
        this.#pool.ask(fragment, NOBODY, this.#question, now);
      }
      this.nextTime = now + this.#gap();
    }
  }

  #gap(): Micros {
    return Math.round(this.#generator.exponential() * this.#meanGap);
  }
}
