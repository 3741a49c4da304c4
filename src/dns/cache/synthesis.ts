/**
 * What the proofs of a zone say of a question (RFC 8198 §5): that the name or the type is absent, or what a wildcard
 * answers. Records that opt out prove nothing here: unsigned delegations may lie in their gaps (RFC 5155 §6).
 */
import type { Micros } from '../../base/time.ts';
import { commonAncestor, isBelow, isSubdomain, type Name, parent, prepend } from '../data/name.ts';
import { type RRset, renamed } from '../data/rrset.ts';
import { CNAME, type RrType } from '../data/rrtype.ts';
import type { Gap } from './gaps.ts';
import { endsHere, type HashedProof, isAncestorCut, lacks, type Proof } from './proof.ts';
import type { ZoneProofs } from './zone-proofs.ts';

export interface Synthesis {
  readonly kind: 'data' | 'nodata' | 'nxdomain';
  /** The data under the name asked for, or the SOA of the denial. */
  readonly rrset: RRset;
  readonly by: 'NSEC' | 'NSEC3';
  /** The gaps it rests on: of the name, and of the wildcard where that takes another. */
  readonly gaps: readonly Gap<string>[];
  /** The first of what it rests on ends here. */
  readonly expiresAt: Micros;
}

/** A question to one zone. */
interface Asked {
  readonly zone: ZoneProofs;
  readonly name: Name;
  readonly type: RrType;
  readonly now: Micros;
}

/** By the gaps between names. */
export function byNames(asked: Asked): Synthesis | undefined {
  const { zone, name, type, now } = asked;
  const own = zone.at(name, now);
  if (own) return lacks(own.types, type) ? denial('nodata', asked, [own]) : undefined;
  const cover = zone.covering(name, now);
  if (cover === undefined || isAncestorCut(cover, name)) return undefined;
  // A name between two others that is above the second exists, without types (RFC 4592 §2.2.2).
  if (isBelow(cover.next, name)) return denial('nodata', asked, [cover]);
  const wildcard = prepend('*', enclosing(cover, name));
  if (wildcard === undefined) return undefined;
  const isNode = (one: Proof): boolean => isBelow(one.next, wildcard);
  const none = zone.covering(wildcard, now);
  return byWildcard(asked, wildcard, cover, zone.at(wildcard, now), none && !isNode(none) ? none : undefined);
}

/** By the gaps between hashes: first the closest name that exists, then the gap of the next closer (RFC 5155 §8.3). */
export function byHashes(asked: Asked): Synthesis | undefined {
  const { zone, name, type, now } = asked;
  const own = zone.atHash(zone.hash(name), now);
  if (own) return lacks(own.types, type) ? denial('nodata', asked, [own]) : undefined;
  const found = closestEncloser(asked);
  if (found === undefined || endsHere(found.proof.types)) return undefined;
  const cover = whole(zone.coveringHash(zone.hash(found.next), now));
  const wildcard = prepend('*', found.closest);
  if (cover === undefined || wildcard === undefined) return undefined;
  const hash = zone.hash(wildcard);
  return byWildcard(asked, wildcard, cover, zone.atHash(hash, now), whole(zone.coveringHash(hash, now)));
}

/** The name is absent: a wildcard answers for it, or lacks the type, or is absent as well (RFC 8198 §5.3). */
function byWildcard<P extends Proof | HashedProof>(
  asked: Asked,
  wildcard: Name,
  cover: P,
  own: P | undefined,
  none: P | undefined,
): Synthesis | undefined {
  const { zone, type, now } = asked;
  const held = zone.wildcard(wildcard, type, now) ?? zone.wildcard(wildcard, CNAME, now);
  if (held) {
    const expiresAt = Math.min(held.expiresAt, cover.expiresAt);
    const rrset = renamed(held.rrset, asked.name);
    return { kind: 'data', rrset, by: recordOf(cover), gaps: [cover], expiresAt };
  }
  if (own) return lacks(own.types, type) ? denial('nodata', asked, [cover, own]) : undefined;
  return none && denial('nxdomain', asked, none === cover ? [cover] : [cover, none]);
}

/** The lowest name above that has a record, and the next one towards the name. */
function closestEncloser({
  zone,
  name,
  now,
}: Asked): { readonly closest: Name; readonly next: Name; readonly proof: HashedProof } | undefined {
  let next = name;
  for (let at = parent(name); at !== undefined && isSubdomain(at, zone.apex); at = parent(at)) {
    const proof = zone.atHash(zone.hash(at), now);
    if (proof) return { closest: at, next, proof };
    next = at;
  }
  return undefined;
}

/** The closest name that exists above a name in a gap: what it shares with either end. */
function enclosing({ owner, next }: Proof, name: Name): Name {
  const [one, other] = [commonAncestor(name, owner), commonAncestor(name, next)];
  return isBelow(one, other) ? one : other;
}

/** A gap without names left out. */
function whole(proof: HashedProof | undefined): HashedProof | undefined {
  return proof?.optOut ? undefined : proof;
}

/** A denial takes the zone's SOA, whose TTL tells how long it may be kept. */
function denial(
  kind: 'nodata' | 'nxdomain',
  { zone, now }: Asked,
  gaps: readonly (Proof | HashedProof)[],
): Synthesis | undefined {
  const soa = zone.liveSoa(now);
  if (soa === undefined) return undefined;
  const expiresAt = Math.min(soa.expiresAt, ...gaps.map((gap) => gap.expiresAt));
  return { kind, rrset: soa.rrset, by: recordOf(gaps[0]!), gaps, expiresAt };
}

function recordOf(proof: Proof | HashedProof): Synthesis['by'] {
  return 'parameters' in proof ? 'NSEC3' : 'NSEC';
}
