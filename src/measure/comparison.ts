/**
 * How strategies of one scenario compare under common random numbers, as plain JSON: part of the result document.
 *
 * Replication n draws the same random numbers under every strategy, so differences are taken pair by pair: what
 * both strategies suffer alike cancels out. Metrics are named as expectations name them; `recovery.pNN` and
 * `load.authorities` (queries per second at all authoritative servers, represented users) join them.
 */
import type { CensoredEstimate, Estimate } from './estimate.ts';

export interface ComparisonResult {
  /** Replications finished under every strategy; only these are compared. */
  readonly replications: number;
  /** The quantile of time to recovery that the front and the precision look at, 0 to 1. */
  readonly quantile: number;
  /** In the order of the scenario. */
  readonly strategies: readonly StrategySpread[];
  /** One entry per pair of strategies, the earlier of the two as reference. */
  readonly differences: readonly StrategyDifference[];
  /**
   * Largest half-width of a strategy's 95 % interval for the quantile, relative to its mean; `null` where a
   * single replication gives no interval. Strategies with a replication beyond the horizon have no such
   * interval and are left out; `null` when that are all.
   */
  readonly precision: number | null;
}

/** One strategy over the compared replications. All populations together. */
export interface StrategySpread {
  readonly name: string;
  readonly estimates: readonly MetricEstimate[];
  readonly availability: AvailabilityBand;
  readonly recovery: RecoveryDistribution;
  /** Strategies with less load and faster recovery (at least as good in both, better in one); empty = on the front. */
  readonly dominatedBy: readonly string[];
}

export interface MetricEstimate {
  readonly metric: string;
  readonly estimate: CensoredEstimate;
  /** Replications in which the value lies beyond the horizon. */
  readonly beyond: number;
}

/** Share of successful requests per bucket: quantiles over replications, `null` without requests. */
export interface AvailabilityBand {
  readonly bucketSeconds: number;
  readonly median: readonly (number | null)[];
  /** 5 % and 95 % quantiles. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/**
 * Share of affected clients that are back by a time since the first fault: 1 − Kaplan-Meier over the clients of
 * all replications, at most 200 points. Clients not back by the end are censored there.
 */
export interface RecoveryDistribution {
  /** From the first fault to the end of the run. */
  readonly horizonSeconds: number;
  /** Affected clients, all replications together. */
  readonly affected: number;
  /** Share of affected clients not back by the end. */
  readonly notRecovered: Estimate;
  readonly seconds: readonly number[];
  readonly recovered: readonly number[];
  /** Pointwise 95 % interval over replications; absent for a single replication. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Read from the curve before it was thinned. */
  readonly quantiles: readonly RecoveryQuantile[];
}

/** `null` = beyond the horizon. */
export interface RecoveryQuantile {
  readonly level: number;
  readonly seconds: number | null;
  readonly low?: number;
  readonly high?: number | null;
}

export interface StrategyDifference {
  readonly reference: string;
  readonly other: string;
  readonly metrics: readonly PairedDifference[];
}

/** One metric of the other strategy less the same of the reference, replication by replication. */
export interface PairedDifference {
  readonly metric: string;
  readonly pairs: number;
  /** Pairs in which the other strategy's value is lower, higher, the same; beyond the horizon counts as highest. */
  readonly lower: number;
  readonly higher: number;
  readonly equal: number;
  /** Pairs with both values beyond the horizon, which say nothing. */
  readonly unknown: number;
  /** Replications beyond the horizon under the reference and under the other strategy. */
  readonly beyondReference: number;
  readonly beyondOther: number;
  /** Absent as soon as one value is beyond the horizon: such a pair is a sign, not a number. */
  readonly difference?: Estimate;
  /** Two-sided: paired t test, or the sign test where values are censored or all differences are the same. */
  readonly pValue?: number;
  /** Whether p is below 0.05, and in which direction. Each difference by itself, not adjusted for their number. */
  readonly evidence: 'lower' | 'higher' | 'none';
  /** Without evidence: about how many more replications would give it; absent where the data give no number. */
  readonly moreRuns?: number;
}

/** Level of significance of every test, and 1 − confidence of every interval. */
export const SIGNIFICANCE = 0.05;

/** Replications at most where precision ends a comparison. */
export const REPLICATIONS_AT_MOST = 1000;

/** The name of the metric for a quantile of time to recovery: `recovery.p99`; level 1 is `recovery.max`. */
export function quantileMetric(level: number): string {
  return level === 1 ? 'recovery.max' : `recovery.p${Math.round(level * 1e6) / 1e4}`;
}

/** Whether less of a metric is better: of all but availability. */
export function isBetterLow(metric: string): boolean {
  return !metric.startsWith('availability.');
}

/** The estimate of one metric. @throws RangeError for a metric that was not compared */
export function estimateOf({ estimates, name }: StrategySpread, metric: string): MetricEstimate {
  const found = estimates.find((entry) => entry.metric === metric);
  if (found === undefined) throw new RangeError(`strategy ${name} has no estimate of ${metric}`);
  return found;
}

/** The differences of `other` against `reference`, whichever way round they are stored. */
export function differencesBetween(
  { differences }: ComparisonResult,
  reference: string,
  other: string,
): readonly PairedDifference[] {
  const straight = differences.find((pair) => pair.reference === reference && pair.other === other);
  if (straight !== undefined) return straight.metrics;
  const turned = differences.find((pair) => pair.reference === other && pair.other === reference);
  return turned?.metrics.map(turn) ?? [];
}

const TURNED = { lower: 'higher', higher: 'lower', none: 'none' } as const;

function turn(pair: PairedDifference): PairedDifference {
  return {
    ...pair,
    lower: pair.higher,
    higher: pair.lower,
    beyondReference: pair.beyondOther,
    beyondOther: pair.beyondReference,
    ...(pair.difference && { difference: negative(pair.difference) }),
    evidence: TURNED[pair.evidence],
  };
}

function negative({ mean, low, high }: Estimate): Estimate {
  return {
    mean: 0 - mean,
    ...(low !== undefined && high !== undefined && { low: 0 - high, high: 0 - low }),
  };
}

/**
 * Time by which a share `level` of the affected is back, read from the curve. The interval turns the pointwise
 * interval of the curve: from where its upper bound reaches the level to where its lower bound does.
 */
export function readQuantile(
  curve: Pick<RecoveryDistribution, 'seconds' | 'recovered' | 'low' | 'high'>,
  level: number,
): RecoveryQuantile {
  const reached = (shares: readonly number[]): number | null =>
    curve.seconds[shares.findIndex((share) => share >= level - 1e-9)] ?? null;
  const seconds = reached(curve.recovered);
  if (curve.low === undefined || curve.high === undefined) return { level, seconds };
  const low = reached(curve.high);
  return { level, seconds, ...(low !== null && { low }), high: reached(curve.low) };
}

/** The listed quantile of a level, or the one read from the curve. */
export function quantileAt(recovery: RecoveryDistribution, level: number): RecoveryQuantile {
  return recovery.quantiles.find((one) => one.level === level) ?? readQuantile(recovery, level);
}
