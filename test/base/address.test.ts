import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addressFamily,
  addressOctets,
  formatAddress,
  parseAddress,
  parseIpv4,
  parseIpv6,
} from '../../src/base/address.ts';

describe('IPv4', () => {
  it.each(['0.0.0.0', '203.0.113.10', '255.255.255.255'])('reads %s', (text) => {
    expect(parseAddress(text)).toBe(text);
    expect(addressFamily(text)).toBe(4);
  });
  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    '1.2.3.1e1',
    'a.b.c.d',
    '1..2.3',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
    expect(addressFamily(text)).toBeUndefined();
    expect(addressOctets(text)).toBeUndefined();
  });
});

describe('IPv6 (RFC 4291 §2.2 in, RFC 5952 out)', () => {
  test.each([
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::1', '2001:db8::1'], // §4.3 lower case
    ['2001:0db8::0001', '2001:db8::1'], // §4.1 leading zeros
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'], // §4.2.1 as short as possible
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // §4.2.2 one group is not shortened
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'], // §4.2.3 the longest run
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // §4.2.3 the first of equals
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'], // §5 IPv4-mapped keeps its dots
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['0:0:0:0:0:0:0:1', '::1'],
  ])('%s is %s', (text, canonical) => {
    expect(parseAddress(text)).toBe(canonical);
    expect(addressFamily(text)).toBe(6);
  });
  it.each([
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'g::',
    '::1%eth0',
    '[::1]',
    '1:2:3:4:5:6:7:8::',
    '::1.2.3',
    '1.2.3.4::',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:1.2.3.4',
  ])('refuses %j', (text) => expect(parseAddress(text)).toBeUndefined());
});

test('the two families are not mixed up', () => {
  expect(parseIpv4('::1')).toBeUndefined();
  expect(parseIpv6('1.2.3.4')).toBeUndefined();
});

test('octets and text are the same address', () => {
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  const sparse = fc
    .array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 })
    .map((all) => Uint8Array.from(all));
  fc.assert(
    fc.property(fc.oneof(octets, sparse), (value) => {
      const text = formatAddress(value)!;
      expect(parseAddress(text)).toBe(text);
      expect(addressOctets(text)).toEqual(value);
    }),
    { seed: 1, numRuns: 2_000 },
  );
  expect(formatAddress(new Uint8Array(5))).toBeUndefined();
});

test('any text is read or refused without an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.]{0,40}$/)), (text) => {
      const address = parseAddress(text);
      if (address !== undefined) expect(parseAddress(address)).toBe(address);
    }),
    { seed: 2, numRuns: 3_000 },
  );
});
