/**
 * A stable hash for picks by client and by name.
 *
 * Real servers hash otherwise (PowerDNS by lookup3), so which client gets which answer differs; how many get it does
 * not.
 */

/** 32 bits: FNV-1a with the mixing steps of MurmurHash3 at the end. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
