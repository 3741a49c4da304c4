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

export type SelectionOptions = UniformOptions | LowestRttOptions | RttBandOptions;
