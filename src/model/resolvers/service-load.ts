/** Queries that reached one resolver service, over all its instances: sums, so the order of cells is no matter. */
import type { Micros } from '../../base/time.ts';

export class ServiceLoad {
  readonly bucket: Micros;
  /** Queries by bucket of the time they arrived. */
  readonly queries: Float64Array;
  /** Queries answered from a cache. */
  hits = 0;

  constructor(duration: Micros, bucket: Micros) {
    this.bucket = bucket;
    this.queries = new Float64Array(Math.ceil(duration / bucket));
  }

  count(now: Micros): void {
    this.countIn(Math.floor(now / this.bucket));
  }

  countIn(bucket: number, queries = 1): void {
    this.queries[bucket]! += queries;
  }
}
