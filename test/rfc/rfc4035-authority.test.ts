/** RFC 4035 §3.1: what a signed zone adds to its answers; the zone and the responses are those of appendices A and B. */
import { describe, expect, it, test } from 'vitest';
import { parseName } from '../../src/dns/data/name.ts';
import { formatRRset, parseRRsets } from '../../src/dns/data/presentation.ts';
import { rdataFromText } from '../../src/dns/data/rdata-text.ts';
import { RRSIG } from '../../src/dns/data/rrtype.ts';
import { lookup } from '../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../src/dns/zone/view.ts';
import { type Signing, Zone } from '../../src/dns/zone/zone.ts';
import { question } from '../dns/resolve/harness.ts';

const EXAMPLE = `
example. 3600 SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
example. 3600 NS ns1.example.
example. 3600 NS ns2.example.
example. 3600 MX 1 xx.example.
example. 3600 DNSKEY 256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5
a.example. 3600 NS ns1.a.example.
a.example. 3600 NS ns2.a.example.
a.example. 3600 DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
ns1.a.example. 3600 A 192.0.2.5
ns2.a.example. 3600 A 192.0.2.6
ai.example. 3600 A 192.0.2.9
ai.example. 3600 HINFO KLH-10 ITS
ai.example. 3600 AAAA 2001:db8::f00:baa9
b.example. 3600 NS ns1.b.example.
b.example. 3600 NS ns2.b.example.
ns1.b.example. 3600 A 192.0.2.7
ns2.b.example. 3600 A 192.0.2.8
ns1.example. 3600 A 192.0.2.1
ns2.example. 3600 A 192.0.2.2
*.w.example. 3600 MX 1 ai.example.
x.w.example. 3600 MX 1 xx.example.
x.y.w.example. 3600 MX 1 xx.example.
xx.example. 3600 A 192.0.2.10
xx.example. 3600 HINFO KLH-10 TOPS-20
xx.example. 3600 AAAA 2001:db8::f00:baaa
`;
const PLAIN = Zone.of(parseName('example.'), parseRRsets(EXAMPLE));

/** The DNSSEC records of a response: signatures as `RRSIG type labels`. */
function records(text: string, zone: Zone = PLAIN.signed('nsec'), dnssecOk = true): string[] {
  const { answer, authority } = lookup(hostedZones([zone]), question(text), { dnssecOk });
  return [...answer, ...authority]
    .flatMap((set) => formatRRset(set))
    .filter((line) => / (?:RRSIG|NSEC|DS) /.test(line))
    .map((line) => line.replace(/ 3600 IN /, ' ').replace(/(RRSIG \S+) \d+ (\d+) .*/, '$1 $2'));
}

describe('appendix B', () => {
  test.each([
    ['B.1 an answer', 'x.w.example. MX', ['x.w.example. RRSIG MX 3', 'example. RRSIG NS 1']],
    [
      'B.2 a name error',
      'ml.example. A',
      [
        'example. RRSIG SOA 1',
        'b.example. NSEC ns1.example. NS RRSIG NSEC',
        'b.example. RRSIG NSEC 2',
        'example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY',
        'example. RRSIG NSEC 1',
      ],
    ],
    [
      'B.3 no data',
      'ns1.example. MX',
      ['example. RRSIG SOA 1', 'ns1.example. NSEC ns2.example. A RRSIG NSEC', 'ns1.example. RRSIG NSEC 2'],
    ],
    [
      'B.4 a referral to a signed zone',
      'mc.a.example. MX',
      ['a.example. DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B', 'a.example. RRSIG DS 2'],
    ],
    [
      'B.5 a referral to an unsigned zone',
      'mc.b.example. MX',
      ['b.example. NSEC ns1.example. NS RRSIG NSEC', 'b.example. RRSIG NSEC 2'],
    ],
    [
      'B.6 the expansion of a wildcard',
      'a.z.w.example. MX',
      [
        'a.z.w.example. RRSIG MX 2',
        'example. RRSIG NS 1',
        'x.y.w.example. NSEC xx.example. MX RRSIG NSEC',
        'x.y.w.example. RRSIG NSEC 4',
      ],
    ],
    [
      'B.7 a wildcard without the type',
      'a.z.w.example. AAAA',
      [
        'example. RRSIG SOA 1',
        '*.w.example. NSEC x.w.example. MX RRSIG NSEC',
        '*.w.example. RRSIG NSEC 2',
        'x.y.w.example. NSEC xx.example. MX RRSIG NSEC',
        'x.y.w.example. RRSIG NSEC 4',
      ],
    ],
    [
      'B.8 the DS set of a child',
      'example. DS',
      [
        'example. RRSIG SOA 1',
        'example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY',
        'example. RRSIG NSEC 1',
      ],
    ],
    [
      '§2.3 an empty non-terminal has no record of its own',
      'y.w.example. A',
      ['example. RRSIG SOA 1', 'x.w.example. NSEC x.y.w.example. MX RRSIG NSEC', 'x.w.example. RRSIG NSEC 3'],
    ],
  ])('%s', (_, text, expected) => {
    expect(records(text)).toEqual(expected);
  });

  it('§3.1 nothing of it without DO, and nothing from a zone that is not signed', () => {
    for (const text of ['ml.example. A', 'ns1.example. MX', 'a.z.w.example. MX', 'mc.b.example. MX']) {
      expect(records(text, PLAIN.signed('nsec'), false)).toEqual([]);
      expect(records(text, PLAIN.without(parseName('example.'), 48))).toEqual([]);
    }
  });
});

describe('the chain', () => {
  it('goes along with every change of the zone', () => {
    const zone = PLAIN.signed('nsec').with(...parseRRsets('m.example. 60 A 192.0.2.77'));
    expect(records('k.example. A', zone)).toContain('b.example. NSEC m.example. NS RRSIG NSEC');
    const less = zone.without(parseName('m.example.'));
    expect(records('k.example. A', less)).toContain('b.example. NSEC ns1.example. NS RRSIG NSEC');
  });

  it('RFC 9077 §3.2: lives no longer than a negative answer', () => {
    const soa = 'example. 900 SOA ns1.example. bugs.example. 1 3600 300 3600000 600';
    const zone = PLAIN.with(...parseRRsets(soa)).signed('nsec');
    const { authority } = lookup(hostedZones([zone]), question('ml.example. A'), { dnssecOk: true });
    expect(authority.map(({ ttl }) => ttl)).toEqual([600, 600, 600, 600, 600, 600]);
  });

  it('is the one of the zone file where that has one', () => {
    const own = parseRRsets(`
example. 3600 NSEC nothing.example. NS SOA RRSIG NSEC
example. 3600 RRSIG NSEC 5 1 3600 20380119031407 19700101000000 38519 example. AAAA
`);
    const zone = PLAIN.with(...own);
    expect(records('ml.example. A', zone)).toEqual([
      'example. NSEC nothing.example. NS SOA RRSIG NSEC',
      'example. RRSIG NSEC 1',
    ]);
    expect(records('ml.example. A', zone.signed('minimal'))[1]).toBe(
      'example. NSEC nothing.example. NS SOA RRSIG NSEC',
    );
  });

  it('RFC 4470: a server that signs while it answers gives away no gap', () => {
    const zone = PLAIN.signed('minimal');
    expect(records('ml.example. A', zone)).toEqual([
      'example. RRSIG SOA 1',
      'mk\\255.example. NSEC ml\\000.example. RRSIG NSEC',
      'mk\\255.example. RRSIG NSEC 2',
      '\\)\\255.example. NSEC *\\000.example. RRSIG NSEC',
      '\\)\\255.example. RRSIG NSEC 2',
    ]);
    expect(records('ns1.example. MX', zone)[1]).toBe('ns1.example. NSEC \\000.ns1.example. A RRSIG NSEC');
    expect(records('y.w.example. A', zone)[1]).toBe('y.w.example. NSEC \\000.y.w.example. RRSIG NSEC');
  });

  it('RFC 4034 §3.2: stand-ins for signatures are well formed', () => {
    const signings: readonly Signing[] = ['nsec', 'minimal'];
    for (const signing of signings) {
      const zones = hostedZones([PLAIN.signed(signing)]);
      const { authority } = lookup(zones, question('ml.example. A'), { dnssecOk: true });
      const texts = authority.filter(({ type }) => type === RRSIG).map(({ rdata }) => rdata[0]!.text);
      expect(texts.map((text) => rdataFromText(RRSIG, text).text)).toEqual(texts);
      expect(texts.length).toBe(3);
    }
  });
});
