/**
 * Resource records, always held as RRsets: all records of one owner name and type, with one TTL
 * (RFC 2181 §5; where records of a set arrive with different TTLs the smallest applies, §5.2).
 *
 * Not modelled: classes other than IN.
 */
import type { Seconds } from '../../base/time.ts';
import type { Name } from './name.ts';
import type { Rdata } from './rdata.ts';
import type { RrType } from './rrtype.ts';

export interface RRset {
  readonly name: Name;
  readonly type: RrType;
  /** Whole seconds, 0 to 2^31−1 (RFC 2181 §8). */
  readonly ttl: Seconds;
  /** At least one; without duplicates (RFC 2181 §5). */
  readonly rdata: readonly Rdata[];
}
