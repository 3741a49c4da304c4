/** Address blocks in CIDR notation (RFC 4632 §3.1): which one holds a client, and how long its prefix is. */
import { addressOctets } from '../../../base/address.ts';

export interface Prefix {
  readonly octets: Uint8Array;
  /** Bits that count, 0 to 32 or 128. */
  readonly length: number;
}

/** Reads `198.51.100.0/24`; a lone address is a block of one. @returns `undefined` when the text is no block */
export function parsePrefix(text: string): Prefix | undefined {
  const [address, bits, more] = text.split('/');
  const octets = addressOctets(address!);
  if (!octets || more !== undefined) return undefined;
  const most = octets.length * 8;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return undefined;
  const length = bits === undefined ? most : Number(bits);
  return length <= most ? { octets, length } : undefined;
}

/** Whether `outer` holds all of `inner`. A shorter prefix never lies in a longer one. */
export function holds(outer: Prefix, inner: Prefix): boolean {
  if (outer.octets.length !== inner.octets.length || inner.length < outer.length) return false;
  for (let bit = 0; bit < outer.length; bit++) {
    const mask = 0x80 >> (bit & 7);
    if ((outer.octets[bit >> 3]! & mask) !== (inner.octets[bit >> 3]! & mask)) return false;
  }
  return true;
}

/** Length of the longest of `blocks` that holds one of a place's networks; −1 when none does. */
export function longestMatch(blocks: readonly string[], networks: readonly string[]): number {
  const inner = networks.flatMap((network) => parsePrefix(network) ?? []);
  return blocks.reduce((longest, block) => {
    const outer = parsePrefix(block);
    const hit = outer !== undefined && inner.some((one) => holds(outer, one));
    return hit ? Math.max(longest, outer.length) : longest;
  }, -1);
}
