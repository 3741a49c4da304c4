/**
 * What client-side software does with answers: plain data, one shape for applications and one for operating
 * systems. The model interprets it; the presets beside this file fill it in with sources.
 */
import type { Micros, Seconds } from '../base/time.ts';

/** How long a cache keeps an answer whose remaining TTL is `ttl`. All times in whole seconds. */
export interface CacheRule {
  /**
   * `none`: keeps nothing. `ttl`: clamp(ttl · factor + add, floor, cap), where a TTL of 0 stays 0 unless
   * the floor is positive. `fixed`: always `fixedSeconds`, whatever the record says.
   */
  readonly mode: 'none' | 'ttl' | 'fixed';
  readonly fixedSeconds: Seconds;
  readonly floorSeconds: Seconds;
  readonly capSeconds: Seconds;
  readonly factor: number;
  readonly addSeconds: Seconds;
  /** Upper bound for NXDOMAIN and NODATA; 0 = negatives are not kept. */
  readonly negativeCapSeconds: Seconds;
  /** SERVFAIL and time-outs are kept this long; 0 = not kept. */
  readonly failureSeconds: Seconds;
  /** After expiry the old answer may be used this much longer while a refresh runs (stale-while-revalidate). */
  readonly graceSeconds: Seconds;
}

export interface RetryRule {
  /** Further attempts after a failed one; 0 = none. */
  readonly count: number;
  readonly firstDelay: Micros;
  /** Each further delay is the previous one times this. */
  readonly factor: number;
}

export interface ApplicationBehaviour {
  readonly id: string;
  readonly cache: CacheRule;
  /** An idle connection is kept and reused this long, pinning its address; 0 = a connection per request. */
  readonly keepAlive: Micros;
  /** A silent address is given up after this long. */
  readonly connectTimeout: Micros;
  /** With several addresses the next one is tried after this long (RFC 8305 §5). */
  readonly attemptDelay: Micros;
  /** A request that takes longer than this in all counts as too slow; Infinity = never. */
  readonly patience: Micros;
  readonly retries: RetryRule;
}

/** One transmission of the stub's schedule: `resolver` is an index into its list, or all of them at once. */
export interface StubSend {
  readonly at: Micros;
  readonly resolver: number | 'all';
}

export interface StubBehaviour {
  readonly id: string;
  readonly cache: CacheRule;
  /** Schedules for one, two and three or more configured resolvers. */
  readonly schedules: readonly [StubSchedule, StubSchedule, StubSchedule];
  /** SERVFAIL or REFUSED from one resolver moves on to the next send at once instead of ending the look-up. */
  readonly nextOnFailure: boolean;
}

export interface StubSchedule {
  readonly sends: readonly StubSend[];
  readonly giveUp: Micros;
}
