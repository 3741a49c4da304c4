/**
 * Proofs of absence: one NSEC record (RFC 4034 §4) or one NSEC3 record (RFC 5155 §3). Nothing lies between its owner
 * and the next one, and the owner has these types only. What it may be used for: RFC 4035 §5.4, RFC 6840 §4.1.
 */
import { compareNames, isBelow, type Name, parseName } from '../data/name.ts';
import type { Nsec3 } from '../data/nsec3.ts';
import type { RRset } from '../data/rrset.ts';
import { CNAME, DNAME, NS, type RrType, SOA, typeFromText } from '../data/rrtype.ts';
import type { Gap } from './gaps.ts';

export interface Proof extends Gap<Name> {
  readonly types: ReadonlySet<RrType>;
}

/** Between hashes in base32hex. */
export type HashedProof = Gap<string> & Nsec3;

/** Reads an NSEC RRset, which holds one record (RFC 4034 §4). */
export function proofOf({ name, rdata }: RRset, expiresAt: number): Proof {
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

/** Whether a hash lies in the gap. The last gap leads round to the first hash (RFC 5155 §3.1.7). */
export function coversHash({ owner, next }: Gap<string>, hash: string): boolean {
  if (owner < next) return owner < hash && hash < next;
  return hash !== owner && (hash > owner || hash < next);
}

/** A type is absent where an owner has neither it nor an alias, and is no zone cut (RFC 6840 §4.1). */
export function lacks(types: ReadonlySet<RrType>, type: RrType): boolean {
  return !types.has(type) && !types.has(CNAME) && !isCut(types);
}

/** What lies below a delegation or a DNAME is not this record's to deny (RFC 6840 §4.1). */
export function isAncestorCut({ owner, types }: Proof, name: Name): boolean {
  return isBelow(name, owner) && endsHere(types);
}

/** Whether the zone has nothing to say below a name with these types. */
export function endsHere(types: ReadonlySet<RrType>): boolean {
  return isCut(types) || types.has(DNAME);
}

function isCut(types: ReadonlySet<RrType>): boolean {
  return types.has(NS) && !types.has(SOA);
}
