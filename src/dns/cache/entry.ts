/**
 * One cached fact: an RRset, or the proven absence of one.
 *
 * Not modelled: signatures and validation states. Entries are not changed after they are stored, except for
 * the link to the next entry of the same owner name.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import type { RrType } from '../data/rrtype.ts';

/**
 * Credibility of cached data, lowest first (RFC 2181 §5.4.1). The ranks of zone files and zone transfers are
 * left out: a recursive resolver holds neither.
 */
export type Rank = 1 | 2 | 3 | 4;

/** Glue, referral NS sets and other additional data: usable to find servers, never returned as an answer. */
export const RANK_GLUE: Rank = 1;
/** The answer section of a reply without AA. */
export const RANK_NON_AUTHORITATIVE: Rank = 2;
/** The authority section of an authoritative answer. */
export const RANK_AUTHORITY: Rank = 3;
/** The answer section of an authoritative answer. */
export const RANK_ANSWER: Rank = 4;

/** Stands in for the type of an NXDOMAIN entry, which covers every type of its name (RFC 2308 §5). */
export const EVERY_TYPE: RrType = 0;

export type EntryKind = 'data' | 'nodata' | 'nxdomain';

export interface CacheEntry {
  readonly kind: EntryKind;
  readonly name: Name;
  /** `EVERY_TYPE` for NXDOMAIN. */
  readonly type: RrType;
  /** The data; for a negative entry the SOA that limits it, absent when the reply carried none. */
  readonly rrset: RRset | undefined;
  readonly rank: Rank;
  readonly storedAt: Micros;
  /** Where the TTL reaches 0. */
  readonly expiresAt: Micros;
  /** TTL at `storedAt`, after floors and caps. */
  readonly ttlSeconds: Seconds;
  /** Address of the authority the entry came from; undefined for configured data. */
  readonly from: string | undefined;
  /** Came with a referral, or replaced what did: the parent's word limits its life. */
  readonly delegated: boolean;
  /** How often it was extended after it had expired, gaps included; 0 = it is as it was stored. */
  readonly extensions: number;
  /** Next entry of the same owner name. */
  next: CacheEntry | undefined;
}

/** TTL to hand out: whole seconds, a started second counts, 0 once expired. */
export function remainingSeconds(entry: CacheEntry, now: Micros): Seconds {
  const left = entry.expiresAt - now;
  return left <= 0 ? 0 : Math.ceil(left / SECOND);
}

/** What is needed to make an entry; the life is given by `ttlSeconds` alone. */
export interface EntryFacts {
  readonly kind: EntryKind;
  readonly name: Name;
  readonly type: RrType;
  readonly rrset: RRset | undefined;
  readonly rank: Rank;
  readonly ttlSeconds: Seconds;
  readonly from?: string | undefined;
  readonly delegated?: boolean;
  /** Ends earlier than its TTL says, for what it depends on ends then. */
  readonly until?: Micros | undefined;
}

/**
 * An entry that starts to live at `now`. Expiry is strict: a query exactly at `expiresAt` misses.
 * @param countsFrom where the TTL begins to run, when that is not `now`
 */
export function makeEntry(facts: EntryFacts, now: Micros, countsFrom: Micros = now): CacheEntry {
  return {
    kind: facts.kind,
    name: facts.name,
    type: facts.type,
    rrset: facts.rrset,
    rank: facts.rank,
    storedAt: now,
    expiresAt: Math.min(countsFrom + facts.ttlSeconds * SECOND, facts.until ?? Number.POSITIVE_INFINITY),
    ttlSeconds: facts.ttlSeconds,
    from: facts.from,
    delegated: facts.delegated ?? false,
    extensions: 0,
    next: undefined,
  };
}

/** The same entry with its life cut to end no later than `until`. */
export function boundEntry(entry: CacheEntry, until: Micros): CacheEntry {
  if (entry.expiresAt <= until) return { ...entry, delegated: true };
  const ttlSeconds = Math.ceil((until - entry.storedAt) / SECOND);
  return { ...entry, expiresAt: until, ttlSeconds, delegated: true };
}

/**
 * An expired entry that lives on, for no longer than its original TTL. A long gap since its end counts as many
 * extensions as it would have held, so that rare use cannot stretch the whole beyond `count` extensions by much
 * (PowerDNS Recursor recursor_cache.cc, updateStaleEntry()).
 */
export function extendEntry(entry: CacheEntry, seconds: Seconds, count: number, now: Micros): CacheEntry {
  const extension = Math.max(1, Math.min(entry.ttlSeconds, seconds));
  const goneSeconds = Math.max(1, Math.floor((now - entry.expiresAt) / SECOND));
  const used = entry.extensions + 1 + Math.floor(goneSeconds / extension);
  const extensions = Math.min(used, count);
  return { ...entry, expiresAt: now + extension * SECOND, extensions, next: undefined };
}
