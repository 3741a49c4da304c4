/** Availability over time as quantiles over replications, bucket by bucket. */
import { SECOND } from '../../base/time.ts';
import type { AvailabilityBand } from '../../measure/comparison.ts';
import type { PopulationRecord } from '../../measure/record.ts';
import { tidy } from '../estimate.ts';

/** @param records one per replication, of one population, with the same buckets; at least one */
export function availabilityBand(records: readonly PopulationRecord[]): AvailabilityBand {
  const buckets = Math.max(...records.map(({ total }) => total.length));
  const sorted = Array.from({ length: buckets }, (_, bucket) => sharesAt(records, bucket));
  const quantiles = (level: number): (number | null)[] =>
    sorted.map((shares) => (shares.length === 0 ? null : tidy(quantileOf(shares, level))));
  return {
    bucketSeconds: tidy(records[0]!.bucket / SECOND),
    median: quantiles(0.5),
    low: quantiles(0.05),
    high: quantiles(0.95),
  };
}

/** Shares served in rising order, of the replications with requests in the bucket. */
function sharesAt(records: readonly PopulationRecord[], bucket: number): number[] {
  return records
    .filter(({ total }) => (total[bucket] ?? 0) > 0)
    .map(({ served, total }) => (served[bucket] ?? 0) / total[bucket]!)
    .sort((one, other) => one - other);
}

/** Linear between the order statistics (definition 7 of Hyndman and Fan, The American Statistician 50, 1996). */
function quantileOf(sorted: readonly number[], level: number): number {
  const position = level * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}
