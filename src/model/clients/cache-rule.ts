/**
 * How long a client-side cache keeps what it was given.
 *
 * Not modelled: capacity and eviction (browsers hold 800 to 1,000 names, Windows does not say), partitioning
 * by site, and flushing on network changes. The cost: hit ratios are an upper bound for users of many names.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { CacheRule } from '../../profiles/client-behaviour.ts';

/** What kind of answer is kept: data, a "no" (NXDOMAIN, NODATA), or a failure to get any answer. */
export type AnswerKind = 'data' | 'negative' | 'failure';

/** Lifetime in microseconds of an answer with `ttl` microseconds left; 0 = not kept, Infinity = for ever. */
export function lifetime(rule: CacheRule, kind: AnswerKind, ttl: Micros): Micros {
  if (rule.mode === 'none') return 0;
  if (kind === 'failure') return rule.failureSeconds * SECOND;
  if (kind === 'negative') return Math.min(positiveLifetime(rule, ttl), rule.negativeCapSeconds * SECOND);
  return positiveLifetime(rule, ttl);
}

/** `lifetime` of data by one rule, with everything that does not depend on the answer worked out before. */
export class DataLifetime {
  readonly #fixed: Micros;
  readonly #zero: Micros;
  readonly #factor: number;
  readonly #add: Micros;
  readonly #floor: Micros;
  readonly #cap: Micros;

  constructor(rule: CacheRule) {
    this.#fixed = rule.mode === 'ttl' ? -1 : lifetime(rule, 'data', 0);
    this.#zero = lifetime(rule, 'data', 0);
    this.#factor = rule.factor;
    this.#add = rule.addSeconds * SECOND;
    this.#floor = rule.floorSeconds * SECOND;
    this.#cap = rule.capSeconds * SECOND;
  }

  /** Lifetime in microseconds of data with `ttl` microseconds left; 0 = not kept. */
  of(ttl: Micros): Micros {
    if (this.#fixed >= 0) return this.#fixed;
    if (ttl === 0) return this.#zero;
    const stretched = ttl * this.#factor + this.#add;
    return Math.floor(Math.min(Math.max(stretched, this.#floor), this.#cap) + 0.5);
  }
}

function positiveLifetime(rule: CacheRule, ttl: Micros): Micros {
  if (rule.mode === 'forever') return Number.POSITIVE_INFINITY;
  if (rule.mode === 'fixed') return rule.fixedSeconds * SECOND;
  if (ttl === 0 && rule.floorSeconds === 0) return 0;
  const stretched = ttl * rule.factor + rule.addSeconds * SECOND;
  const clamped = Math.min(Math.max(stretched, rule.floorSeconds * SECOND), rule.capSeconds * SECOND);
  return Math.round(clamped);
}
