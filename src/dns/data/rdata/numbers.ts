/** Fields that are numbers on the wire: counters, times, algorithms, RR types. */

import { type RrType, typeFromText, typeToText } from '../rrtype.ts';
import { parseTtl } from '../ttl.ts';
import { badValue, type Field, tokenField } from './field.ts';
import { DIGITS_TIME, formatTime, parseTime } from './signature-time.ts';

type Width = 1 | 2 | 4;

function numberField(what: string, width: Width, fromText: (text: string) => number): Field<number> {
  return tokenField(what, fromText, {
    format: String,
    decode: (octets) => octets.number(width),
    encode: (value, octets) => octets.number(value, width),
  });
}

/** An unsigned decimal number of 1, 2 or 4 octets, called `what` in errors. */
export function unsigned(what: string, width: Width): Field<number> {
  const max = 256 ** width - 1;
  return numberField(what, width, (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
    if (value > max) throw badValue(what, text, `a whole number from 0 to ${max}`);
    return value;
  });
}

/** Seconds of SOA timers: 32 bits (RFC 1035 §3.3.13), with BIND's units (`1h30m`). */
export function interval(what: string): Field<number> {
  return numberField(what, 4, (text) => {
    const seconds = parseTtl(text);
    if (seconds === undefined || seconds > 0xffffffff) {
      throw badValue(what, text, 'seconds up to 4294967295, or units as in 1h30m');
    }
    return seconds;
  });
}

/** DNSSEC algorithm mnemonics (IANA, "DNS Security Algorithm Numbers"). */
const ALGORITHMS: ReadonlyMap<string, number> = new Map([
  ['RSAMD5', 1],
  ['DH', 2],
  ['DSA', 3],
  ['RSASHA1', 5],
  ['DSA-NSEC3-SHA1', 6],
  ['RSASHA1-NSEC3-SHA1', 7],
  ['NSEC3DSA', 6],
  ['NSEC3RSASHA1', 7],
  ['RSASHA256', 8],
  ['RSASHA512', 10],
  ['ECC-GOST', 12],
  ['ECCGOST', 12],
  ['ECDSAP256SHA256', 13],
  ['ECDSAP384SHA384', 14],
  ['ED25519', 15],
  ['ED448', 16],
  ['INDIRECT', 252],
  ['PRIVATEDNS', 253],
  ['PRIVATEOID', 254],
]);

const ALGORITHM_NUMBER = unsigned('algorithm', 1);

/** A DNSSEC algorithm, by number or mnemonic (RFC 4034 §2.2); the canonical form is the number. */
export const ALGORITHM: Field<number> = {
  ...ALGORITHM_NUMBER,
  parse: (tokens) => {
    const named = ALGORITHMS.get(tokens.peek()?.text.toUpperCase() ?? '');
    if (named === undefined) return ALGORITHM_NUMBER.parse(tokens);
    tokens.takeBare('algorithm');
    return named;
  },
};

/** The type a signature covers (RFC 4034 §3.1.1). */
export const COVERED_TYPE: Field<RrType> = {
  ...numberField('type covered', 2, (text) => {
    const type = typeFromText(text);
    if (type === undefined) throw badValue('RR type', text, 'a mnemonic such as A, or TYPE1234');
    return type;
  }),
  format: typeToText,
};

/** A signature's time: `YYYYMMDDHHmmSS` in UTC or seconds since 1970 (RFC 4034 §3.2). */
export function signatureTime(what: string): Field<number> {
  const field = numberField(what, 4, (text) => {
    const seconds = parseTime(text);
    if (seconds === undefined)
      throw badValue(what, text, `a time in UTC as ${DIGITS_TIME}, or seconds since 1970`);
    return seconds;
  });
  return { ...field, format: formatTime };
}
