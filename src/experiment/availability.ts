/** Availability over replications. */
import { SECOND } from '../base/time.ts';
import type { PopulationRecord } from '../measure/record.ts';
import type { AvailabilityResult } from '../measure/result.ts';
import { AMOUNT, estimate, mean, SHARE, tidy } from './estimate.ts';

/** A target of 100 % leaves no budget; a millionth stands for it, so that what is burnt stays a number. */
const SMALLEST_BUDGET = 1e-6;

/**
 * @param records one per replication, of one population; all with the same bucket length
 * @param target share of successful requests that counts as available; what it leaves is the error budget
 */
export function aggregateAvailability(
  records: readonly PopulationRecord[],
  target: number,
): AvailabilityResult {
  const budget = Math.max(1 - target, SMALLEST_BUDGET);
  const shares = records.map(bucketShares);
  const buckets = Math.max(0, ...shares.map((series) => series.length));
  return {
    bucketSeconds: tidy((records[0]?.bucket ?? 0) / SECOND),
    series: Array.from({ length: buckets }, (_, bucket) => meanKnown(shares.map((series) => series[bucket]))),
    mean: estimate(records.map(meanShare), SHARE),
    min: estimate(shares.map(worst), SHARE),
    budgetBurnt: estimate(
      records.map((record) => (1 - meanShare(record)) / budget),
      AMOUNT,
    ),
  };
}

function bucketShares(record: PopulationRecord): (number | null)[] {
  return record.total.map((total, bucket) => (total === 0 ? null : (record.served[bucket] ?? 0) / total));
}

function meanKnown(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? null : tidy(mean(known));
}

function meanShare(record: PopulationRecord): number {
  const total = sum(record.total);
  return total === 0 ? 1 : sum(record.served) / total;
}

function sum(values: readonly number[]): number {
  return values.reduce((before, value) => before + value, 0);
}

function worst(series: readonly (number | null)[]): number {
  return series.reduce<number>((low, value) => (value === null ? low : Math.min(low, value)), 1);
}
