/**
 * What the caches of a resolver service in one cell are known to answer, without asking them again.
 *
 * A hit changes nothing in a cache, so as long as the resolver takes no step and the data's TTL lasts, the next
 * hit gives the same data with less time left. Most queries of a warm cell are answered from here.
 */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';

export class Recollection {
  /** Questions of the answer table. */
  readonly #questions: number;
  readonly #instances: number;
  /** By instance: counts what may have changed its cache. */
  readonly #steps: Float64Array;
  /** By instance, then question: the answer's id, the step after which it was seen, its last instant. */
  readonly #answers: Uint16Array;
  readonly #versions: Float64Array;
  readonly #untils: Float64Array;

  /** @param steps by instance, of one cache each; raised by their owner */
  constructor(questions: number, steps: Float64Array) {
    this.#questions = questions;
    this.#instances = steps.length;
    this.#steps = steps;
    this.#answers = new Uint16Array(questions * steps.length);
    this.#versions = new Float64Array(questions * steps.length).fill(-1);
    this.#untils = new Float64Array(questions * steps.length);
  }

  /** @param client number in its population, which tells the instance */
  remember(question: number, client: number, answer: number, until: Micros): void {
    const at = this.#placeOf(question, client);
    this.#answers[at] = answer;
    this.#versions[at] = this.#steps[client % this.#instances]!;
    this.#untils[at] = until;
  }

  /** The answer's id, or 0 when the cache has to be asked. */
  recall(question: number, client: number, now: Micros): number {
    const at = this.#placeOf(question, client);
    const step = this.#steps[this.#instances === 1 ? 0 : client % this.#instances]!;
    return this.#versions[at] === step && now < this.#untils[at]! ? this.#answers[at]! : 0;
  }

  /** TTL of a recalled answer, as the cache would write it. */
  ttlAt(question: number, client: number, now: Micros): Seconds {
    return Math.ceil((this.#untils[this.#placeOf(question, client)]! - now) / SECOND);
  }

  /** Most cells have one instance, and a division for each query would be felt. */
  #placeOf(question: number, client: number): number {
    return this.#instances === 1 ? question : (client % this.#instances) * this.#questions + question;
  }
}
