/** The type bit maps of NSEC, NSEC3 and CSYNC (RFC 4034 §4.1.2): a set of RR types. */
import type { OctetReader, OctetWriter } from '../octets.ts';
import { type RrType, typeFromText, typeToText } from '../rrtype.ts';
import { TextError } from '../text-error.ts';
import type { TokenCursor } from '../token.ts';
import { badValue, type Field } from './field.ts';

/** Types in ascending order without duplicates; may be empty (an empty non-terminal of NSEC3). */
export const TYPE_BITMAP: Field<readonly RrType[]> = {
  parse: parseTypes,
  format: (types) => types.map(typeToText).join(' '),
  decode: decodeTypes,
  encode: encodeTypes,
};

function parseTypes(tokens: TokenCursor): RrType[] {
  const types = new Set<RrType>();
  while (tokens.peek() !== undefined) {
    const text = tokens.takeBare('type');
    const type = typeFromText(text);
    if (type === undefined) throw badValue('RR type', text, 'a mnemonic such as A, or TYPE1234');
    types.add(type);
  }
  return [...types].sort((a, b) => a - b);
}

function decodeTypes(octets: OctetReader): RrType[] {
  const types: RrType[] = [];
  let previous = -1;
  while (octets.remaining() > 0) {
    const window = octets.number(1);
    const length = octets.number(1);
    if (window <= previous || length < 1 || length > 32)
      throw new TextError('bad-bitmap', 'a type bit map is broken');
    previous = window;
    for (let index = 0; index < length; index++) collect(types, window * 256 + index * 8, octets.number(1));
  }
  return types;
}

/** Bit 0 is the most significant one. */
function collect(types: RrType[], first: RrType, bits: number): void {
  for (let bit = 0; bit < 8; bit++) if (bits & (128 >> bit)) types.push(first + bit);
}

function encodeTypes(types: readonly RrType[], octets: OctetWriter): void {
  const windows = new Map<number, number[]>();
  for (const type of types) {
    const bits = windows.get(type >> 8) ?? [];
    const index = (type & 255) >> 3;
    while (bits.length <= index) bits.push(0);
    bits[index]! |= 128 >> (type & 7);
    windows.set(type >> 8, bits);
  }
  for (const [window, bits] of windows) {
    octets.number(window, 1);
    octets.characterString(String.fromCharCode(...bits));
  }
}
