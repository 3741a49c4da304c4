/**
 * SHA-256 (FIPS 180-4): the same in Node and in a browser, and at once, which Web Crypto cannot do. For names
 * of content, not for secrets.
 */

const WORDS = 64;

/** Fractional parts of roots of the first primes, as FIPS 180-4 §4.2.2 and §5.3.3 derive the constants. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The first 32 bits of the fractional part of an integer root, in exact arithmetic. */
function rootBits(prime: number, degree: bigint): number {
  const shifted = BigInt(prime) << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= shifted) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn);
}

const ROUND = Uint32Array.from(primes(WORDS), (prime) => rootBits(prime, 3n));
const START = Uint32Array.from(primes(8), (prime) => rootBits(prime, 2n));

/** Hash of the text in UTF-8, 64 hexadecimal digits in lower case. */
export function sha256(text: string): string {
  return sha256OfOctets(new TextEncoder().encode(text));
}

/** Hash of octets, 64 hexadecimal digits in lower case. */
export function sha256OfOctets(octets: Uint8Array): string {
  const message = padded(octets);
  const state = Uint32Array.from(START);
  for (let at = 0; at < message.byteLength; at += 64) addBlock(state, message, at);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits, in blocks of 64 octets. */
export function padded(octets: Uint8Array): DataView {
  const length = Math.ceil((octets.length + 9) / 64) * 64;
  const bytes = new Uint8Array(length);
  bytes.set(octets);
  bytes[octets.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(length - 8, BigInt(octets.length) * 8n);
  return view;
}

/** A word of 32 bits rotated to the right. @param by bits, 1 to 31 */
export const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** FIPS 180-4 §6.2.2. */
function addBlock(state: Uint32Array, message: DataView, at: number): void {
  const words = new Uint32Array(WORDS);
  for (let t = 0; t < 16; t++) words[t] = message.getUint32(at + t * 4);
  for (let t = 16; t < WORDS; t++) {
    const [early, late] = [words[t - 15]!, words[t - 2]!];
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[t] = words[t - 16]! + s0 + words[t - 7]! + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < WORDS; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t]! + words[t]!) >>> 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [a, b, c, d, e, f, g, h] = [(first + second) >>> 0, a, b, c, (d + first) >>> 0, e, f, g];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = state[index]! + word;
}
