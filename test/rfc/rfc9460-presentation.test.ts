/** RFC 9460 Appendix D: test vectors of SVCB, presentation form against wire form. */
import { describe, expect, test } from 'vitest';
import { encodeHex } from '../../src/dns/data/base-n.ts';
import { parseName } from '../../src/dns/data/name.ts';
import { octetString } from '../../src/dns/data/octets.ts';
import { rdataFromText, rdataToOctets } from '../../src/dns/data/rdata-text.ts';
import { HTTPS, SVCB } from '../../src/dns/data/rrtype.ts';
import { TextError } from '../../src/dns/data/text-error.ts';

const FOO_COM = '03666F6F076578616D706C6503636F6D00';
const FOO_ORG = '03666F6F076578616D706C65036F726700';
const wire = (type: number, text: string): string =>
  encodeHex(octetString(rdataToOctets(type, rdataFromText(type, text, parseName('.')))));

describe('D.1 alias mode and D.2 service mode', () => {
  test.each([
    [HTTPS, '0 foo.example.com.', `0000${FOO_COM}`],
    [SVCB, '1 .', '000100'],
    [SVCB, '16 foo.example.com. port=53', `0010${FOO_COM}000300020035`],
    [SVCB, '1 foo.example.com. key667=hello', `0001${FOO_COM}029B000568656C6C6F`],
    [SVCB, '1 foo.example.com. key667="hello\\210qoo"', `0001${FOO_COM}029B000968656C6C6FD2716F6F`],
    [
      SVCB,
      '1 foo.example.com. ( ipv6hint="2001:db8::1,2001:db8::53:1" )',
      `0001${FOO_COM}0006002020010DB800000000000000000000000120010DB8000000000000000000530001`,
    ],
    [
      SVCB,
      '1 example.com. ( ipv6hint="2001:db8:122:344::192.0.2.33" )',
      '0001076578616D706C6503636F6D000006001020010DB80122034400000000C0000221',
    ],
    [
      SVCB,
      '16 foo.example.org. ( alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1 )',
      `0010${FOO_ORG}0000000400010004000100090268320568332D313900040004C0000201`,
    ],
    [
      SVCB,
      '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"',
      `0010${FOO_ORG}0001000C08665C6F6F2C626172026832`,
    ],
    [
      SVCB,
      '16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2',
      `0010${FOO_ORG}0001000C08665C6F6F2C626172026832`,
    ],
  ])('%i %s', (type, text, expected) => {
    expect(wire(type, text)).toBe(expected);
    expect(wire(type, rdataFromText(type, text).text)).toBe(expected);
  });
});

describe('D.3 failure cases', () => {
  test.each([
    'key123=abc key123=def',
    'mandatory',
    'alpn',
    'port',
    'ipv4hint',
    'ipv6hint',
    'no-default-alpn=abc',
    'mandatory=key123',
    'mandatory=mandatory',
    'mandatory=key123,key123 key123=abc',
  ])('%s', (params) => {
    expect(() => rdataFromText(SVCB, `1 foo.example.com. ${params}`)).toThrow(TextError);
  });
});
