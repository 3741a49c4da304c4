/**
 * What an answer of a signed zone has to prove when the query asked for it (DO): that a name or a type does not exist,
 * that a wildcard was right to be used, that a delegation is not signed. By NSEC (RFC 4035 §3.1.3) or by NSEC3, which
 * first has to prove the closest name that exists (RFC 5155 §7.2).
 */
import { type Name, parent } from '../../data/name.ts';
import type { RRset } from '../../data/rrset.ts';
import { DS } from '../../data/rrtype.ts';
import type { Zone } from '../zone.ts';
import { nsecSourceOf } from './nsec.ts';
import { type Nsec3Source, nsec3SourceOf } from './nsec3.ts';
import { withSignatures } from './signatures.ts';

/** RFC 4035 §3.1.3.2, RFC 5155 §7.2.2: neither the name nor a wildcard for it exists. */
export function proveNoName(zone: Zone, name: Name): RRset[] {
  const hashed = nsec3SourceOf(zone);
  const wildcard = wildcardAt(enclosers(zone, name).closest);
  if (hashed) return signed(zone, [...closestEncloser(zone, hashed, name), hashed.covering(wildcard)]);
  const { covering } = nsecSourceOf(zone);
  return signed(zone, [covering(name), covering(wildcard)]);
}

/**
 * RFC 4035 §3.1.3.1, RFC 5155 §7.2.3 to §7.2.5: the name exists and has no such type.
 * @param owner the name, or the wildcard that stands for it
 */
export function proveNoType(zone: Zone, name: Name, owner: Name): RRset[] {
  const hashed = nsec3SourceOf(zone);
  if (hashed) {
    const own = hashed.matching(owner);
    const needsMore = owner !== name || own === undefined;
    return signed(zone, [...(needsMore ? closestEncloser(zone, hashed, name) : []), own]);
  }
  const { at, covering } = nsecSourceOf(zone);
  return signed(zone, [at(owner) ?? covering(owner), owner === name ? undefined : covering(name)]);
}

/** RFC 4035 §3.1.3.3, RFC 5155 §7.2.6: no name closer to the one asked for exists than the wildcard's. */
export function proveNoCloser(zone: Zone, name: Name): RRset[] {
  const hashed = nsec3SourceOf(zone);
  if (hashed) return signed(zone, [hashed.covering(enclosers(zone, name).next)]);
  return signed(zone, [nsecSourceOf(zone).covering(name)]);
}

/** RFC 4035 §3.1.4, RFC 5155 §7.2.7: the DS set of a delegation, or the proof that there is none. */
export function proveDelegation(zone: Zone, cut: Name): RRset[] {
  const ds = zone.get(cut, DS);
  if (ds) return signed(zone, [ds]);
  const hashed = nsec3SourceOf(zone);
  if (!hashed) return signed(zone, [nsecSourceOf(zone).at(cut)]);
  const own = hashed.matching(cut);
  return signed(zone, own ? [own] : closestEncloser(zone, hashed, cut));
}

/** The closest name that has a record, and the gap in which the next one towards the name lies (§7.2.1). */
function closestEncloser(zone: Zone, hashed: Nsec3Source, name: Name): (RRset | undefined)[] {
  let { closest, next } = enclosers(zone, name);
  // Opt-out leaves names out: then the closest one that can be proven stands for it.
  while (closest !== zone.origin && hashed.matching(closest) === undefined) {
    next = closest;
    closest = parent(closest)!;
  }
  return [hashed.matching(closest), hashed.covering(next)];
}

/** The closest name above that exists, and the next closer one towards the name (RFC 5155 §1.3). */
function enclosers(zone: Zone, name: Name): { closest: Name; next: Name } {
  let next = name;
  let closest = name === zone.origin ? name : parent(name)!;
  while (zone.node(closest) === undefined) {
    next = closest;
    closest = parent(closest)!;
  }
  return { closest, next };
}

/** RFC 4592 §3.3.1. */
function wildcardAt(encloser: Name): Name {
  return (encloser === '.' ? '*.' : `*.${encloser}`) as Name;
}

function signed(zone: Zone, sets: readonly (RRset | undefined)[]): RRset[] {
  return withSignatures(zone, [...new Set(sets.flatMap((set) => set ?? []))]);
}
