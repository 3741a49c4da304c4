/**
 * What a resolver's cache is known to answer, without asking it again.
 *
 * A hit changes nothing in a cache, so as long as the resolver takes no step and the data's TTL lasts, the next
 * hit gives the same data with less time left. Most queries of a warm cell are answered from here.
 */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';

export class Recollection {
  /** By question of the answer table: the answer's id, the step after which it was seen, its last instant. */
  readonly #answers: Uint16Array;
  readonly #versions: Float64Array;
  readonly #untils: Float64Array;

  constructor(questions: number) {
    this.#answers = new Uint16Array(questions);
    this.#versions = new Float64Array(questions).fill(-1);
    this.#untils = new Float64Array(questions);
  }

  remember(question: number, answer: number, version: number, until: Micros): void {
    this.#answers[question] = answer;
    this.#versions[question] = version;
    this.#untils[question] = until;
  }

  /** The answer's id, or 0 when the cache has to be asked. */
  recall(question: number, version: number, now: Micros): number {
    const known = this.#versions[question] === version && now < this.#untils[question]!;
    return known ? this.#answers[question]! : 0;
  }

  /** TTL of a recalled answer, as the cache would write it. */
  ttlAt(question: number, now: Micros): Seconds {
    return Math.ceil((this.#untils[question]! - now) / SECOND);
  }
}
