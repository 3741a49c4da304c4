/** The numbers of one replication that strategies are compared by. All populations together. */
import { MINUTE, SECOND } from '../../base/time.ts';
import { quantileMetric } from '../../measure/comparison.ts';
import type { PopulationRecord, RecoveryRecord, ReplicationRecord } from '../../measure/record.ts';
import { isAuthoritative } from '../../model/authoritative-hop.ts';
import { monthOf } from '../cost.ts';
import { AMOUNT, type Range, SHARE, share } from '../estimate.ts';

export interface ComparedMetric {
  /** As expectations name it. */
  readonly name: string;
  readonly range: Range;
  /** Times in seconds; `null` = beyond the horizon. */
  readonly of: (record: ReplicationRecord) => number | null;
}

const LEVELS: readonly number[] = [0.5, 0.9, 0.95, 0.99, 1];
const KEPT = { 0.5: 'p50', 0.9: 'p90', 0.95: 'p95', 0.99: 'p99', 1: 'max' } as const;

/**
 * Every compared metric; the quantile asked for joins the usual ones, in order.
 * @param hasCost whether the records hold bills without unknown prices
 */
export function comparedMetrics(quantile: number, hasCost: boolean = false): readonly ComparedMetric[] {
  const levels = [...new Set([...LEVELS, quantile])].sort((one, other) => one - other);
  const overall = (of: (record: PopulationRecord) => number | null): ComparedMetric['of'] => {
    return ({ populations }) => of(populations[0]!);
  };
  return [
    ...levels.map((level) => ({
      name: quantileMetric(level),
      range: AMOUNT,
      of: overall(({ recovery }) => inSeconds(recoveryQuantile(recovery, level))),
    })),
    { name: 'recovery.population', range: AMOUNT, of: overall((one) => inSeconds(one.recovery.population)) },
    { name: 'user-minutes', range: AMOUNT, of: overall((one) => one.lostUserMicros / MINUTE) },
    { name: 'availability.mean', range: SHARE, of: overall(meanAvailability) },
    { name: 'availability.min', range: SHARE, of: overall(worstAvailability) },
    { name: 'load.authorities', range: AMOUNT, of: authorityRate },
    ...(hasCost ? [{ name: 'cost.month', range: AMOUNT, of: monthlyCost }] : []),
  ];
}

function inSeconds(micros: number | null): number | null {
  return micros === null ? null : micros / SECOND;
}

/**
 * Exact for the quantiles a record keeps; others are read from its curve, which has a point per 1/200 of the
 * longest recovery, so they are late by at most that. 0 when nobody was affected.
 */
function recoveryQuantile(recovery: RecoveryRecord, level: number): number | null {
  if (recovery.affected === 0) return 0;
  if (Object.hasOwn(KEPT, level)) return recovery[KEPT[level as keyof typeof KEPT]];
  return recovery.curve.find(([, reached]) => reached >= level)?.[0] ?? null;
}

function meanAvailability({ served, total }: PopulationRecord): number {
  const sum = (counts: readonly number[]): number => counts.reduce((before, count) => before + count, 0);
  return sum(total) === 0 ? 1 : share(sum(served), sum(total));
}

function worstAvailability({ served, total }: PopulationRecord): number {
  return total.reduce(
    (low, count, bucket) => (count === 0 ? low : Math.min(low, (served[bucket] ?? 0) / count)),
    1,
  );
}

function monthlyCost({ cost }: ReplicationRecord): number {
  return cost ? monthOf(cost) : 0;
}

/** Whether every price of a bill is known: sums that say "at least" are not compared. */
export function isPriced({ cost }: ReplicationRecord): boolean {
  return cost?.providers.every(({ items }) => items.every(({ month }) => month !== null)) ?? false;
}

/** Queries per second of represented users at root, top-level domains and providers together. */
function authorityRate({ hops, reached }: ReplicationRecord): number {
  const queries = hops
    .filter(({ hop }) => isAuthoritative(hop))
    .reduce((sum, hop) => sum + hop.queries * hop.scale, 0);
  return reached === 0 ? 0 : (queries * SECOND) / reached;
}
