import { expect, test } from 'vitest';
import { isDataType, TYPE_MNEMONICS, typeFromText, typeToText } from '../../../src/dns/data/rrtype.ts';

/** Numbers as registered by IANA; spread over every stretch of the table. */
const REGISTERED: readonly (readonly [string, number])[] = [
  ['A', 1],
  ['SOA', 6],
  ['PTR', 12],
  ['TXT', 16],
  ['KEY', 25],
  ['PX', 26],
  ['AAAA', 28],
  ['LOC', 29],
  ['SRV', 33],
  ['NAPTR', 35],
  ['CERT', 37],
  ['DNAME', 39],
  ['OPT', 41],
  ['DS', 43],
  ['SSHFP', 44],
  ['RRSIG', 46],
  ['NSEC', 47],
  ['DNSKEY', 48],
  ['NSEC3PARAM', 51],
  ['TLSA', 52],
  ['SMIMEA', 53],
  ['HIP', 55],
  ['CDS', 59],
  ['CDNSKEY', 60],
  ['OPENPGPKEY', 61],
  ['CSYNC', 62],
  ['ZONEMD', 63],
  ['SVCB', 64],
  ['HTTPS', 65],
  ['SPF', 99],
  ['EUI48', 108],
  ['EUI64', 109],
  ['TKEY', 249],
  ['IXFR', 251],
  ['AXFR', 252],
  ['ANY', 255],
  ['URI', 256],
  ['CAA', 257],
  ['AMTRELAY', 260],
  ['RESINFO', 261],
  ['TA', 32768],
  ['DLV', 32769],
];

test.each(REGISTERED)('%s is type %i', (text, type) => {
  expect(typeFromText(text)).toBe(type);
  expect(typeFromText(text.toLowerCase())).toBe(type);
  expect(typeFromText(`TYPE${type}`)).toBe(type);
  expect(typeToText(type)).toBe(text);
});

test('every mnemonic has one number', () => {
  expect(new Set(TYPE_MNEMONICS.map(typeFromText)).size).toBe(TYPE_MNEMONICS.length);
  expect(TYPE_MNEMONICS.every((text) => typeToText(typeFromText(text)!) === text)).toBe(true);
});

test('unregistered types are TYPE and a number (RFC 3597 §5)', () => {
  expect(typeToText(65280)).toBe('TYPE65280');
  expect(typeFromText('type65280')).toBe(65280);
});

test.each(['', 'AA', 'TYPE', 'TYPE65536', 'TYPE01', 'TYPE1x', 'toString', '__proto__'])(
  '%j is no type',
  (text) => expect(typeFromText(text)).toBeUndefined(),
);

test('questions are no data (RFC 6895 §3.1)', () => {
  expect([0, 41, 128, 249, 255].map(isDataType)).toEqual([false, false, false, false, false]);
  expect([1, 127, 256, 65535].map(isDataType)).toEqual([true, true, true, true]);
});
