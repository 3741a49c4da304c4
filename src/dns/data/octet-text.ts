/**
 * Octets inside presentation format: the escapes of RFC 1035 §5.1 (`\X` and `\DDD`).
 *
 * An "octet string" is a JavaScript string whose code units are all 0 to 255, one per octet. It compares with
 * `<` in octet order and can be a map key, which a `Uint8Array` cannot. Text beyond ASCII stands for its UTF-8
 * octets, as a name server reading the file would see them.
 */
import { TextError } from './text-error.ts';

/** Escaped text to an octet string. @throws TextError `bad-escape` */
export function unescapeText(text: string): string {
  if (isPlainAscii(text)) return text;
  let octets = '';
  let position = 0;
  while (position < text.length) {
    if (text[position] === '\\') {
      octets += String.fromCharCode(escapedOctet(text, position));
      position += escapeLength(text, position);
    } else {
      const point = text.codePointAt(position)!;
      octets += point < 128 ? String.fromCharCode(point) : utf8(point);
      position += point > 0xffff ? 2 : 1;
    }
  }
  return octets;
}

/** Value of the escape that starts at `position`. @throws TextError `bad-escape` */
export function escapedOctet(text: string, position: number): number {
  const next = text[position + 1];
  if (next === undefined)
    throw badEscape('a backslash at the end escapes nothing', 'write \\\\ for a backslash');
  if (next < '0' || next > '9') {
    if (next > '~') throw badEscape(`a backslash cannot escape '${next}'`, 'write the octets as \\DDD');
    return next.charCodeAt(0);
  }
  const digits = text.slice(position + 1, position + 4);
  if (!/^\d{3}$/.test(digits))
    throw badEscape(`\\${digits} is no octet`, 'write three decimal digits, as in \\032');
  if (Number(digits) > 255) throw badEscape(`\\${digits} is no octet`, 'octets go from \\000 to \\255');
  return Number(digits);
}

/** Characters the escape at `position` takes up: 4 for `\DDD`, 2 for `\X`. */
export function escapeLength(text: string, position: number): number {
  const next = text[position + 1] ?? '';
  return next >= '0' && next <= '9' ? 4 : 2;
}

/** A `<character-string>` in its canonical, always quoted spelling. */
export function quote(octets: string): string {
  return `"${escapeQuoted(octets)}"`;
}

/** The inside of a quoted string: `"` and `\` escaped, non-printing octets as `\DDD`. */
export function escapeQuoted(octets: string): string {
  return /^[ !#-[\]-~]*$/.test(octets) ? octets : escapeWith(octets, '"\\', true);
}

/** Escapes `special` characters with a backslash and octets that do not print as `\DDD`. */
export function escapeWith(octets: string, special: string, spacePrints: boolean): string {
  let text = '';
  for (const octet of octets) {
    const code = octet.charCodeAt(0);
    if (special.includes(octet)) text += `\\${octet}`;
    else if (code < 32 || code > 126 || (code === 32 && !spacePrints)) text += decimalEscape(code);
    else text += octet;
  }
  return text;
}

function decimalEscape(code: number): string {
  return `\\${String(code).padStart(3, '0')}`;
}

function isPlainAscii(text: string): boolean {
  return /^[ -[\]-~]*$/.test(text);
}

function utf8(point: number): string {
  return String.fromCharCode(...new TextEncoder().encode(String.fromCodePoint(point)));
}

function badEscape(message: string, hint: string): TextError {
  return new TextError('bad-escape', message, hint);
}
