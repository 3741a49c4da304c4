/**
 * Aggressive use of the validated cache (RFC 8198): proofs that came with answers of signed zones deny further names
 * and types of the zone without a query, and let cached wildcards answer for names nobody has asked for.
 *
 * What is stored here counts as validated (RFC 8198 §5.1): whoever stores it has decided that. Not modelled: NSEC3
 * (§5.2 allows it), and proofs about DS sets, which are asked for.
 */
import type { Micros } from '../../base/time.ts';
import { commonAncestor, isBelow, type Name, parent, prepend } from '../data/name.ts';
import { type RRset, renamed } from '../data/rrset.ts';
import { CNAME, DS, type RrType } from '../data/rrtype.ts';
import { isAncestorCut, lacks, type Proof, proofOf } from './proof.ts';
import { type Held, ZoneProofs } from './zone-proofs.ts';

/** What the proofs say of a question. */
export interface Synthesis {
  readonly kind: 'data' | 'nodata' | 'nxdomain';
  /** The data under the name asked for, or the SOA of the denial. */
  readonly rrset: RRset;
  /** The proofs it rests on: of the name, and of the wildcard where that takes another. */
  readonly proofs: readonly Proof[];
  /** The first of what it rests on ends here. */
  readonly expiresAt: Micros;
}

export class Denials {
  readonly #zones: Map<Name, ZoneProofs> = new Map();
  readonly #limit: number;
  #size = 0;

  /** @param limit most NSEC records and wildcards held; beyond it the zone heard of first is dropped, as a whole */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Records held, expired ones included. */
  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#zones.clear();
    this.#size = 0;
  }

  /** Keeps the SOA that goes along with denials of its zone. */
  storeSoa(soa: RRset, expiresAt: Micros): void {
    this.#zone(soa.name).soa = { rrset: soa, expiresAt };
  }

  /** Takes over an NSEC set. @param apex of the zone that it is from */
  store(apex: Name, nsec: RRset, expiresAt: Micros, now: Micros): void {
    this.#add(apex, now, (zone) => zone.put(proofOf(nsec, expiresAt)));
  }

  /** Takes over data of a wildcard, under the wildcard's own name. */
  storeWildcard(apex: Name, rrset: RRset, expiresAt: Micros, now: Micros): void {
    this.#add(apex, now, (zone) => zone.putWildcard(rrset, expiresAt));
  }

  /** When the SOA known of a zone ends; undefined: none is known. */
  soaEnd(apex: Name, now: Micros): Micros | undefined {
    return this.#zones.get(apex)?.liveSoa(now)?.expiresAt;
  }

  /** What is known without a query; undefined when it takes one. */
  synthesise(name: Name, type: RrType, now: Micros): Synthesis | undefined {
    if (this.#zones.size === 0 || type === DS) return undefined;
    const zone = this.#zoneOf(name);
    if (zone === undefined) return undefined;
    const own = zone.at(name, now);
    if (own) return lacks(own, type) ? denial('nodata', zone, [own], now) : undefined;
    const cover = zone.covering(name, now);
    if (cover === undefined || isAncestorCut(cover, name)) return undefined;
    // A name between two others that is above the second exists, without types (RFC 4592 §2.2.2).
    if (isBelow(cover.next, name)) return denial('nodata', zone, [cover], now);
    return byWildcard(zone, name, type, cover, now);
  }

  #zone(apex: Name): ZoneProofs {
    const zone = this.#zones.get(apex) ?? new ZoneProofs(apex);
    this.#zones.set(apex, zone);
    return zone;
  }

  #zoneOf(name: Name): ZoneProofs | undefined {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      const zone = this.#zones.get(at);
      if (zone) return zone;
    }
    return undefined;
  }

  #add(apex: Name, now: Micros, change: (zone: ZoneProofs) => void): void {
    const zone = this.#zone(apex);
    const before = zone.size;
    change(zone);
    this.#size += zone.size - before;
    if (this.#size > this.#limit) this.#makeRoom(now);
  }

  #makeRoom(now: Micros): void {
    for (const zone of this.#zones.values()) zone.sweep(now);
    this.#size = [...this.#zones.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [apex, { size }] of this.#zones) {
      if (this.#size <= this.#limit) return;
      this.#zones.delete(apex);
      this.#size -= size;
    }
  }
}

/** The name is absent: a wildcard answers for it, or lacks the type, or is absent as well (RFC 8198 §5.3). */
function byWildcard(
  zone: ZoneProofs,
  name: Name,
  type: RrType,
  cover: Proof,
  now: Micros,
): Synthesis | undefined {
  const [one, other] = [commonAncestor(name, cover.owner), commonAncestor(name, cover.next)];
  const wildcard = prepend('*', isBelow(one, other) ? one : other);
  if (wildcard === undefined) return undefined;
  const held = zone.wildcard(wildcard, type, now) ?? zone.wildcard(wildcard, CNAME, now);
  if (held) return expansion(held, name, cover);
  const own = zone.at(wildcard, now);
  if (own) return lacks(own, type) ? denial('nodata', zone, [cover, own], now) : undefined;
  const none = zone.covering(wildcard, now);
  if (none === undefined || isBelow(none.next, wildcard)) return undefined;
  return denial('nxdomain', zone, none === cover ? [cover] : [cover, none], now);
}

function expansion({ rrset, expiresAt }: Held, name: Name, cover: Proof): Synthesis {
  const until = Math.min(expiresAt, cover.expiresAt);
  return { kind: 'data', rrset: renamed(rrset, name), proofs: [cover], expiresAt: until };
}

/** A denial takes the zone's SOA, whose TTL tells how long it may be kept. */
function denial(
  kind: 'nodata' | 'nxdomain',
  zone: ZoneProofs,
  proofs: readonly Proof[],
  now: Micros,
): Synthesis | undefined {
  const soa = zone.liveSoa(now);
  if (soa === undefined) return undefined;
  const expiresAt = Math.min(soa.expiresAt, ...proofs.map((proof) => proof.expiresAt));
  return { kind, rrset: soa.rrset, proofs, expiresAt };
}
