/** Octets as text in base 16, 32 and 64 (RFC 4648), all over octet strings (see octet-text.ts). */

/** An alphabet and how many bits each of its digits carries. */
interface Alphabet {
  readonly digits: string;
  readonly bits: number;
  /** Digits of a full group; base 64 pads its last group to this with `=`. */
  readonly group: number;
  readonly padded: boolean;
}

const HEX: Alphabet = { digits: '0123456789ABCDEF', bits: 4, group: 2, padded: false };
/** RFC 4648 §7 without padding, as NSEC3 uses it (RFC 5155 §3.3). */
const BASE32_HEX: Alphabet = {
  digits: '0123456789ABCDEFGHIJKLMNOPQRSTUV',
  bits: 5,
  group: 8,
  padded: false,
};
const BASE64: Alphabet = {
  digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  group: 4,
  padded: true,
};

/** Octets of hexadecimal digits in any case; `undefined` when a digit is wrong or missing. */
export function decodeHex(text: string): string | undefined {
  return decode(HEX, text.toUpperCase());
}

/** Upper-case hexadecimal digits. */
export function encodeHex(octets: string): string {
  return encode(HEX, octets);
}

/** Octets of unpadded base32hex in any case; `undefined` when the text is none. */
export function decodeBase32Hex(text: string): string | undefined {
  return decode(BASE32_HEX, text.toUpperCase());
}

/** Upper-case base32hex without padding. */
export function encodeBase32Hex(octets: string): string {
  return encode(BASE32_HEX, octets);
}

/** Octets of padded base64; `undefined` when the text is none. */
export function decodeBase64(text: string): string | undefined {
  return decode(BASE64, text);
}

/** Padded base64. */
export function encodeBase64(octets: string): string {
  return encode(BASE64, octets);
}

function decode({ digits, bits, group, padded }: Alphabet, text: string): string | undefined {
  const body = padded ? text.replace(/={1,2}$/, '') : text;
  const full = Math.ceil(body.length / group) * group;
  if (padded && text.length !== full) return undefined;
  const spareBits = (body.length * bits) % 8;
  if (spareBits >= bits) return undefined;
  let octets = '';
  let buffer = 0;
  let held = 0;
  for (const digit of body) {
    const value = digits.indexOf(digit);
    if (value < 0) return undefined;
    buffer = ((buffer << bits) | value) & 0xffff;
    held += bits;
    if (held >= 8) {
      held -= 8;
      octets += String.fromCharCode((buffer >> held) & 255);
    }
  }
  return (buffer & ((1 << held) - 1)) === 0 ? octets : undefined;
}

function encode({ digits, bits, group, padded }: Alphabet, octets: string): string {
  let text = '';
  let buffer = 0;
  let held = 0;
  for (let i = 0; i < octets.length; i++) {
    buffer = ((buffer << 8) | octets.charCodeAt(i)) & 0xffff;
    held += 8;
    for (; held >= bits; held -= bits) text += digits[(buffer >> (held - bits)) & ((1 << bits) - 1)];
  }
  if (held > 0) text += digits[(buffer << (bits - held)) & ((1 << bits) - 1)];
  return padded ? text.padEnd(Math.ceil(text.length / group) * group, '=') : text;
}
