/** Keys and signatures of a zone, field by field (RFC 4034 §2, §3), and which DS record means which key (§5). */
import { sha1 } from '../../base/sha1.ts';
import { sha256OfOctets } from '../../base/sha256.ts';
import { encodeHex } from '../../dns/data/base-n.ts';
import type { Name } from '../../dns/data/name.ts';
import { OctetWriter, octetString } from '../../dns/data/octets.ts';
import { parseTime } from '../../dns/data/rdata/signature-time.ts';
import { rdataToOctets } from '../../dns/data/rdata-text.ts';
import { DNSKEY, RRSIG } from '../../dns/data/rrtype.ts';
import type { PlacedRecord } from '../../dns/zone/master-records.ts';
import { type LintZone, recordsOf } from './zone.ts';

export interface ZoneKey {
  readonly record: PlacedRecord;
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly tag: number;
  /** RDATA as octets. */
  readonly octets: Uint8Array;
}

export interface ZoneSignature {
  readonly record: PlacedRecord;
  /** Mnemonic of the type covered. */
  readonly covered: string;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTtl: number;
  /** Seconds since 1970. */
  readonly expiration: number;
  readonly inception: number;
  readonly tag: number;
  readonly signer: string;
}

/** Bits of the flags (RFC 4034 §2.1.1, RFC 5011 §7). */
export const ZONE_KEY = 0x100;
export const REVOKED = 0x80;
export const ENTRY_POINT = 0x1;

/** The fields of presentation form, between single spaces. */
export const words = ({ rdata }: PlacedRecord): string[] => rdata.text.split(' ');

/** Keys at the apex, in the order of the text. */
export function keysOf(zone: LintZone): ZoneKey[] {
  return recordsOf(zone, DNSKEY)
    .filter(({ name }) => name === zone.origin)
    .map(keyOf);
}

/** A DNSKEY or CDNSKEY by its fields. */
export function keyOf(record: PlacedRecord): ZoneKey {
  const [flags = 0, protocol = 0, algorithm = 0] = words(record).map(Number);
  const octets = rdataToOctets(DNSKEY, record.rdata);
  return { record, flags, protocol, algorithm, tag: keyTag(octets), octets };
}

/** RFC 4034 appendix B; that of algorithm 1 (B.1), which nobody may use, comes out wrong. */
function keyTag(octets: Uint8Array): number {
  const sum = octets.reduce((total, octet, index) => total + (index % 2 === 0 ? octet * 256 : octet), 0);
  return (sum + Math.floor(sum / 65_536)) & 0xffff;
}

/** Signatures anywhere in the zone, in the order of the text. */
export function signaturesOf(zone: LintZone): ZoneSignature[] {
  return recordsOf(zone, RRSIG).map((record) => {
    const [covered = '', ...fields] = words(record);
    const [algorithm = '', labels = '', ttl = '', expiration = '', inception = '', tag = '', signer = ''] =
      fields;
    return {
      record,
      covered,
      algorithm: Number(algorithm),
      labels: Number(labels),
      originalTtl: Number(ttl),
      expiration: parseTime(expiration) ?? 0,
      inception: parseTime(inception) ?? 0,
      tag: Number(tag),
      signer,
    };
  });
}

/** Bits of the modulus of an RSA key (RFC 3110 §2); nothing for other algorithms. */
export function rsaBits({ algorithm, octets }: ZoneKey): number | undefined {
  if (![1, 5, 7, 8, 10].includes(algorithm)) return undefined;
  const short = octets[4]!;
  const before = short === 0 ? 7 + octets[5]! * 256 + octets[6]! : 5 + short;
  return (octets.length - before) * 8;
}

/**
 * Whether a DS or CDS record means a key: the same tag and algorithm, and the same digest where it is SHA-1 or
 * SHA-256 (RFC 4034 §5.1.4, RFC 4509 §2.1); other digests are taken on trust.
 */
export function means(signer: PlacedRecord, owner: Name, key: ZoneKey): boolean {
  const [tag = '', algorithm = '', type = '', digest = ''] = words(signer);
  if (Number(tag) !== key.tag || Number(algorithm) !== key.algorithm) return false;
  const expected = DIGESTS[type]?.(signedOctets(owner, key));
  return expected === undefined || expected === digest.toLowerCase();
}

const DIGESTS: Readonly<Record<string, (octets: Uint8Array) => string>> = {
  '1': (octets) => encodeHex(sha1(octetString(octets))).toLowerCase(),
  '2': sha256OfOctets,
};

function signedOctets(owner: Name, { octets }: ZoneKey): Uint8Array {
  const writer = new OctetWriter();
  writer.name(owner);
  writer.put(octetString(octets));
  return writer.finish();
}
