/** What is proven of one zone: its gaps in canonical order (RFC 4034 §6.1) or by hash, its wildcards, its SOA. */
import type { Micros } from '../../base/time.ts';
import { type HashParameters, hashName } from '../data/hashed-name.ts';
import { compareNames, type Name } from '../data/name.ts';
import type { Nsec3 } from '../data/nsec3.ts';
import type { RRset } from '../data/rrset.ts';
import type { RrType } from '../data/rrtype.ts';
import { Gaps, live } from './gaps.ts';
import { covers, coversHash, type HashedProof, type Proof } from './proof.ts';

/** An RRset until it expires. */
export interface Held {
  readonly rrset: RRset;
  readonly expiresAt: Micros;
}

export class ZoneProofs {
  readonly apex: Name;
  #soa: Held | undefined;
  readonly #gaps: Gaps<Name, Proof> = new Gaps(compareNames);
  readonly #hashed: Gaps<string, HashedProof> = new Gaps((a, b) => (a < b ? -1 : Number(a > b)));
  #hashing: HashParameters | undefined;
  /** By owner and type. */
  readonly #wildcards: Map<string, Held> = new Map();

  constructor(apex: Name) {
    this.apex = apex;
  }

  /** Records held, the SOA aside. */
  get size(): number {
    return this.#gaps.size + this.#hashed.size + this.#wildcards.size;
  }

  get isHashed(): boolean {
    return this.#hashed.size > 0;
  }

  set soa(soa: Held) {
    this.#soa = soa;
  }

  /** Goes along with every denial (RFC 2308 §3). */
  liveSoa(now: Micros): Held | undefined {
    return live(this.#soa, now);
  }

  put(proof: Proof): void {
    this.#gaps.put(proof);
  }

  /** A zone that hashes anew has a new chain (RFC 5155 §8.2). */
  putHashed(nsec3: Nsec3, expiresAt: Micros): void {
    const { iterations, salt } = nsec3.parameters;
    if (this.#hashing?.iterations !== iterations || this.#hashing.salt !== salt) this.#hashed.clear();
    this.#hashing = nsec3.parameters;
    this.#hashed.put({ ...nsec3, expiresAt });
  }

  putWildcard(rrset: RRset, expiresAt: Micros): void {
    this.#wildcards.set(`${rrset.type} ${rrset.name}`, { rrset, expiresAt });
  }

  /** The live proof of exactly this owner. */
  at(name: Name, now: Micros): Proof | undefined {
    return this.#gaps.at(name, now);
  }

  /** The live proof whose gap holds a name: that of the last owner before it, unless the gap ends earlier. */
  covering(name: Name, now: Micros): Proof | undefined {
    const before = this.#gaps.before(name, now);
    return before !== undefined && covers(before, name, this.apex) ? before : undefined;
  }

  hash(name: Name): string {
    return hashName(name, this.#hashing!);
  }

  atHash(hash: string, now: Micros): HashedProof | undefined {
    return this.#hashed.at(hash, now);
  }

  coveringHash(hash: string, now: Micros): HashedProof | undefined {
    const before = this.#hashed.before(hash, now);
    return before !== undefined && coversHash(before, hash) ? before : undefined;
  }

  wildcard(name: Name, type: RrType, now: Micros): Held | undefined {
    return live(this.#wildcards.get(`${type} ${name}`), now);
  }

  /** Drops what has expired. */
  sweep(now: Micros): void {
    this.#gaps.sweep(now);
    this.#hashed.sweep(now);
    for (const [key, held] of this.#wildcards) if (!live(held, now)) this.#wildcards.delete(key);
  }
}
