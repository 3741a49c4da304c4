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

  /** The address did not answer, or answered with an error. */
  record(address: string, question: Question, kind: 'timeout' | 'error', now: Micros): void {
    const { timeoutMicros, timeoutQueries, errorMicros, errorQueries } = this.#options;
    if (this.#entries.size >= MANY) this.#forgetOld(now);
    const entry =
      kind === 'timeout'
        ? { until: now + timeoutMicros, left: timeoutQueries }
        : { until: now + errorMicros, left: errorQueries };
    this.#entries.set(keyOf(address, question), entry);
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
