/** Options of the server selections. */
import type { Micros } from '../../../base/time.ts';

/** Every address alike. */
export interface UniformOptions {
  readonly id: 'uniform';
}

/** Lowest smoothed round-trip time first, with slow forgetting so that others are tried again. */
export interface LowestRttOptions {
  readonly id: 'lowest-rtt';
  /** Share of a new sample in the smoothed value, (0,1]. */
  readonly weight: number;
  /** Share of its value an address loses per second without use, [0,1). */
  readonly decayPerSecond: number;
  /** Added by each time-out, microseconds. */
  readonly timeoutPenaltyMicros: Micros;
  /** Share of queries that go to any address at random; 0 when left out. */
  readonly exploreShare?: number | undefined;
}

/** Uniform among the addresses not much slower than the fastest. */
export interface RttBandOptions {
  readonly id: 'rtt-band';
  readonly bandMicros: Micros;
}

/** BIND: lowest smoothed round-trip time; those left out age now and then; a time-out adds a random amount. */
export interface SmoothedRttOptions {
  readonly id: 'smoothed-rtt';
  /** Share of a new sample in the smoothed value, (0,1]. */
  readonly weight: number;
  /** Share of its value an address loses when others were asked, at most once a second, [0,1). */
  readonly ageing: number;
  /** Most a time-out adds to an address that was fast, microseconds; less for slow ones. */
  readonly timeoutPenaltyMicros: Micros;
  /** Added to IPv4 addresses when comparing, microseconds. */
  readonly ipv4HandicapMicros: Micros;
}

/** PowerDNS Recursor: lowest decaying average first. */
export interface DecayingRttOptions {
  readonly id: 'decaying-rtt';
  /** In this time an unused value falls to 1/e, microseconds. */
  readonly timeConstantMicros: Micros;
}

/** Knot Resolver: untried first, then fewest errors, then the shortest time-out; sometimes any. */
export interface EpsilonGreedyOptions {
  readonly id: 'epsilon-greedy';
  /** Share of queries that go to any address at random. */
  readonly exploreShare: number;
  /** Such a query is waited for at most this many times as long as the best choice. */
  readonly capFactor: number;
}

export type SelectionOptions =
  | UniformOptions
  | LowestRttOptions
  | RttBandOptions
  | SmoothedRttOptions
  | DecayingRttOptions
  | EpsilonGreedyOptions;
