/** Fields that are octets in hexadecimal, base32 or base64. Values are octet strings (see octet-text.ts). */
import {
  decodeBase32Hex,
  decodeBase64,
  decodeHex,
  encodeBase32Hex,
  encodeBase64,
  encodeHex,
} from '../base-n.ts';
import type { TokenCursor } from '../token.ts';
import { badValue, type Field } from './field.ts';

/** All remaining tokens as one text: long digests and keys may be split anywhere (RFC 4034 §2.2, §5.3). */
function restOf(tokens: TokenCursor, what: string): string {
  let text = tokens.takeBare(what);
  while (tokens.peek() !== undefined) text += tokens.takeBare(what);
  return text;
}

function octetsToEnd(
  what: string,
  decodeText: (text: string) => string | undefined,
  encodeText: (octets: string) => string,
): Field<string> {
  return {
    parse: (tokens) => {
      const text = restOf(tokens, what);
      const octets = decodeText(text);
      if (octets === undefined) throw badValue(what, shorten(text), 'other digits, or more of them');
      return octets;
    },
    format: encodeText,
    // Nothing at all cannot be written in presentation form.
    decode: (octets) => octets.take(Math.max(1, octets.remaining())),
    encode: (value, octets) => octets.put(value),
  };
}

/** Hexadecimal digits up to the end. */
export function hexToEnd(what: string): Field<string> {
  return octetsToEnd(`${what} in hexadecimal`, decodeHex, encodeHex);
}

/** Base64 up to the end. */
export function base64ToEnd(what: string): Field<string> {
  return octetsToEnd(`${what} in base64`, decodeBase64, encodeBase64);
}

/** The salt of NSEC3 and NSEC3PARAM: hexadecimal, `-` when empty (RFC 5155 §3.3). */
export const SALT: Field<string> = {
  parse: (tokens) => {
    const text = tokens.takeBare('salt');
    const octets = text === '-' ? '' : decodeHex(text);
    if (octets === undefined || octets.length > 255)
      throw badValue('salt', shorten(text), 'hexadecimal digits, or -');
    return octets;
  },
  format: (octets) => encodeHex(octets) || '-',
  decode: (octets) => octets.characterString(),
  encode: (value, octets) => octets.characterString(value),
};

/** The next hashed owner name of NSEC3: base32hex without padding (RFC 5155 §3.3). */
export const HASHED_OWNER: Field<string> = {
  parse: (tokens) => {
    const text = tokens.takeBare('next hashed owner name');
    const octets = decodeBase32Hex(text);
    if (!octets || octets.length > 255) {
      throw badValue('hashed owner name', shorten(text), 'base32 digits 0-9 and A-V without padding');
    }
    return octets;
  },
  format: encodeBase32Hex,
  decode: (octets) => octets.take(Math.max(1, octets.number(1))),
  encode: (value, octets) => octets.characterString(value),
};

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
