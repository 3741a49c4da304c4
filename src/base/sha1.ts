/**
 * SHA-1 (FIPS 180-4 §6.1): the hash of names in NSEC3 (RFC 5155 §5), which knows no other. At once, which Web Crypto
 * cannot do, and for nothing that has to be secure.
 */
import { padded, rotate } from './sha256.ts';

/** Message words of a block, expanded. */
const WORDS = 80;
const BLOCK_OCTETS = 64;
const CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;

/** The hash, as a string of 20 characters, one for each octet. @param octets one character for each octet */
export function sha1(octets: string): string {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const message = padded(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
  for (let at = 0; at < message.byteLength; at += BLOCK_OCTETS) addBlock(state, message, at);
  const bytes = [...state].flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255));
  return String.fromCharCode(...bytes);
}

/** FIPS 180-4 §6.1.2. */
function addBlock(state: Uint32Array, message: DataView, at: number): void {
  const words = new Uint32Array(WORDS);
  for (let t = 0; t < 16; t++) words[t] = message.getUint32(at + t * 4);
  for (let t = 16; t < WORDS; t++) {
    words[t] = left(words[t - 3]! ^ words[t - 8]! ^ words[t - 14]! ^ words[t - 16]!, 1);
  }
  let [a, b, c, d, e] = [state[0]!, state[1]!, state[2]!, state[3]!, state[4]!];
  for (let t = 0; t < WORDS; t++) {
    const round = Math.floor(t / 20);
    const next = (left(a, 5) + mixed(round, b, c, d) + e + CONSTANTS[round]! + words[t]!) >>> 0;
    [a, b, c, d, e] = [next, a, left(b, 30), c, d];
  }
  for (const [index, word] of [a, b, c, d, e].entries()) state[index] = state[index]! + word;
}

/** FIPS 180-4 §4.1.1: choice, parity, majority, parity. */
function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) ^ (~b & d);
  return round === 2 ? (b & c) ^ (b & d) ^ (c & d) : b ^ c ^ d;
}

function left(word: number, by: number): number {
  return rotate(word, 32 - by);
}
