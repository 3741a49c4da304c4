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

/** One resource record, as files and messages list them. */
export interface ResourceRecord {
  readonly name: Name;
  readonly type: RrType;
  readonly ttl: Seconds;
  readonly rdata: Rdata;
}

/** Builds an RRset; RDATA that stand twice are kept once (RFC 2181 §5). @param rdata at least one */
export function makeRRset(name: Name, type: RrType, ttl: Seconds, rdata: readonly Rdata[]): RRset {
  if (rdata.length < 2) return { name, type, ttl, rdata };
  const distinct = new Map(rdata.map((one) => [one.text, one]));
  return { name, type, ttl, rdata: distinct.size === rdata.length ? rdata : [...distinct.values()] };
}

/** Gathers records into RRsets in order of first appearance, each with the smallest TTL (RFC 2181 §5.2). */
export function gatherRRsets(records: Iterable<ResourceRecord>): RRset[] {
  const sets = new Map<string, ResourceRecord[]>();
  for (const record of records) {
    const key = `${record.type} ${record.name}`;
    const set = sets.get(key);
    if (set) set.push(record);
    else sets.set(key, [record]);
  }
  return [...sets.values()].map((set) => {
    const ttl = set.reduce((least, record) => Math.min(least, record.ttl), set[0]!.ttl);
    return makeRRset(
      set[0]!.name,
      set[0]!.type,
      ttl,
      set.map((record) => record.rdata),
    );
  });
}

/** The same RRset under another owner name, as wildcards synthesise it (RFC 4592 §3.3.1). */
export function renamed(rrset: RRset, name: Name): RRset {
  return rrset.name === name ? rrset : { ...rrset, name };
}

/** The same RRset with another TTL. */
export function withTtl(rrset: RRset, ttl: Seconds): RRset {
  return rrset.ttl === ttl ? rrset : { ...rrset, ttl };
}

/** Whether both hold the same records in any order, TTLs aside (RFC 2181 §5). */
export function sameRecords(a: RRset, b: RRset): boolean {
  if (a.name !== b.name || a.type !== b.type || a.rdata.length !== b.rdata.length) return false;
  const texts = new Set(a.rdata.map((rdata) => rdata.text));
  return b.rdata.every((rdata) => texts.has(rdata.text));
}
