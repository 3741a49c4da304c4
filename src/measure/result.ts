/**
 * The result document: what a run reports, as plain JSON. The same scenario, seed and version give the same
 * bytes, whatever the number of workers. No wall-clock time is in it.
 *
 * Numbers are per simulated client unless a field says "represented"; times are seconds.
 */

import type { Outcome } from '../model/outcome.ts';
import type { ComparisonResult } from './comparison.ts';
import type { CostResult } from './cost/result.ts';
import type { CensoredEstimate, Estimate } from './estimate.ts';

export type { AnswerVolume, CostBasis } from './cost/record.ts';
export type { CostItem, CostResult, ProviderCost } from './cost/result.ts';
export type { CensoredEstimate, Estimate } from './estimate.ts';

export const RESULT_SCHEMA_VERSION = 1;

export interface RunResult {
  readonly schemaVersion: number;
  readonly program: { readonly name: 'dnsdrill'; readonly version: string };
  readonly scenario: {
    readonly title: string;
    /** SHA-256 of the scenario text with every `--set` applied and every included file, hex. */
    readonly sha256: string;
    readonly durationSeconds: number;
  };
  readonly seed: number;
  readonly replications: number;
  /** True when interrupted: fewer replications than asked for, or a horizon not reached. */
  readonly partial: boolean;
  /** How each measure is defined, keyed by measure, one sentence each. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly strategies: readonly StrategyResult[];
  /** Spread over the replications that every strategy has finished, and differences; absent without one. */
  readonly comparison?: ComparisonResult;
}

export interface StrategyResult {
  readonly name: string;
  /** Combined digest of every event of every replication, hex. */
  readonly digest: string;
  /** Events and requests played, all replications together. */
  readonly events: number;
  readonly requests: number;
  readonly timeline: readonly TimelineMark[];
  readonly overall: PopulationResult;
  readonly populations: readonly PopulationResult[];
  readonly load: readonly HopLoad[];
  /** What a month costs; absent where nothing has a price. */
  readonly cost?: CostResult;
  readonly expectations: readonly ExpectationResult[];
}

export interface TimelineMark {
  readonly atSeconds: number;
  /** Absent for an instant change and for a fault that lasts to the horizon. */
  readonly untilSeconds?: number;
  readonly kind: 'fault' | 'change' | 'reaction';
  readonly label: string;
}

export { OUTCOMES, type Outcome } from '../model/outcome.ts';

export interface PopulationResult {
  readonly name: string;
  /** Name of the population it is part of, whose result holds it as well; absent: of none. */
  readonly within?: string;
  readonly clients: number;
  readonly represents: number;
  /** Requests per outcome, summed over replications. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly availability: AvailabilityResult;
  readonly recovery: RecoveryResult;
  /** Represented users times minutes without service. */
  readonly userMinutesLost: Estimate;
  readonly causes: readonly CauseResult[];
  /** Time from request to usable answer plus failed connection attempts, seconds. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** Share of answered requests that were given an address the current data no longer names. */
  readonly staleShare: number;
  /** Share of answered requests that were given an address meant for clients of other regions; absent = none. */
  readonly farShare?: number;
}

export interface AvailabilityResult {
  readonly bucketSeconds: number;
  /** Share of successful requests per bucket, mean over replications; `null` for a bucket without requests. */
  readonly series: readonly (number | null)[];
  /** Over all requests of the run. */
  readonly mean: Estimate;
  /** The worst bucket. */
  readonly min: Estimate;
  /** Failed share of all requests over the share that the target allows: 1 = the budget of the run is used up. */
  readonly budgetBurnt: Estimate;
}

/** What was noticed, decided and published, and by which rule. */
export type PhaseReasons = Readonly<Partial<Record<'detect' | 'decide' | 'publish', string>>>;

export interface RecoveryResult {
  /** Share of clients with at least one failed request. */
  readonly affected: Estimate;
  /** Share of affected clients that had not recovered by the horizon. */
  readonly censored: Estimate;
  /** Seconds from the first fault to the first success after the last failure, over affected clients. */
  readonly quantiles: {
    readonly p50: CensoredEstimate;
    readonly p90: CensoredEstimate;
    readonly p95: CensoredEstimate;
    readonly p99: CensoredEstimate;
    readonly max: CensoredEstimate;
  };
  /** Seconds from the first fault until availability is back above `target` and stays for `holdSeconds`. */
  readonly population: CensoredEstimate;
  readonly target: number;
  readonly holdSeconds: number;
  /** Seconds of each phase of the recovery of the last client; they add up to its time to recovery. */
  readonly phases?: {
    readonly detect: number;
    readonly decide: number;
    readonly publish: number;
    readonly drain: number;
    readonly reconnect: number;
  };
  /** What was noticed, decided and published at the ends of the first three phases, and by which rule. */
  readonly because?: PhaseReasons;
  /** Empirical distribution for charts: [seconds, share recovered of the affected], at most 200 points. */
  readonly curve: readonly (readonly [number, number])[];
}

export interface CauseResult {
  /** Stable name, for example `dead-address/resolver-cache`. */
  readonly cause: string;
  /** One sentence for people. */
  readonly text: string;
  readonly requests: number;
  readonly userMinutes: number;
  /** Share of all user-minutes lost. */
  readonly share: number;
}

/** Load at one hop, in represented units. */
export interface HopLoad {
  /** `application cache`, `OS cache`, `resolver isp`, `root`, `com.`, `provider route53`, `endpoint us-east` ... */
  readonly hop: string;
  readonly queriesPerSecond: { readonly mean: number; readonly peak: number };
  /** Hits over queries, for caches. */
  readonly hitRatio?: number;
  /** Query rate from the start of the first fault to the end of the last, over the rate before. */
  readonly amplification?: number;
}

export interface ExpectationResult {
  /** As written, for example `recovery.p99 < 5m`. */
  readonly text: string;
  readonly passed: boolean;
  /** Observed value in the unit of the metric, `null` when beyond the horizon. */
  readonly observed: number | null;
}
