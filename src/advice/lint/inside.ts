/** What belongs inside a network: names and addresses that mean nothing outside, and zones made of them. */
import { addressOctets } from '../../base/address.ts';
import { isSubdomain, labels, type Name } from '../../dns/data/name.ts';
import type { LintZone } from './zone.ts';

/** Blocks that are not routed on the Internet: first octets, how many bits count, and where they are set aside. */
const PRIVATE_V4: readonly (readonly [octets: readonly number[], bits: number, name: string])[] = [
  [[10], 8, 'RFC 1918'],
  [[172, 16], 12, 'RFC 1918'],
  [[192, 168], 16, 'RFC 1918'],
  [[100, 64], 10, 'RFC 6598, shared by carriers'],
  [[169, 254], 16, 'RFC 3927, link-local'],
  [[127], 8, 'RFC 1122, loopback'],
  [[0], 8, 'RFC 1122, this host'],
];

/** Why an address means nothing outside a network; nothing for others. */
export function privateReason(address: string): string | undefined {
  const octets = addressOctets(address);
  if (!octets) return undefined;
  if (octets.length === 16) return privateV6(octets);
  return PRIVATE_V4.find(([first, bits]) => startsWith(octets, first, bits))?.[2];
}

function privateV6(octets: Uint8Array): string | undefined {
  if ((octets[0]! & 0xfe) === 0xfc) return 'RFC 4193, unique local';
  if (octets[0] === 0xfe && (octets[1]! & 0xc0) === 0x80) return 'RFC 4291, link-local';
  return octets.slice(0, 15).every((one) => one === 0) ? 'RFC 4291, loopback or unspecified' : undefined;
}

function startsWith(octets: Uint8Array, first: readonly number[], bits: number): boolean {
  return first.every((octet, index) => {
    const mask = (0xff00 >> Math.min(8, bits - index * 8)) & 0xff;
    return (octets[index]! & mask) === octet;
  });
}

/** Top-level domains that only exist inside networks (RFC 6762 §3 and appendix G, RFC 9476, ICANN: internal). */
const LOCAL_TLDS: readonly string[] = [
  'alt',
  'corp',
  'home',
  'internal',
  'intranet',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'private',
];

/** Whether a name can mean something only inside a network: `db.internal.`, `svc.cluster.local.`, `home.arpa.` */
export function isLocalName(name: Name): boolean {
  return LOCAL_TLDS.includes(labels(name).at(-1) ?? '') || isSubdomain(name, 'home.arpa.' as Name);
}

/**
 * Whether a zone can only be meant for the inside: it is private, has a local name, or private addresses only. A
 * scenario says which of its zones are private, so there addresses do not count.
 */
export function isInside(zone: LintZone): boolean {
  if (zone.isPrivate || isLocalName(zone.origin)) return true;
  if (zone.index !== undefined) return false;
  const addresses = zone.records.flatMap(({ rdata }) => (rdata.kind === 'address' ? [rdata.address] : []));
  return addresses.length > 0 && addresses.every((address) => privateReason(address) !== undefined);
}
