/**
 * A field of RDATA: how it is read from tokens and from octets, and written to both.
 *
 * A type's format is a list of fields (formats.ts), so one table gives presentation form, wire form and the
 * `\# length hex` form of RFC 3597 §5 at once.
 */
import type { OctetReader, OctetWriter } from '../octets.ts';
import { TextError } from '../text-error.ts';
import type { TokenCursor } from '../token.ts';

export interface Field<T> {
  /** @throws TextError when the next tokens are no such field */
  parse(tokens: TokenCursor): T;
  /** Canonical presentation form; empty only for a list without members. */
  format(value: T): string;
  /** @throws TextError when the octets are no such field */
  decode(octets: OctetReader): T;
  encode(value: T, octets: OctetWriter): void;
}

/** A field of one token whose text form stands for the value: the common case. */
export function tokenField<T>(
  what: string,
  fromText: (text: string) => T,
  wire: Omit<Field<T>, 'parse'>,
): Field<T> {
  return { parse: (tokens) => fromText(tokens.takeBare(what)), ...wire };
}

/** The error of a value outside its set; `expected` says what it should have been. */
export function badValue(what: string, text: string, expected: string): TextError {
  return new TextError('bad-value', `'${text}' is no ${what}`, `expected ${expected}`);
}
