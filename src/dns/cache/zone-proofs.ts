/** What is proven of one zone: its gaps in canonical order (RFC 4034 §6.1), its wildcards, its SOA. */
import type { Micros } from '../../base/time.ts';
import { compareNames, type Name } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import type { RrType } from '../data/rrtype.ts';
import { covers, type Proof } from './proof.ts';

/** An RRset until it expires. */
export interface Held {
  readonly rrset: RRset;
  readonly expiresAt: Micros;
}

export class ZoneProofs {
  readonly apex: Name;
  #soa: Held | undefined;
  /** In canonical order of their owners. */
  #proofs: Proof[] = [];
  /** By owner and type. */
  readonly #wildcards: Map<string, Held> = new Map();

  constructor(apex: Name) {
    this.apex = apex;
  }

  /** Records held, the SOA aside. */
  get size(): number {
    return this.#proofs.length + this.#wildcards.size;
  }

  set soa(soa: Held) {
    this.#soa = soa;
  }

  /** Goes along with every denial (RFC 2308 §3). */
  liveSoa(now: Micros): Held | undefined {
    return live(this.#soa, now);
  }

  /** Takes a proof in place of an older one of the same owner. */
  put(proof: Proof): void {
    const at = this.#indexOf(proof.owner);
    this.#proofs.splice(at, this.#proofs[at]?.owner === proof.owner ? 1 : 0, proof);
  }

  putWildcard(rrset: RRset, expiresAt: Micros): void {
    this.#wildcards.set(`${rrset.type} ${rrset.name}`, { rrset, expiresAt });
  }

  /** The live proof of exactly this owner. */
  at(name: Name, now: Micros): Proof | undefined {
    const proof = this.#proofs[this.#indexOf(name)];
    return proof?.owner === name ? live(proof, now) : undefined;
  }

  /** The live proof whose gap holds a name: that of the last owner before it, unless the gap ends earlier. */
  covering(name: Name, now: Micros): Proof | undefined {
    const before = live(this.#proofs[this.#indexOf(name) - 1], now);
    return before !== undefined && covers(before, name, this.apex) ? before : undefined;
  }

  wildcard(name: Name, type: RrType, now: Micros): Held | undefined {
    return live(this.#wildcards.get(`${type} ${name}`), now);
  }

  /** Drops what has expired. */
  sweep(now: Micros): void {
    this.#proofs = this.#proofs.filter(({ expiresAt }) => now < expiresAt);
    for (const [key, held] of this.#wildcards) if (!live(held, now)) this.#wildcards.delete(key);
  }

  /** Place of the owner, or where it would stand. */
  #indexOf(owner: Name): number {
    let low = 0;
    for (let high = this.#proofs.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (compareNames(this.#proofs[middle]!.owner, owner) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function live<T extends { readonly expiresAt: Micros }>(one: T | undefined, now: Micros): T | undefined {
  return one !== undefined && now < one.expiresAt ? one : undefined;
}
