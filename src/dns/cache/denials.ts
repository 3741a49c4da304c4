/**
 * Aggressive use of NSEC (RFC 8198): proofs of absence that came with negative answers deny further names and types
 * of the zone without a query.
 *
 * Only proofs that were validated may be used so (RFC 8198 §5.1). Not modelled: validation itself, so whoever turns
 * this on says that the zones are signed and the resolver validates; NSEC3 (RFC 8198 §5.2 allows it, most zones with
 * it opt out); and answers made of a cached wildcard (§5.3), which cost one query more here.
 */
import type { Micros } from '../../base/time.ts';
import {
  commonAncestor,
  compareNames,
  isBelow,
  type Name,
  parent,
  parseName,
  prepend,
} from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { CNAME, DNAME, DS, NS, type RrType, SOA, typeFromText } from '../data/rrtype.ts';

/** One NSEC record: nothing lies between its owner and the next name; the owner has these types only. */
interface Proof {
  readonly owner: Name;
  readonly next: Name;
  readonly types: ReadonlySet<RrType>;
  readonly expiresAt: Micros;
}

/** What the proofs say of a question. */
export interface Denial {
  readonly kind: 'nodata' | 'nxdomain';
  readonly soa: RRset;
  /** The first of what it rests on ends here. */
  readonly expiresAt: Micros;
}

interface ZoneProofs {
  soa: RRset;
  readonly proofs: Map<Name, Proof>;
  /** In canonical order; undefined after a change. */
  sorted: readonly Proof[] | undefined;
}

export class Denials {
  readonly #zones: Map<Name, ZoneProofs> = new Map();

  clear(): void {
    this.#zones.clear();
  }

  /**
   * Takes over the NSEC sets of a negative answer.
   * @param soa of the zone; its owner tells which
   * @param expiresAt end of the negative answer: NSEC lives no longer (RFC 9077 §3)
   */
  store(soa: RRset, nsecs: readonly RRset[], expiresAt: Micros): void {
    const zone = this.#zones.get(soa.name) ?? { soa, proofs: new Map<Name, Proof>(), sorted: undefined };
    zone.soa = soa;
    zone.sorted = undefined;
    for (const nsec of nsecs) zone.proofs.set(nsec.name, proofOf(nsec, expiresAt));
    this.#zones.set(soa.name, zone);
  }

  /** What is known to be absent; undefined when it takes a query to know. */
  deny(name: Name, type: RrType, now: Micros): Denial | undefined {
    if (this.#zones.size === 0 || type === DS) return undefined;
    const zone = this.#zoneOf(name);
    if (zone === undefined) return undefined;
    const own = live(zone.proofs.get(name), now);
    if (own) return lacks(own, type) ? denial('nodata', zone, own, own) : undefined;
    const cover = coverOf(zone, name, now);
    if (cover === undefined || isAncestorCut(cover, name)) return undefined;
    // A name between two others that is above the second exists, without types (RFC 4592 §2.2.2).
    if (isBelow(cover.next, name)) return denial('nodata', zone, cover, cover);
    return denyWildcard(zone, name, type, cover, now);
  }

  #zoneOf(name: Name): ZoneProofs | undefined {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      const zone = this.#zones.get(at);
      if (zone) return zone;
    }
    return undefined;
  }
}

/** The name is absent; so must be the wildcard that could stand for it, or the type at the wildcard. */
function denyWildcard(
  zone: ZoneProofs,
  name: Name,
  type: RrType,
  cover: Proof,
  now: Micros,
): Denial | undefined {
  const [one, other] = [commonAncestor(name, cover.owner), commonAncestor(name, cover.next)];
  const wildcard = prepend('*', isBelow(one, other) ? one : other);
  if (wildcard === undefined) return undefined;
  const own = live(zone.proofs.get(wildcard), now);
  if (own) return lacks(own, type) ? denial('nodata', zone, cover, own) : undefined;
  const none = coverOf(zone, wildcard, now);
  return none && !isBelow(none.next, wildcard) ? denial('nxdomain', zone, cover, none) : undefined;
}

function denial(kind: Denial['kind'], { soa }: ZoneProofs, one: Proof, other: Proof): Denial {
  return { kind, soa, expiresAt: Math.min(one.expiresAt, other.expiresAt) };
}

function proofOf({ name, rdata }: RRset, expiresAt: Micros): Proof {
  const [next, ...types] = rdata[0]!.text.split(' ');
  return {
    owner: name,
    next: parseName(next!),
    types: new Set(types.flatMap((one) => typeFromText(one) ?? [])),
    expiresAt,
  };
}

function live(proof: Proof | undefined, now: Micros): Proof | undefined {
  return proof !== undefined && now < proof.expiresAt ? proof : undefined;
}

/** The live proof whose gap holds a name: the last owner before it, unless that record's gap ends earlier. */
function coverOf(zone: ZoneProofs, name: Name, now: Micros): Proof | undefined {
  zone.sorted ??= [...zone.proofs.values()].sort((a, b) => compareNames(a.owner, b.owner));
  let low = 0;
  for (let high = zone.sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (compareNames(zone.sorted[middle]!.owner, name) < 0) low = middle + 1;
    else high = middle;
  }
  const before = live(zone.sorted[low - 1], now);
  if (before === undefined) return undefined;
  const isLast = before.next === zone.soa.name;
  return isLast || compareNames(name, before.next) < 0 ? before : undefined;
}

/** A type is absent where an owner has neither it nor an alias, and is no zone cut (RFC 6840 §4.1). */
function lacks({ types }: Proof, type: RrType): boolean {
  return !types.has(type) && !types.has(CNAME) && !isCut(types);
}

/** What lies below a delegation or a DNAME is not this record's to deny (RFC 6840 §4.1). */
function isAncestorCut({ owner, types }: Proof, name: Name): boolean {
  return isBelow(name, owner) && (isCut(types) || types.has(DNAME));
}

function isCut(types: ReadonlySet<RrType>): boolean {
  return types.has(NS) && !types.has(SOA);
}
