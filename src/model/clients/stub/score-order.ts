/**
 * Scores of Android: a resolver whose share of successes among its latest samples is too low is left out, until
 * the samples are too old to believe; with nobody usable everyone is asked (AOSP DnsResolver res_stats.cpp).
 *
 * Only the first round of a look-up gives samples. A phone that has long been content needs dozens of bad look-ups before it leaves a dead resolver out. Not
 * modelled: samples of earlier days (each run begins without any).
 */
import { type Micros, SECOND } from '../../../base/time.ts';
import type { ScoreRule } from '../../../profiles/client-behaviour.ts';
import type { Disappointment, ServerOrder } from './server-order.ts';

/** Most samples a rule may keep: they are bits of one eight-byte ring. */
export const MOST_SAMPLES = 64;
const RING_BYTES = MOST_SAMPLES / 8;

export class ScoreOrder implements ServerOrder {
  readonly #rule: ScoreRule;
  readonly #resolvers: number;
  readonly #usable: number[] = [];
  /** By client · resolvers + resolver: samples kept, place of the next one, good ones among them. */
  readonly #kept: Uint8Array;
  readonly #next: Uint8Array;
  readonly #good: Uint8Array;
  readonly #rings: Uint8Array;
  /** Second of the latest sample, as Android counts. */
  readonly #latest: Uint32Array;

  constructor(clients: number, resolvers: number, rule: ScoreRule) {
    const size = clients * resolvers;
    this.#rule = rule;
    this.#resolvers = resolvers;
    this.#kept = new Uint8Array(size);
    this.#next = new Uint8Array(size);
    this.#good = new Uint8Array(size);
    this.#rings = new Uint8Array(size * RING_BYTES);
    this.#latest = new Uint32Array(size);
  }

  isPlain(): boolean {
    return false;
  }

  begin(client: number, now: Micros): readonly number[] {
    this.#usable.length = 0;
    for (let resolver = 0; resolver < this.#resolvers; resolver++) {
      if (this.#isUsable(client * this.#resolvers + resolver, now)) this.#usable.push(resolver);
    }
    if (this.#usable.length > 0) return this.#usable;
    for (let resolver = 0; resolver < this.#resolvers; resolver++) this.#usable.push(resolver);
    return this.#usable;
  }

  answered(client: number, resolver: number, again: boolean, now: Micros): void {
    if (!again) this.#sample(client * this.#resolvers + resolver, 1, now);
  }

  disappointed(client: number, resolver: number, _why: Disappointment, again: boolean, now: Micros): void {
    if (!again) this.#sample(client * this.#resolvers + resolver, 0, now);
  }

  reason(client: number, names: readonly string[]): string {
    const { threshold, fewest } = this.#rule;
    const out = names.filter((_, resolver) => this.#isBad(client * this.#resolvers + resolver));
    const least = `${Math.round(threshold * 100)} %`;
    return `${out.join(', ')} left out: fewer than ${least} of at least ${fewest} samples were good`;
  }

  #isBad(at: number): boolean {
    const kept = this.#kept[at]!;
    return kept >= this.#rule.fewest && this.#good[at]! < this.#rule.threshold * kept;
  }

  /** Stale bad samples are forgotten, and the resolver gets another chance. */
  #isUsable(at: number, now: Micros): boolean {
    if (!this.#isBad(at)) return true;
    if (Math.floor(now / SECOND) - this.#latest[at]! <= this.#rule.validSeconds) return false;
    this.#kept[at] = 0;
    this.#next[at] = 0;
    this.#good[at] = 0;
    return true;
  }

  #sample(at: number, good: 0 | 1, now: Micros): void {
    const { samples } = this.#rule;
    const place = this.#next[at]!;
    const byte = at * RING_BYTES + (place >> 3);
    const bit = 1 << (place & 7);
    const old = this.#kept[at]! === samples && (this.#rings[byte]! & bit) !== 0 ? 1 : 0;
    this.#rings[byte] = good ? this.#rings[byte]! | bit : this.#rings[byte]! & ~bit;
    this.#good[at] = this.#good[at]! + good - old;
    this.#kept[at] = Math.min(this.#kept[at]! + 1, samples);
    this.#next[at] = (place + 1) % samples;
    this.#latest[at] = Math.floor(now / SECOND);
  }
}
