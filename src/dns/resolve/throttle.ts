/** Questions that addresses did not answer well lately, and so are not put to them; see `ThrottleOptions`. */
import type { Micros } from '../../base/time.ts';
import type { Question } from '../data/message.ts';
import type { ThrottleOptions } from './upstream.ts';

interface Entry {
  readonly until: Micros;
  left: number;
}

/** Entries kept before the expired ones are cleared away. */
const MANY = 1000;

export class Throttle {
  readonly #entries: Map<string, Entry> = new Map();
  readonly #options: ThrottleOptions;

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  /** Whether the question is kept from the address; asking this uses up one of the entry's occasions. */
  blocks(address: string, question: Question, now: Micros): boolean {
    const entry = this.#entries.get(keyOf(address, question));
    if (entry === undefined || now >= entry.until || entry.left <= 0) return false;
    entry.left--;
    return true;
  }

  /** The address did not answer, answered with an error, or the network refused. */
  record(address: string, question: Question, kind: 'timeout' | 'error' | 'refusal', now: Micros): void {
    if (this.#entries.size >= MANY) this.#forgetOld(now);
    const until = now + this.#options[`${kind}Micros`];
    this.#entries.set(keyOf(address, question), { until, left: this.#options[`${kind}Queries`] });
  }

  clear(): void {
    this.#entries.clear();
  }

  #forgetOld(now: Micros): void {
    for (const [key, { until }] of this.#entries) if (now >= until) this.#entries.delete(key);
  }
}

function keyOf(address: string, { name, type }: Question): string {
  return `${address} ${type} ${name}`;
}
