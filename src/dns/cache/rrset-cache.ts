/**
 * The RRset cache of a recursive resolver: positive and negative entries with credibility ranking
 * (RFC 2181 §5.4.1), strict expiry, and retention of expired data for serve-stale (RFC 8767).
 *
 * Layout: one map slot per owner name, its entries linked in a list. Most names own one to three entries, so
 * a short walk beats a second map in time and in memory. Expired entries stay until they are overwritten or
 * swept; a sweep runs when the cache has doubled since the last one, so its cost is constant per insertion.
 *
 * Not modelled: size in octets. A limit counts owner names and drops the name stored longest ago, where real
 * caches drop the one used longest ago: a popular name of long TTL may fall out of a full cache too early.
 */
import type { Micros } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import { isSubdomain } from '../data/name.ts';
import type { RrType } from '../data/rrtype.ts';
import { A, AAAA, CNAME, NS } from '../data/rrtype.ts';
import type { CacheEntry } from './entry.ts';
import { boundEntry, EVERY_TYPE, RANK_NON_AUTHORITATIVE } from './entry.ts';

const FIRST_SWEEP_NAMES = 1024;

export interface CacheLimits {
  /** An entry stays usable this long after its TTL reached 0 (0 = strict expiry). Microseconds. */
  readonly graceMicros: Micros;
  /** How long expired data is kept for serve-stale, microseconds after expiry; 0 = not at all. */
  readonly retentionMicros: Micros;
  /** Most owner names held; undefined = no limit. */
  readonly maximumNames?: number | undefined;
  /** Most owner names of which only absence is held, counted apart from the others; undefined = with them. */
  readonly maximumDenials?: number | undefined;
}

export class RRsetCache {
  readonly #heads: Map<Name, CacheEntry> = new Map();
  readonly #limits: CacheLimits;
  readonly #grace: Micros;
  /** Names of which only absence is held, where those are counted apart. */
  readonly #denied: Set<Name> = new Set();
  #sweepAbove: number = FIRST_SWEEP_NAMES;

  constructor(limits: CacheLimits) {
    this.#limits = limits;
    this.#grace = limits.graceMicros;
  }

  /** Number of owner names held, expired ones included. */
  get size(): number {
    return this.#heads.size;
  }

  /**
   * The live entry that answers (name, type): the data or its absence, else NXDOMAIN, else a CNAME.
   * Glue never answers (RFC 2181 §5.4.1).
   */
  answer(name: Name, type: RrType, now: Micros): CacheEntry | undefined {
    let other: CacheEntry | undefined;
    for (let entry = this.#heads.get(name); entry !== undefined; entry = entry.next) {
      if (!this.isLive(entry, now) || entry.rank < RANK_NON_AUTHORITATIVE) continue;
      if (entry.type === type) return entry;
      if (entry.type === EVERY_TYPE || entry.type === CNAME) other = entry;
    }
    return other;
  }

  /** The live data of a name that may be returned as an answer, of all types. */
  dataAt(name: Name, now: Micros): CacheEntry[] {
    const found: CacheEntry[] = [];
    for (let entry = this.#heads.get(name); entry !== undefined; entry = entry.next) {
      const isGlue = entry.rank < RANK_NON_AUTHORITATIVE;
      if (entry.kind === 'data' && !isGlue && this.isLive(entry, now)) found.push(entry);
    }
    return found;
  }

  /** Whether an entry may still be used as fresh data. */
  isLive(entry: CacheEntry, now: Micros): boolean {
    return now < entry.expiresAt + this.#grace;
  }

  /** The live entry of exactly this name and type, glue included: what server addresses are taken from. */
  exact(name: Name, type: RrType, now: Micros): CacheEntry | undefined {
    const entry = this.#find(name, type);
    return entry !== undefined && this.isLive(entry, now) ? entry : undefined;
  }

  /**
   * The entry that would answer (name, type) if nothing younger than the retention had expired (RFC 8767).
   * @param ofAnyAge older ones too, as long as they have not been swept
   */
  stale(name: Name, type: RrType, now: Micros, ofAnyAge = false): CacheEntry | undefined {
    let other: CacheEntry | undefined;
    for (let entry = this.#heads.get(name); entry !== undefined; entry = entry.next) {
      if ((!ofAnyAge && this.#isGone(entry, now)) || entry.rank < RANK_NON_AUTHORITATIVE) continue;
      if (entry.type === type) return entry;
      if (entry.type === EVERY_TYPE || entry.type === CNAME) other = entry;
    }
    return other;
  }

  /**
   * Stores an entry, unless live data of higher rank stands in the way (RFC 2181 §5.4.1).
   * An entry of TTL 0 is not kept but still displaces what it replaces.
   * @param renewal the parent's referral was fetched on purpose: it replaces whatever the child said
   * @returns the entry that now stands for its name and type
   */
  put(entry: CacheEntry, now: Micros, renewal = false): CacheEntry {
    const old = this.#find(entry.name, entry.type);
    const live = old !== undefined && now < old.expiresAt;
    if (live && old.rank > entry.rank && !renewal) return old;
    const kept = live && !renewal ? withinDelegation(entry, old) : entry;
    this.#remove(kept.name, (other) => other.type === kept.type || contradicts(kept, other));
    if (kept.ttlSeconds > 0) this.#insert(kept, now);
    return kept;
  }

  /** Forgets everything. */
  clear(): void {
    this.#heads.clear();
    this.#denied.clear();
    this.#sweepAbove = FIRST_SWEEP_NAMES;
  }

  /** Forgets one owner name. */
  remove(name: Name): void {
    this.#drop(name);
  }

  /** Forgets a name and everything below it. */
  removeBelow(ancestor: Name): void {
    for (const name of this.#heads.keys()) if (isSubdomain(name, ancestor)) this.#drop(name);
  }

  /** All entries, expired ones included, in the order their names were stored. For display and tests. */
  *entries(): Generator<CacheEntry> {
    for (const head of this.#heads.values()) {
      for (let entry: CacheEntry | undefined = head; entry !== undefined; entry = entry.next) yield entry;
    }
  }

  #find(name: Name, type: RrType): CacheEntry | undefined {
    let entry = this.#heads.get(name);
    while (entry !== undefined && entry.type !== type) entry = entry.next;
    return entry;
  }

  #isGone(entry: CacheEntry, now: Micros): boolean {
    return now >= entry.expiresAt + Math.max(this.#grace, this.#limits.retentionMicros);
  }

  #insert(entry: CacheEntry, now: Micros): void {
    entry.next = this.#heads.get(entry.name);
    this.#heads.delete(entry.name);
    this.#heads.set(entry.name, entry);
    if (this.#limits.maximumDenials !== undefined) this.#sort(entry);
    this.#makeRoom(now);
  }

  /** Unlinks the entries of `name` that `unwanted` tells. */
  #remove(name: Name, unwanted: (entry: CacheEntry) => boolean): void {
    let head = this.#heads.get(name);
    if (head === undefined) return;
    while (head !== undefined && unwanted(head)) head = head.next;
    if (head === undefined) {
      this.#drop(name);
      return;
    }
    this.#heads.set(name, head);
    for (let entry: CacheEntry = head; entry.next !== undefined; ) {
      if (unwanted(entry.next)) entry.next = entry.next.next;
      else entry = entry.next;
    }
  }

  #drop(name: Name): void {
    this.#heads.delete(name);
    this.#denied.delete(name);
  }

  #makeRoom(now: Micros): void {
    if (this.#heads.size > this.#sweepAbove) {
      for (const name of this.#heads.keys()) this.#remove(name, (entry) => this.#isGone(entry, now));
      this.#sweepAbove = Math.max(FIRST_SWEEP_NAMES, 2 * this.#heads.size);
    }
    const { maximumNames, maximumDenials } = this.#limits;
    if (maximumDenials !== undefined) this.#makeRoomForDenials(maximumDenials);
    if (maximumNames === undefined) return;
    for (const name of this.#heads.keys()) {
      if (this.#heads.size - this.#denied.size <= maximumNames) return;
      if (!this.#denied.has(name)) this.#heads.delete(name);
    }
  }

  #makeRoomForDenials(limit: number): void {
    for (const name of this.#denied) {
      if (this.#denied.size <= limit) return;
      this.#drop(name);
    }
  }

  /** Puts a name among those of which only absence is held, or takes it from there. */
  #sort(head: CacheEntry): void {
    this.#denied.delete(head.name);
    for (let entry: CacheEntry | undefined = head; entry !== undefined; entry = entry.next) {
      if (entry.kind === 'data') return;
    }
    this.#denied.add(head.name);
  }
}

/**
 * NXDOMAIN denies every type of its name; data or NODATA prove that the name exists. An NXDOMAIN kept for one type
 * only neither denies nor is denied by another.
 */
function contradicts(entry: CacheEntry, other: CacheEntry): boolean {
  if (entry.rank < RANK_NON_AUTHORITATIVE) return false;
  return entry.type === EVERY_TYPE ? !other.delegated : other.type === EVERY_TYPE;
}

/**
 * What the child says about its own delegation does not extend it: a live NS set, and a server address that
 * came as glue, keep the end the parent gave them. So a delegation the parent has removed dies with the TTL of
 * the last referral, however often the child repeats it ("ghost domains", Jiang et al., NDSS 2012; Unbound
 * and BIND do the same for NS sets).
 */
function withinDelegation(entry: CacheEntry, old: CacheEntry): CacheEntry {
  const isServerData = entry.type === NS || entry.type === A || entry.type === AAAA;
  if (!isServerData || entry.kind !== 'data' || old.kind !== 'data') return entry;
  if (entry.delegated) return entry;
  return entry.type === NS || old.delegated ? boundEntry(entry, old.expiresAt) : entry;
}
