/** Fields that are text: `<character-string>` of RFC 1035 §3.3 and free text to the end of the RDATA. */

import { quote, unescapeText } from '../octet-text.ts';
import type { OctetReader } from '../octets.ts';
import { TextError } from '../text-error.ts';
import type { TokenCursor } from '../token.ts';
import { badValue, type Field } from './field.ts';

/** Octets a `<character-string>` may hold (RFC 1035 §3.3). */
const MAX_STRING_OCTETS = 255;

function parseString(tokens: TokenCursor, what: string): string {
  const octets = unescapeText(tokens.take(what).text);
  if (octets.length <= MAX_STRING_OCTETS) return octets;
  const message = `the ${what} has ${octets.length} octets; ${MAX_STRING_OCTETS} are allowed`;
  throw new TextError('string-too-long', message, 'split it into several quoted strings');
}

/** One `<character-string>`; canonical form in quotes. */
export function characterString(what: string): Field<string> {
  return {
    parse: (tokens) => parseString(tokens, what),
    format: quote,
    decode: (octets) => octets.characterString(),
    encode: (value, octets) => octets.characterString(value),
  };
}

/** One or more `<character-string>`s up to the end (TXT, RFC 1035 §3.3.14). */
export const CHARACTER_STRINGS: Field<readonly string[]> = {
  parse: (tokens) => {
    const strings = [parseString(tokens, 'text')];
    while (tokens.peek() !== undefined) strings.push(parseString(tokens, 'text'));
    return strings;
  },
  format: (strings) => strings.map(quote).join(' '),
  decode: (octets) => decodeStrings(octets),
  encode: (strings, octets) => {
    for (const string of strings) octets.characterString(string);
  },
};

function decodeStrings(octets: OctetReader): string[] {
  const strings = [octets.characterString()];
  while (octets.remaining() > 0) strings.push(octets.characterString());
  return strings;
}

/** Code in one or more strings of any length, joined; canonical form in strings of 255 octets. */
export function codeToEnd(what: string): Field<string> {
  return {
    parse: (tokens) => {
      let code = unescapeText(tokens.take(what).text);
      while (tokens.peek() !== undefined) code += unescapeText(tokens.take(what).text);
      return code;
    },
    format: (code) => pieces(code).map(quote).join(' '),
    decode: (octets) => decodeStrings(octets).join(''),
    encode: (code, octets) => CHARACTER_STRINGS.encode(pieces(code), octets),
  };
}

function pieces(code: string): string[] {
  const count = Math.max(1, Math.ceil(code.length / MAX_STRING_OCTETS));
  return Array.from({ length: count }, (_, at) =>
    code.slice(at * MAX_STRING_OCTETS, (at + 1) * MAX_STRING_OCTETS),
  );
}

/** Text without a length of its own, up to the end of the RDATA; canonical form in quotes. */
export function textToEnd(what: string): Field<string> {
  return {
    parse: (tokens) => unescapeText(tokens.take(what).text),
    format: quote,
    decode: (octets) => octets.take(octets.remaining()),
    encode: (value, octets) => octets.put(value),
  };
}

/** The property tag of CAA: letters and digits, lower-cased since it ignores case (RFC 8659 §4.1). */
export const CAA_TAG: Field<string> = {
  parse: (tokens) => checkTag(tokens.takeBare('CAA tag')),
  format: (tag) => tag,
  decode: (octets) => checkTag(octets.characterString()),
  encode: (tag, octets) => octets.characterString(tag),
};

function checkTag(text: string): string {
  if (!/^[A-Za-z0-9]{1,255}$/.test(text))
    throw badValue('CAA tag', text, 'letters and digits, such as issue');
  return text.toLowerCase();
}
