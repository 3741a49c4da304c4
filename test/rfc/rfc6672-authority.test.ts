/** RFC 6672: DNAME at the authoritative server. */
import { describe, expect, test } from 'vitest';
import { isBelow, parseName, replaceSuffix } from '../../src/dns/data/name.ts';
import { ask, host, rawZone, summary, zoneOf } from '../dns/zone/zone-text.ts';

describe('§2.2 table 1: substitution', () => {
  test.each([
    ['com.', 'example.com.', 'example.net.', 'no match'],
    ['example.com.', 'example.com.', 'example.net.', 'no match'],
    ['a.example.com.', 'example.com.', 'example.net.', 'a.example.net.'],
    ['a.b.example.com.', 'example.com.', 'example.net.', 'a.b.example.net.'],
    ['ab.example.com.', 'b.example.com.', 'example.net.', 'no match'],
    ['foo.example.com.', 'example.com.', 'example.net.', 'foo.example.net.'],
    ['a.x.example.com.', 'x.example.com.', 'example.net.', 'a.example.net.'],
    ['a.example.com.', 'example.com.', 'y.example.net.', 'a.y.example.net.'],
    ['cyc.example.com.', 'example.com.', 'example.com.', 'cyc.example.com.'],
    ['cyc.example.com.', 'example.com.', 'c.example.com.', 'cyc.c.example.com.'],
    ['shortloop.x.x.', 'x.', '.', 'shortloop.x.'],
    ['shortloop.x.', 'x.', '.', 'shortloop.'],
  ])('%s under %s to %s is %s', (qname, owner, target, expected) => {
    const [from, to] = [parseName(owner), parseName(target)];
    const result = isBelow(parseName(qname), from) ? replaceSuffix(parseName(qname), from, to) : 'no match';
    expect(result).toBe(expected);
  });
});

const LONG = `${'x'.repeat(60)}.`.repeat(4);
const ZONE = zoneOf(
  'example.com.',
  `$TTL 3600
@ SOA ns h 1 2 3 4 60
@ NS ns
ns A 192.0.2.1
old 600 DNAME new
old TXT "beside a DNAME there may be data"
new A 192.0.2.2
www.new A 192.0.2.3
away DNAME example.net.
cyc DNAME cyc
grow DNAME a.grow
long DNAME ${LONG}
alias CNAME www.old
deleg NS ns.example.net.
`,
);
const SERVER = host(ZONE);
const MINIMAL = { minimalResponses: true };
const OLD = 'an old.example.com. 600 DNAME new.example.com.';
const SOA = 'au example.com. 60 SOA ns.example.com. h.example.com. 1 2 3 4 60';

describe('§3.1 and §3.2: answers', () => {
  test.each([
    [
      'the DNAME, a CNAME with its TTL, and the data',
      'www.old.example.com. A',
      [
        'NOERROR aa',
        OLD,
        'an www.new.example.com. 3600 A 192.0.2.3',
        'an www.old.example.com. 600 CNAME www.new.example.com.',
      ],
    ],
    [
      'no such name at the target',
      'nx.old.example.com. A',
      ['NXDOMAIN aa', 'an nx.old.example.com. 600 CNAME nx.new.example.com.', OLD, SOA],
    ],
    [
      'no data at the target',
      'www.old.example.com. TXT',
      ['NOERROR aa', OLD, 'an www.old.example.com. 600 CNAME www.new.example.com.', SOA],
    ],
    [
      'out of the zones',
      'www.away.example.com. A',
      [
        'NOERROR aa',
        'an away.example.com. 3600 DNAME example.net.',
        'an www.away.example.com. 3600 CNAME www.example.net.',
      ],
    ],
    ['the owner itself is not redirected (§2.3)', 'old.example.com. A', ['NOERROR aa', SOA]],
    [
      '... it may have other data',
      'old.example.com. TXT',
      ['NOERROR aa', 'an old.example.com. 3600 TXT "beside a DNAME there may be data"'],
    ],
    ['the DNAME asked for', 'old.example.com. DNAME', ['NOERROR aa', OLD]],
    [
      'a CNAME below asked for',
      'www.old.example.com. CNAME',
      ['NOERROR aa', OLD, 'an www.old.example.com. 600 CNAME www.new.example.com.'],
    ],
    [
      'after a CNAME',
      'alias.example.com. A',
      [
        'NOERROR aa',
        'an alias.example.com. 3600 CNAME www.old.example.com.',
        OLD,
        'an www.new.example.com. 3600 A 192.0.2.3',
        'an www.old.example.com. 600 CNAME www.new.example.com.',
      ],
    ],
    [
      'onto itself ends',
      'x.cyc.example.com. A',
      [
        'NOERROR aa',
        'an cyc.example.com. 3600 DNAME cyc.example.com.',
        'an x.cyc.example.com. 3600 CNAME x.cyc.example.com.',
      ],
    ],
  ])('%s: %s', (_what, question, expected) => {
    expect(summary(ask(SERVER, question, MINIMAL))).toEqual(expected);
  });

  test('§2.2: a name that becomes too long is YXDOMAIN, with the DNAME as proof', () => {
    const message = ask(SERVER, `${'y'.repeat(20)}.long.example.com. A`, MINIMAL);
    expect(summary(message)).toEqual(['YXDOMAIN aa', `an long.example.com. 3600 DNAME ${LONG}`]);
    expect(ask(SERVER, 'y.long.example.com. A', MINIMAL).rcode).toBe('NOERROR');
  });
  test('a DNAME that makes names grow ends', () => {
    const message = ask(SERVER, 'x.grow.example.com. A', MINIMAL);
    expect(message.rcode).toBe('NOERROR');
    expect(message.answer.length).toBeLessThan(30);
  });
  test('a DNAME at the apex redirects all below and leaves the apex alone (§2.3)', () => {
    const zone = zoneOf('x.', '$TTL 60\n@ SOA ns.y. h.y. 1 2 3 4 5\n@ NS ns.y.\n@ DNAME y.\n');
    expect(summary(ask(host(zone), 'www.x. A', MINIMAL))).toEqual([
      'NOERROR aa',
      'an www.x. 60 CNAME www.y.',
      'an x. 60 DNAME y.',
    ]);
    expect(summary(ask(host(zone), 'x. NS', MINIMAL))).toEqual(['NOERROR aa', 'an x. 60 NS ns.y.']);
  });
  test('§2.4: what stands below a DNAME is never found', () => {
    const zone = rawZone('x.', '@ 60 SOA . . 1 1 1 1 1\nd 60 DNAME y.\nwww.d 60 A 192.0.2.1');
    expect(summary(ask(host(zone), 'www.d.x. A', MINIMAL))).toEqual([
      'NOERROR aa',
      'an d.x. 60 DNAME y.',
      'an www.d.x. 60 CNAME www.y.',
    ]);
  });
});
