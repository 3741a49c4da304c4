/**
 * What an answer of a signed zone has to prove when the query asked for it (DO, RFC 4035 §3.1.3): that a name or a
 * type does not exist, that a wildcard was right to be used, that a delegation is not signed.
 *
 * Not modelled: NSEC3 (RFC 5155). A zone that holds NSEC3 records of its own gives them only when asked by type.
 */
import { type Name, parent } from '../../data/name.ts';
import type { RRset } from '../../data/rrset.ts';
import { DS } from '../../data/rrtype.ts';
import type { Zone } from '../zone.ts';
import { nsecSourceOf } from './nsec.ts';
import { withSignatures } from './signatures.ts';

/** §3.1.3.2: neither the name nor a wildcard for it exists. */
export function proveNoName(zone: Zone, name: Name): RRset[] {
  const { covering } = nsecSourceOf(zone);
  return signed(zone, [covering(name), covering(wildcardAt(zone, name))]);
}

/**
 * §3.1.3.1: the name exists and has no such type; an empty non-terminal has no record of its own.
 * @param owner the name, or the wildcard that stands for it (§3.1.3.4)
 */
export function proveNoType(zone: Zone, name: Name, owner: Name): RRset[] {
  const { at, covering } = nsecSourceOf(zone);
  return signed(zone, [at(owner) ?? covering(owner), owner === name ? undefined : covering(name)]);
}

/** §3.1.3.3: no name closer to the one asked for exists than the wildcard that stands for it. */
export function proveNoCloser(zone: Zone, name: Name): RRset[] {
  return signed(zone, [nsecSourceOf(zone).covering(name)]);
}

/** §3.1.4: the DS set of a delegation, or the proof that there is none. */
export function proveDelegation(zone: Zone, cut: Name): RRset[] {
  const ds = zone.get(cut, DS);
  return signed(zone, [ds ?? nsecSourceOf(zone).at(cut)]);
}

/** The wildcard directly below the closest name that exists (RFC 4592 §3.3.1). */
function wildcardAt(zone: Zone, name: Name): Name {
  let encloser = parent(name)!;
  while (zone.node(encloser) === undefined) encloser = parent(encloser)!;
  return (encloser === '.' ? '*.' : `*.${encloser}`) as Name;
}

function signed(zone: Zone, sets: readonly (RRset | undefined)[]): RRset[] {
  return withSignatures(zone, [...new Set(sets.flatMap((set) => set ?? []))]);
}
