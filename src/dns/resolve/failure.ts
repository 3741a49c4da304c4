/**
 * Remembered resolution failures with back-off (RFC 9520 §3.2): a failed question is not tried again before
 * its entry has run out, and each failure in a row lives longer, up to a maximum.
 *
 * Not modelled: failures remembered per server; see the server memory for those.
 */
import type { Micros } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import { isSubdomain } from '../data/name.ts';
import type { RrType } from '../data/rrtype.ts';
import type { FailureOptions } from './options.ts';

export interface Failure {
  readonly failedAt: Micros;
  /** No new attempt before this instant. */
  readonly until: Micros;
  /** Failures in a row, this one included. */
  readonly count: number;
}

export class FailureCache {
  readonly #failures: Map<string, Failure> = new Map();
  readonly #options: FailureOptions;

  constructor(options: FailureOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#failures.size;
  }

  /** The last failure of (name, type), whether or not it still holds; forgotten by a success. */
  last(name: Name, type: RrType): Failure | undefined {
    return this.#failures.size === 0 ? undefined : this.#failures.get(key(name, type));
  }

  /** Whether (name, type) must not be tried at `now`. */
  holds(name: Name, type: RrType, now: Micros): boolean {
    const failure = this.last(name, type);
    return failure !== undefined && now < failure.until;
  }

  /** Records a failure at `now`; one that follows another before the longest life has passed lives longer. */
  record(name: Name, type: RrType, now: Micros): Failure {
    const { first, factor, maximum } = this.#options;
    const last = this.last(name, type);
    const inRow = last !== undefined && now < last.until + maximum * SECOND;
    const count = inRow ? last.count + 1 : 1;
    const seconds = Math.min(first * factor ** (count - 1), maximum);
    const failure = { failedAt: now, until: now + Math.round(seconds * SECOND), count };
    this.#failures.delete(key(name, type));
    this.#failures.set(key(name, type), failure);
    this.#forgetOld(now);
    return failure;
  }

  /** A success ends the row. */
  succeed(name: Name, type: RrType): void {
    if (this.#failures.size > 0) this.#failures.delete(key(name, type));
  }

  clear(): void {
    this.#failures.clear();
  }

  /** Forgets the failures of a name, or of everything below it too. */
  remove(name: Name, below: boolean): void {
    for (const stored of this.#failures.keys()) {
      const failed = stored.slice(stored.indexOf(' ') + 1) as Name;
      if (failed === name || (below && isSubdomain(failed, name))) this.#failures.delete(stored);
    }
  }

  /** Failures are kept in the order they happened, so the oldest stand first. */
  #forgetOld(now: Micros): void {
    for (const [stored, failure] of this.#failures) {
      if (now < failure.until + this.#options.maximum * SECOND) return;
      this.#failures.delete(stored);
    }
  }
}

function key(name: Name, type: RrType): string {
  return `${type} ${name}`;
}
