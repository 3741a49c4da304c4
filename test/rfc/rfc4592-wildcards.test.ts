/** RFC 4592: wildcards, empty non-terminals, closest enclosers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depth, isSubdomain, type Name, parent, parseName } from '../../src/dns/data/name.ts';
import { rdataFromText } from '../../src/dns/data/rdata-text.ts';
import { CNAME, TXT } from '../../src/dns/data/rrtype.ts';
import { Zone } from '../../src/dns/zone/zone.ts';
import { ask, host, summary, zoneOf } from '../dns/zone/zone-text.ts';

/** The zone of §2.2.1 with a SOA and addresses of documentation. */
const ZONE = zoneOf(
  'example.',
  `$TTL 3600
@ SOA ns hostmaster 1 2 3 4 60
@ NS ns.example.com.
@ NS ns.example.net.
* TXT "this is a wildcard"
* MX 10 host1
sub.* TXT "this is not a wildcard"
host1 A 192.0.2.1
_ssh._tcp.host1 SRV 0 0 22 host1
_ssh._tcp.host2 SRV 0 0 22 host1
subdel NS ns.example.com.
subdel NS ns.example.net.
*.cname CNAME host1
*.loop CNAME x.loop
*.ent.below A 192.0.2.2
a.*.below A 192.0.2.3
`,
);
const SERVER = host(ZONE);
const SOA = 'au example. 60 SOA ns.example. hostmaster.example. 1 2 3 4 60';
const NODATA = ['NOERROR aa', SOA];
const NXDOMAIN = ['NXDOMAIN aa', SOA];

describe('§2.2.1', () => {
  test.each([
    ['synthesised', 'host3.example. MX', ['NOERROR aa', 'an host3.example. 3600 MX 10 host1.example.']],
    ['synthesised as NODATA', 'host3.example. A', NODATA],
    [
      'synthesised below a name that is not',
      'foo.bar.example. TXT',
      ['NOERROR aa', 'an foo.bar.example. 3600 TXT "this is a wildcard"'],
    ],
    ['not: host1 exists', 'host1.example. MX', NODATA],
    ['not: sub.* exists', 'sub.*.example. MX', NODATA],
    ['not: _tcp.host1 exists', '_telnet._tcp.host1.example. SRV', NXDOMAIN],
    [
      'not: below a zone cut',
      'host.subdel.example. A',
      ['NOERROR', 'au subdel.example. 3600 NS ns.example.com.', 'au subdel.example. 3600 NS ns.example.net.'],
    ],
    ['not: *.example. is the closest encloser', 'ghost.*.example. MX', NXDOMAIN],
  ])('%s: %s', (_why, question, expected) => {
    expect(summary(ask(SERVER, question, { minimalResponses: true }))).toEqual(expected);
  });
});

describe('other sections', () => {
  test.each([
    [
      '§2.1.3 a wildcard asked for is a name like any other',
      '*.example. TXT',
      ['NOERROR aa', 'an *.example. 3600 TXT "this is a wildcard"'],
    ],
    ['§2.2.2 an empty non-terminal is NODATA', '_tcp.host2.example. SRV', NODATA],
    ['§2.2.2 ... and keeps the wildcard away', 'host2.example. MX', NODATA],
    ['§2.2.3 an asterisk in the middle is a plain label', 'a.x.below.example. A', NODATA],
    ['§3.3.1 an empty non-terminal that is a wildcard stands for NODATA', 'x.below.example. A', NODATA],
    [
      '§3.3.1 the wildcard directly below the closest encloser',
      'y.x.ent.below.example. A',
      ['NOERROR aa', 'an y.x.ent.below.example. 3600 A 192.0.2.2'],
    ],
    [
      '§4.5 CNAME',
      'x.cname.example. A',
      ['NOERROR aa', 'an host1.example. 3600 A 192.0.2.1', 'an x.cname.example. 3600 CNAME host1.example.'],
    ],
    [
      '§4.5 CNAME into its own wildcard ends',
      'x.loop.example. A',
      ['NOERROR aa', 'an x.loop.example. 3600 CNAME x.loop.example.'],
    ],
    [
      'ANY',
      'host3.example. ANY',
      [
        'NOERROR aa',
        'an host3.example. 3600 MX 10 host1.example.',
        'an host3.example. 3600 TXT "this is a wildcard"',
      ],
    ],
  ])('%s: %s', (_why, question, expected) => {
    expect(summary(ask(SERVER, question, { minimalResponses: true }))).toEqual(expected);
  });
});

/** The rules of §3.3 written as set operations over all owner names, without any tree. */
function byTheBook(owners: ReadonlyMap<Name, number>, qname: Name, apex: Name): string {
  const exists = new Set<Name>([apex]);
  for (const owner of owners.keys()) for (let at = owner; at !== apex; at = parent(at)!) exists.add(at);
  if (exists.has(qname)) return owners.get(qname) === TXT ? 'data' : 'nodata';
  const enclosers = [...exists]
    .filter((name) => isSubdomain(qname, name))
    .sort((a, b) => depth(b) - depth(a));
  const source = parseName(`*.${enclosers[0]!}`);
  if (!exists.has(source)) return 'nxdomain';
  return owners.get(source) === TXT ? 'data' : 'nodata';
}

test('§3.3: random zones answer as the rules say', () => {
  const apex = parseName('z.');
  const name = fc
    .array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 4 })
    .map((parts) => parseName(parts.join('.'), apex));
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 6 }),
      fc.array(name, { minLength: 1, maxLength: 8 }),
      (owners, questions) => {
        const soa = rdataFromText(6, '. . 1 1 1 1 1');
        const zone = Zone.of(apex, [
          { name: apex, type: 6, ttl: 1, rdata: [soa] },
          ...owners.map((owner, i) => ({
            name: owner,
            type: i % 3 === 2 ? 1 : TXT,
            ttl: 1,
            rdata: [i % 3 === 2 ? rdataFromText(1, '192.0.2.1') : rdataFromText(TXT, 'x')],
          })),
        ]);
        const types = new Map<Name, number>();
        for (const owner of owners) types.set(owner, zone.get(owner, TXT) ? TXT : CNAME);
        for (const question of questions) {
          const { rcode, answer } = ask(host(zone), `${question} TXT`);
          const found = rcode === 'NXDOMAIN' ? 'nxdomain' : answer.length > 0 ? 'data' : 'nodata';
          expect(`${question} ${found}`).toBe(`${question} ${byTheBook(types, question, apex)}`);
          seen.add(found);
        }
      },
    ),
    { seed: 9, numRuns: 3_000 },
  );
  expect([...seen].sort()).toEqual(['data', 'nodata', 'nxdomain']);
});
