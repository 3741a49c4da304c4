import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeBase32Hex,
  decodeBase64,
  decodeHex,
  encodeBase32Hex,
  encodeBase64,
  encodeHex,
} from '../../../src/dns/data/base-n.ts';
import { parseName } from '../../../src/dns/data/name.ts';
import { OctetReader, OctetWriter, octetArray, octetString } from '../../../src/dns/data/octets.ts';
import { TextError } from '../../../src/dns/data/text-error.ts';
import { parseTtl } from '../../../src/dns/data/ttl.ts';

describe('base 16, 32 and 64 (RFC 4648 §10)', () => {
  test.each([
    ['', '', '', ''],
    ['f', '66', 'CO', 'Zg=='],
    ['fo', '666F', 'CPNG', 'Zm8='],
    ['foo', '666F6F', 'CPNMU', 'Zm9v'],
    ['foob', '666F6F62', 'CPNMUOG', 'Zm9vYg=='],
    ['fooba', '666F6F6261', 'CPNMUOJ1', 'Zm9vYmE='],
    ['foobar', '666F6F626172', 'CPNMUOJ1E8', 'Zm9vYmFy'],
  ])('%j', (octets, hex, base32, base64) => {
    expect([encodeHex(octets), encodeBase32Hex(octets), encodeBase64(octets)]).toEqual([hex, base32, base64]);
    expect([decodeHex(hex), decodeBase32Hex(base32), decodeBase64(base64)]).toEqual([octets, octets, octets]);
  });
  test.each(['A', 'AAA', 'A===', 'AA=', 'AAAA=', 'AA=A', 'AB==', 'A A=', '****', '===='])(
    '%j is no base64',
    (text) => expect(decodeBase64(text)).toBeUndefined(),
  );
  test('hex and base32 refuse missing and foreign digits', () => {
    expect(['A', 'AG', '0x'].map(decodeHex)).toEqual([undefined, undefined, undefined]);
    expect(['C', 'CPN', 'WW', 'CP'].map(decodeBase32Hex)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
  test('all octets survive', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }).map(octetString), (octets) => {
        expect(decodeHex(encodeHex(octets))).toBe(octets);
        expect(decodeBase32Hex(encodeBase32Hex(octets).toLowerCase())).toBe(octets);
        expect(decodeBase64(encodeBase64(octets))).toBe(octets);
        expect(encodeBase64(octets)).toBe(Buffer.from(octetArray(octets)).toString('base64'));
      }),
      { seed: 7, numRuns: 1_000 },
    );
  });
});

describe('compressed names (RFC 1035 §4.1.4)', () => {
  // The message of the RFC's example, shortened: F.ISI.ARPA at 0, FOO.F.ISI.ARPA at 12, ARPA at 18, root at 20.
  const octets = octetArray('\x01F\x03ISI\x04ARPA\x00\x03FOO\xc0\x00\xc0\x06\x00');
  test.each([
    [0, 'f.isi.arpa.', 12],
    [12, 'foo.f.isi.arpa.', 18],
    [18, 'arpa.', 20],
    [20, '.', 21],
  ])('the name at %i is %s', (start, expected, end) => {
    const reader = new OctetReader(octets, start);
    expect(reader.name()).toBe(expected);
    expect(reader.remaining()).toBe(octets.length - end);
  });
  test.each([
    ['a pointer to itself', '\xc0\x00', 0],
    ['a pointer forwards', '\xc0\x02\x00', 0],
    ['two pointers in a circle', '\xc0\x02\xc0\x00', 2],
    ['a label length of the reserved kind', '\x40abc\x00', 0],
    ['an unfinished name', '\x03ab', 0],
  ])('%s is refused', (_what, text, start) => {
    expect(() => new OctetReader(octetArray(text), start).name()).toThrow(TextError);
  });
  test('a long chain of pointers is refused or ends', () => {
    const chain = Array.from({ length: 2_000 }, (_, i) =>
      i === 0 ? '\x01a\x00\x00' : `\x01a${pointer((i - 1) * 4)}`,
    ).join('');
    expect(() => new OctetReader(octetArray(chain), 1_999 * 4).name()).toThrow(TextError);
    expect(new OctetReader(octetArray(chain), 4).name()).toBe('a.a.');
  });
});

function pointer(offset: number): string {
  return String.fromCharCode(0xc0 + (offset >> 8), offset & 255);
}

test('the writer writes what the reader reads', () => {
  const writer = new OctetWriter();
  writer.number(1, 1);
  writer.number(0xabcd, 2);
  writer.number(0xfffffffe, 4);
  writer.name(parseName('a\\.b.C.'));
  writer.characterString('xyz');
  const reader = new OctetReader(writer.finish());
  expect([reader.number(1), reader.number(2), reader.number(4)]).toEqual([1, 0xabcd, 0xfffffffe]);
  expect(reader.name()).toBe('a\\.b.c.');
  expect(reader.characterString()).toBe('xyz');
  expect(reader.remaining()).toBe(0);
  expect(() => reader.number(1)).toThrow(TextError);
});

test.each([
  ['3600', 3600],
  ['1h', 3600],
  ['1h30m', 5400],
  ['1W2D3H4M5S', 788_645],
  ['0', 0],
  ['', undefined],
  ['h', undefined],
  ['1x', undefined],
  ['1h30', undefined],
  ['-1', undefined],
  ['1.5h', undefined],
  ['99999999999', undefined],
])('the TTL %s is %s', (text, seconds) => expect(parseTtl(text)).toBe(seconds));
