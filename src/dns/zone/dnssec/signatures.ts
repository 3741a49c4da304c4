/**
 * Signatures that go along with answers of a signed zone (RFC 4035 §3.1).
 *
 * A zone with RRSIG records of its own gives those. One that is only said to be signed gets a stand-in for each
 * RRset: the type covered, the labels and the signer are right (RFC 4034 §3.1), the rest is a placeholder. Not
 * modelled: keys, cryptography, the time in which a signature holds. The cost: nothing can be bogus.
 */
import type { Seconds } from '../../../base/time.ts';
import { depth, isWildcard, type Name } from '../../data/name.ts';
import type { Rdata } from '../../data/rdata.ts';
import type { RRset } from '../../data/rrset.ts';
import { DNSKEY, RRSIG, typeToText } from '../../data/rrtype.ts';
import type { Zone } from '../zone.ts';

/** ECDSA P-256 with SHA-256 (RFC 6605), the most common algorithm of new zones. */
const ALGORITHM = 13;
/** For ever, as far as the 32 bits of RFC 4034 §3.1.5 go; key tag 0. */
const ALWAYS = '20380119031407 19700101000000 0';
/** 64 octets, as long as a real one (RFC 6605 §4). */
const PLACEHOLDER = `${'A'.repeat(86)}==`;

/** Whether a zone's answers carry signatures: it is said to be signed, or has keys of its own. */
export function isSigned(zone: Zone): boolean {
  return zone.signing !== undefined || zone.get(zone.origin, DNSKEY) !== undefined;
}

/**
 * RRsets of a zone, each followed by its signature where there is one.
 * @param owner where a wildcard stands for their name: the wildcard, which is what was signed (RFC 4035 §5.3.2)
 */
export function withSignatures(zone: Zone, sets: readonly RRset[], owner?: Name): RRset[] {
  return sets.flatMap((set) => {
    const rdata = signaturesOf(zone, owner ?? set.name, set);
    return rdata.length === 0 ? [set] : [set, { name: set.name, type: RRSIG, ttl: set.ttl, rdata }];
  });
}

function signaturesOf(zone: Zone, owner: Name, { type, ttl }: RRset): readonly Rdata[] {
  if (type === RRSIG) return [];
  const covered = `${typeToText(type)} `;
  const own = zone.get(owner, RRSIG)?.rdata.filter(({ text }) => text.startsWith(covered)) ?? [];
  return own.length > 0 || zone.signing === undefined ? own : [standIn(zone.origin, owner, covered, ttl)];
}

/** The root label and a leading asterisk do not count as labels (RFC 4034 §3.1.3). */
function standIn(signer: Name, owner: Name, covered: string, ttl: Seconds): Rdata {
  const labels = depth(owner) - (isWildcard(owner) ? 1 : 0);
  const text = `${covered}${ALGORITHM} ${labels} ${ttl} ${ALWAYS} ${signer} ${PLACEHOLDER}`;
  return { kind: 'opaque', type: RRSIG, text };
}
