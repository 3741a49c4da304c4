/**
 * One NSEC record as a proof: nothing lies between its owner and the next name, and the owner has these types only
 * (RFC 4034 §4). What it may be used for is told by RFC 4035 §5.4 and RFC 6840 §4.1.
 */
import type { Micros } from '../../base/time.ts';
import { compareNames, isBelow, type Name, parseName } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { CNAME, DNAME, NS, type RrType, SOA, typeFromText } from '../data/rrtype.ts';

export interface Proof {
  readonly owner: Name;
  readonly next: Name;
  readonly types: ReadonlySet<RrType>;
  readonly expiresAt: Micros;
}

/** Reads an NSEC RRset, which holds one record (RFC 4034 §4). */
export function proofOf({ name, rdata }: RRset, expiresAt: Micros): Proof {
  const [next, ...types] = rdata[0]!.text.split(' ');
  return {
    owner: name,
    next: parseName(next!),
    types: new Set(types.flatMap((one) => typeFromText(one) ?? [])),
    expiresAt,
  };
}

/** Whether a name lies in the gap. The last gap of a zone leads back to its apex. */
export function covers({ owner, next }: Proof, name: Name, apex: Name): boolean {
  return compareNames(owner, name) < 0 && (next === apex || compareNames(name, next) < 0);
}

/** A type is absent where an owner has neither it nor an alias, and is no zone cut (RFC 6840 §4.1). */
export function lacks({ types }: Proof, type: RrType): boolean {
  return !types.has(type) && !types.has(CNAME) && !isCut(types);
}

/** What lies below a delegation or a DNAME is not this record's to deny (RFC 6840 §4.1). */
export function isAncestorCut({ owner, types }: Proof, name: Name): boolean {
  return isBelow(name, owner) && (isCut(types) || types.has(DNAME));
}

function isCut(types: ReadonlySet<RrType>): boolean {
  return types.has(NS) && !types.has(SOA);
}
