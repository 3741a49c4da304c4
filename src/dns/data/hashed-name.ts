/** Hashed owner names (RFC 5155 §5): what NSEC3 has in place of names. */
import { sha1 } from '../../base/sha1.ts';
import { encodeBase32Hex } from './base-n.ts';
import { labelOctets, labels, type Name } from './name.ts';

/** How a zone hashes its names (RFC 5155 §3.1). SHA-1 is the only algorithm. */
export interface HashParameters {
  /** Further rounds; RFC 9276 §3.1 wants none. */
  readonly iterations: number;
  /** An octet string, empty for none. */
  readonly salt: string;
}

/** IH(salt, name, iterations) in base32hex, upper case as in RDATA: 32 characters that sort as the octets do. */
export function hashName(name: Name, { iterations, salt }: HashParameters): string {
  let hash = wireForm(name);
  for (let round = 0; round <= iterations; round++) hash = sha1(hash + salt);
  return encodeBase32Hex(hash);
}

/** The name in canonical wire form (RFC 4034 §6.2), as an octet string. */
function wireForm(name: Name): string {
  const parts = labels(name).map(labelOctets);
  return `${parts.map((octets) => String.fromCharCode(octets.length) + octets).join('')}\0`;
}
