/**
 * What one replication of one strategy leaves behind: plain, small, and sent between workers as JSON.
 * `experiment/` turns the records of all replications into the result document.
 */
import type { Micros } from '../base/time.ts';
import type { Reaction } from '../model/outside.ts';
import type { CostRecord } from './cost/record.ts';
import type { Outcome, PhaseReasons } from './result.ts';

export interface ReplicationRecord {
  readonly replication: number;
  /** Hex digest of every event. */
  readonly digest: string;
  readonly events: number;
  readonly requests: number;
  /** Virtual time reached; less than the duration when interrupted. */
  readonly reached: Micros;
  /** All populations together first, then each in the order of the scenario. */
  readonly populations: readonly PopulationRecord[];
  readonly hops: readonly HopRecord[];
  readonly reactions: readonly Reaction[];
  /** What a month costs; absent where nothing has a price. */
  readonly cost?: CostRecord;
}

export interface PopulationRecord {
  /** `overall` for the first. */
  readonly name: string;
  /** Name of the population it is part of, which is told before it; absent: of none. */
  readonly within?: string;
  readonly clients: number;
  readonly represents: number;
  readonly bucket: Micros;
  /** Requests finished successfully and requests in all, by bucket of the time they were made. */
  readonly served: readonly number[];
  readonly total: readonly number[];
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly recovery: RecoveryRecord;
  /** Represented users times microseconds without service. */
  readonly lostUserMicros: number;
  readonly causes: readonly CauseRecord[];
  /** Counts by latency bin; bin b covers [2^(b/4), 2^((b+1)/4)) µs, bin 0 everything below. */
  readonly latencyBins: readonly number[];
  /** Answers with an address, and how many of them held an address the current data no longer named. */
  readonly answered: number;
  readonly stale: number;
  /** Answers with an address that the current data name for clients of other regions only; absent = none. */
  readonly far?: number;
}

export interface RecoveryRecord {
  /** Clients with at least one failed request. */
  readonly affected: number;
  /** Affected clients whose last request failed. */
  readonly censored: number;
  /** Time to recovery over affected clients; `null` = beyond the horizon. */
  readonly p50: Micros | null;
  readonly p90: Micros | null;
  readonly p95: Micros | null;
  readonly p99: Micros | null;
  readonly max: Micros | null;
  /** Of the population: availability back above target for the hold; 0 when it never fell below. */
  readonly population: Micros | null;
  /** [time since the first fault, share of affected clients recovered], at most 200 points. */
  readonly curve: readonly (readonly [Micros, number])[];
  readonly phases?: PhaseRecord;
  /** The reactions that end the first three of them, with their rules; absent where there are none. */
  readonly because?: PhaseReasons;
}

/** Consecutive parts of the longest recovery, from fault start; they add up to `max`. */
export interface PhaseRecord {
  readonly detect: Micros;
  readonly decide: Micros;
  readonly publish: Micros;
  readonly drain: Micros;
  readonly reconnect: Micros;
}

export interface CauseRecord {
  /** Stable name such as `dead-address/resolver-cache`. */
  readonly cause: string;
  readonly requests: number;
  readonly userMicros: number;
}

/** Load in simulated queries (not yet scaled), by hop. */
export interface HopRecord {
  readonly hop: string;
  readonly queries: number;
  /** Largest number of queries in one second (or one bucket, scaled), per second. */
  readonly peakPerSecond: number;
  readonly hits?: number;
  /** Queries before the first fault, and from there to the end of the last; absent without a time before. */
  readonly around?: {
    readonly before: number;
    readonly during: number;
    readonly beforeMicros: Micros;
    readonly duringMicros: Micros;
  };
  /** Represented users per simulated client, to scale by. */
  readonly scale: number;
}
