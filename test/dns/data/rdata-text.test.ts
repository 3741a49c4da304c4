import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Name, parseName } from '../../../src/dns/data/name.ts';
import type { Rdata } from '../../../src/dns/data/rdata.ts';
import {
  genericText,
  rdataFromOctets,
  rdataFromText,
  rdataToOctets,
} from '../../../src/dns/data/rdata-text.ts';
import { typeFromText } from '../../../src/dns/data/rrtype.ts';
import { TextError } from '../../../src/dns/data/text-error.ts';

const origin = parseName('example.com.');
const type = (mnemonic: string): number => typeFromText(mnemonic)!;
const read = (mnemonic: string, text: string): Rdata => rdataFromText(type(mnemonic), text, origin);
const codeOf = (mnemonic: string, text: string, base: Name | undefined = origin): string => {
  try {
    rdataFromText(type(mnemonic), text, base);
  } catch (error) {
    if (error instanceof TextError) return error.code;
    throw error;
  }
  return 'no error';
};

const DIGEST = 'AB'.repeat(32);

/** Type, text as written, canonical text. */
const GOOD: readonly (readonly [string, string, string])[] = [
  ['A', '192.0.2.1', '192.0.2.1'],
  ['AAAA', '2001:DB8:0::1', '2001:db8::1'],
  ['NS', 'ns1', 'ns1.example.com.'],
  ['CNAME', '@', 'example.com.'],
  ['PTR', 'Host.Example.NET.', 'host.example.net.'],
  ['DNAME', '.', '.'],
  [
    'SOA',
    'ns hostmaster 1 2h 15m 2w 1h30m',
    'ns.example.com. hostmaster.example.com. 1 7200 900 1209600 5400',
  ],
  ['SOA', '. . 4294967295 0 0 0 4294967295', '. . 4294967295 0 0 0 4294967295'],
  ['MX', '10 mail', '10 mail.example.com.'],
  ['MX', '0 .', '0 .'],
  ['SRV', '10 60 5060 sip', '10 60 5060 sip.example.com.'],
  ['TXT', 'plain "two words" "a\\"b\\\\c;d" \\065\\200', '"plain" "two words" "a\\"b\\\\c;d" "A\\200"'],
  ['TXT', '""', '""'],
  ['TXT', 'ü', '"\\195\\188"'],
  ['SPF', '"v=spf1 -all"', '"v=spf1 -all"'],
  ['CAA', '128 Issue "ca.example.net; policy=ev"', '128 issue "ca.example.net; policy=ev"'],
  ['CAA', '0 iodef mailto:a@b', '0 iodef "mailto:a@b"'],
  ['ALIAS', 'lb.example.net.', 'lb.example.net.'],
  ['LUA', 'a "ifportup(443, " "{\'192.0.2.1\'})"', 'A "ifportup(443, {\'192.0.2.1\'})"'],
  ['LUA', `TXT "${'x'.repeat(300)}"`, `TXT "${'x'.repeat(255)}" "${'x'.repeat(45)}"`],
  ['LUA', 'A "\\"quoted\\""', 'A "\\"quoted\\""'],
  ['DS', `60485 5 2 ${DIGEST.slice(0, 20)} ${DIGEST.slice(20)}`, `60485 5 2 ${DIGEST}`],
  ['CDS', '0 0 0 00', '0 0 0 00'],
  ['DNSKEY', '256 3 RSASHA256 AQID BA==', '256 3 8 AQIDBA=='],
  ['CDNSKEY', '0 3 0 AA==', '0 3 0 AA=='],
  [
    'RRSIG',
    'A ECDSAP256SHA256 2 1h 20300101000000 1735689600 12345 @ AQID',
    'A 13 2 3600 20300101000000 20250101000000 12345 example.com. AQID',
  ],
  ['NSEC', 'b CAA TYPE1234 a ns A', 'b.example.com. A NS CAA TYPE1234'],
  [
    'NSEC3',
    '1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s MX DNSKEY',
    '1 1 12 AABBCCDD 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S MX DNSKEY',
  ],
  ['NSEC3', '1 0 0 - 2vptu5timamqttgl4luu9kg21e0aor3s', '1 0 0 - 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S'],
  ['NSEC3PARAM', '1 0 10 -', '1 0 10 -'],
  ['TLSA', '3 1 1 ab cd', '3 1 1 ABCD'],
  ['SSHFP', '4 2 1234', '4 2 1234'],
  ['NAPTR', '100 50 "s" "http+I2R" "" _http._tcp', '100 50 "s" "http+I2R" "" _http._tcp.example.com.'],
  ['URI', '10 1 "ftp://ftp.example/"', '10 1 "ftp://ftp.example/"'],
  ['HINFO', 'PC Linux', '"PC" "Linux"'],
  ['RP', 'admin .', 'admin.example.com. .'],
  ['CSYNC', '66 3 A NS AAAA', '66 3 A NS AAAA'],
  ['SVCB', '0 pool', '0 pool.example.com.'],
  ['HTTPS', '1 . port=8443 alpn="h2,h3" no-default-alpn', '1 . alpn=h2,h3 no-default-alpn port=8443'],
  ['HTTPS', '1 . ech=AQID ipv6hint=2001:DB8::1,::1', '1 . ech=AQID ipv6hint=2001:db8::1,::1'],
  ['SVCB', '1 . key1=\\002h2 key3=\\001\\187', '1 . alpn=h2 port=443'],
  ['SVCB', '1 . alpn=dot dohpath=/dns-query{?dns}', '1 . alpn=dot dohpath=/dns-query{?dns}'],
  ['SVCB', '1 . key65280="a b\\"c" key65281', '1 . key65280="a b\\"c" key65281'],
  ['TYPE65280', '\\# 3 0a 0B0c', '\\# 3 0A0B0C'],
  ['TYPE65280', '\\# 0', '\\# 0'],
  ['LOC', '\\# 2 0000', '\\# 2 0000'],
];

test.each(GOOD)('%s %s', (mnemonic, text, canonical) => {
  const rdata = read(mnemonic, text);
  expect(rdata.text).toBe(canonical);
  expect(read(mnemonic, canonical)).toEqual(rdata);
  expect(rdataFromOctets(type(mnemonic), rdataToOctets(type(mnemonic), rdata))).toEqual(rdata);
  expect(read(mnemonic, genericText(type(mnemonic), rdata))).toEqual(rdata);
});

const BAD: readonly (readonly [string, string, string])[] = [
  ['A', '', 'missing-field'],
  ['A', '192.0.2', 'bad-value'],
  ['A', '192.0.2.1 192.0.2.2', 'extra-field'],
  ['A', '"192.0.2.1"', 'quoted-field'],
  ['AAAA', '192.0.2.1', 'bad-value'],
  ['MX', 'mail 10', 'bad-value'],
  ['MX', '65536 mail', 'bad-value'],
  ['MX', '-1 mail', 'bad-value'],
  ['MX', '1e1 mail', 'bad-value'],
  ['MX', '10', 'missing-field'],
  ['SRV', '1 1 65536 .', 'bad-value'],
  ['SOA', 'ns h 4294967296 2 3 4 5', 'bad-value'],
  ['SOA', 'ns h 1 2 3 4', 'missing-field'],
  ['SOA', 'ns h 1 2 3 4 7200w1d9999999999s', 'bad-value'],
  ['TXT', '', 'missing-field'],
  ['TXT', `"${'x'.repeat(256)}"`, 'string-too-long'],
  ['TXT', '"\\300"', 'bad-escape'],
  ['TXT', '"open', 'open-quote'],
  ['CAA', '0 is-sue "x"', 'bad-value'],
  ['LUA', 'NOSUCH "x"', 'bad-value'],
  ['LUA', 'A', 'missing-field'],
  ['CAA', '256 issue "x"', 'bad-value'],
  ['DS', '1 5 2 ABCD', 'bad-value'],
  ['DS', '1 5 99 ABC', 'bad-value'],
  ['DS', '1 NOSUCH 2 AB', 'bad-value'],
  ['DNSKEY', '256 3 8 A', 'bad-value'],
  ['DNSKEY', '256 3 8 AQ=', 'bad-value'],
  ['DNSKEY', '256 3 8 A*==', 'bad-value'],
  ['RRSIG', 'A 13 2 60 20300229000000 20250101000000 1 @ AQID', 'bad-value'],
  ['RRSIG', 'A 13 2 60 20301301000000 20250101000000 1 @ AQID', 'bad-value'],
  ['RRSIG', 'A 13 2 60 2030 4294967296 1 @ AQID', 'bad-value'],
  ['RRSIG', 'NOTYPE 13 2 60 20300101000000 20250101000000 1 @ AQID', 'bad-value'],
  ['NSEC', 'b A NOTYPE', 'bad-value'],
  ['NSEC3', '1 0 0 - 2vpt=== A', 'bad-value'],
  ['NSEC3PARAM', '1 0 0 ABC', 'bad-value'],
  ['HTTPS', '1', 'missing-field'],
  ['HTTPS', '1 . port=65536', 'bad-parameter'],
  ['HTTPS', '1 . port', 'bad-parameter'],
  ['HTTPS', '1 . ipv4hint=::1', 'bad-parameter'],
  ['HTTPS', '1 . ech=***', 'bad-parameter'],
  ['HTTPS', '1 . alpn=h2 alpn=h3', 'bad-parameter'],
  ['HTTPS', '1 . no-default-alpn', 'bad-parameter'],
  ['HTTPS', '1 . colour=red', 'bad-parameter'],
  ['HTTPS', '1 . key65535=x', 'bad-parameter'],
  ['HTTPS', '1 . key1=\\009h2', 'bad-parameter'],
  ['LOC', '51 30 12 N 0 7 39 W 0m', 'generic-only'],
  ['TYPE65280', 'abcd', 'generic-only'],
  ['TYPE65280', '\\# 2 0a', 'wrong-length'],
  ['TYPE65280', '\\# 1 0a0', 'bad-value'],
  ['TYPE65280', '\\# x 00', 'bad-value'],
  ['TYPE65280', '\\# 65536 00', 'bad-value'],
  ['A', '\\# 3 0A0000', 'octets-short'],
  ['A', '\\# 5 0A00000000', 'octets-left'],
  ['MX', '\\# 4 000AC000', 'bad-label'],
];

test.each(BAD)('%s %s fails', (mnemonic, text, code) => expect(codeOf(mnemonic, text)).toBe(code));

test('relative names without an origin are errors', () => {
  expect(() => rdataFromText(type('MX'), '10 mail')).toThrow(TextError);
  expect(rdataFromText(type('MX'), '10 mail.').text).toBe('10 mail.');
});

describe('what the model sees', () => {
  test.each([
    ['A', '192.0.2.1', { kind: 'address', address: '192.0.2.1' }],
    ['AAAA', '::1', { kind: 'address', address: '::1' }],
    ['CNAME', 'x', { kind: 'name', target: 'x.example.com.' }],
    ['MX', '5 m', { kind: 'mx', preference: 5, exchange: 'm.example.com.' }],
    ['SRV', '1 2 3 s', { kind: 'srv', priority: 1, weight: 2, port: 3, target: 's.example.com.' }],
    ['HTTPS', '1 . alpn=h2', { kind: 'svcb', priority: 1, target: '.', params: ['alpn=h2'] }],
    ['TXT', 'x', { kind: 'opaque', type: 16 }],
    [
      'SOA',
      'a b 1 2 3 4 5',
      {
        kind: 'soa',
        mname: 'a.example.com.',
        rname: 'b.example.com.',
        serial: 1,
        refresh: 2,
        retry: 3,
        expire: 4,
        minimum: 5,
      },
    ],
  ])('%s %s', (mnemonic, text, expected) => {
    const { text: canonical, ...fields } = read(mnemonic, text);
    expect(canonical).not.toBe('');
    expect(fields).toEqual(expected);
  });
});

describe('properties', () => {
  const mnemonics = fc.constantFrom(...new Set(GOOD.map(([mnemonic]) => mnemonic)));
  test('octets are read and written back, or refused with a TextError', () => {
    fc.assert(
      fc.property(mnemonics, fc.uint8Array({ maxLength: 40 }), (mnemonic, octets) => {
        let rdata: Rdata;
        try {
          rdata = rdataFromOctets(type(mnemonic), octets);
        } catch (error) {
          expect(error).toBeInstanceOf(TextError);
          return;
        }
        const written = rdataToOctets(type(mnemonic), rdata);
        expect(rdataFromOctets(type(mnemonic), written)).toEqual(rdata);
        expect(read(mnemonic, rdata.text)).toEqual(rdata);
      }),
      { seed: 5, numRuns: 6_000 },
    );
  });
  test('damaged text is read or refused with a TextError', () => {
    const damage = fc.tuple(
      fc.constantFrom(...GOOD),
      fc.nat(200),
      fc.constantFrom('', '"', '\\', '(', ',', '=', ' ', '\\0', 'é', '\u0000'),
    );
    fc.assert(
      fc.property(damage, ([[mnemonic, text], at, what]) => {
        const cut = at % (text.length + 1);
        codeOf(mnemonic, text.slice(0, cut) + what + text.slice(cut + 1));
      }),
      { seed: 6, numRuns: 6_000 },
    );
  });
});
