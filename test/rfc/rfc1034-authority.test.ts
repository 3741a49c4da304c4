/** RFC 1034 §4.3.2 (the algorithm) and §6.2 (its examples, on zones of the same shape). */
import { describe, expect, test } from 'vitest';
import { ask, host, lines, rawZone, summary, zoneOf } from '../dns/zone/zone-text.ts';

/** The zones of §6.1 as far as the examples need them; addresses as in the RFC. */
const ROOT_ZONE = zoneOf(
  '.',
  `$TTL 86400
   . SOA SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. 870611 1800 300 604800 86400
   . NS A.ISI.EDU.
   . NS C.ISI.EDU.
   . NS SRI-NIC.ARPA.
   MIL. NS SRI-NIC.ARPA.
   MIL. NS A.ISI.EDU.
   EDU. NS SRI-NIC.ARPA.
   EDU. NS C.ISI.EDU.
   SRI-NIC.ARPA. A 26.0.0.73
   SRI-NIC.ARPA. A 10.0.0.51
   SRI-NIC.ARPA. MX 0 SRI-NIC.ARPA.
   SRI-NIC.ARPA. HINFO DEC-2060 TOPS20
   ACC.ARPA. A 26.6.0.65
   USC-ISIC.ARPA. CNAME C.ISI.EDU.
   73.0.0.26.IN-ADDR.ARPA. PTR SRI-NIC.ARPA.
   A.ISI.EDU. 172800 A 26.3.0.103
   C.ISI.EDU. 172800 A 10.0.0.52`.replaceAll(/^ +/gm, ''),
);
const SERVER = host(ROOT_ZONE);
const MINIMAL = { minimalResponses: true };

const NIC = ['sri-nic.arpa. 86400 A 10.0.0.51', 'sri-nic.arpa. 86400 A 26.0.0.73'];
const SOA = '. 86400 SOA sri-nic.arpa. hostmaster.sri-nic.arpa. 870611 1800 300 604800 86400';
const EDU_REFERRAL = [
  'NOERROR',
  'au edu. 86400 NS c.isi.edu.',
  'au edu. 86400 NS sri-nic.arpa.',
  'ad c.isi.edu. 172800 A 10.0.0.52',
  ...NIC.map((line) => `ad ${line}`),
];

describe('§6.2', () => {
  test.each([
    ['§6.2.1 data', 'SRI-NIC.ARPA. A', ['NOERROR aa', ...NIC.map((line) => `an ${line}`)]],
    [
      '§6.2.2 everything',
      'SRI-NIC.ARPA. ANY',
      [
        'NOERROR aa',
        ...NIC.map((line) => `an ${line}`),
        'an sri-nic.arpa. 86400 HINFO "DEC-2060" "TOPS20"',
        'an sri-nic.arpa. 86400 MX 0 sri-nic.arpa.',
      ],
    ],
    ['§6.2.4 no data of this type', 'SRI-NIC.ARPA. NS', ['NOERROR aa', `au ${SOA}`]],
    ['§6.2.5 no such name', 'SIR-NIC.ARPA. A', ['NXDOMAIN aa', `au ${SOA}`]],
    [
      '§6.2.6 a delegated name',
      'BRL.MIL. A',
      [
        'NOERROR',
        'au mil. 86400 NS a.isi.edu.',
        'au mil. 86400 NS sri-nic.arpa.',
        'ad a.isi.edu. 172800 A 26.3.0.103',
        ...NIC.map((line) => `ad ${line}`),
      ],
    ],
    [
      '§6.2.7 an alias into a delegated zone',
      'USC-ISIC.ARPA. A',
      ['NOERROR aa', 'an usc-isic.arpa. 86400 CNAME c.isi.edu.', ...EDU_REFERRAL.slice(1)],
    ],
    [
      '§6.2.8 the alias itself',
      'USC-ISIC.ARPA. CNAME',
      ['NOERROR aa', 'an usc-isic.arpa. 86400 CNAME c.isi.edu.'],
    ],
  ])('%s: %s', (_section, question, expected) => {
    expect(summary(ask(SERVER, question, MINIMAL))).toEqual(expected);
  });
  test('§6.2.3 mail, with the address of the exchange', () => {
    const message = ask(SERVER, 'SRI-NIC.ARPA. MX');
    expect(lines(message.answer)).toEqual(['sri-nic.arpa. 86400 MX 0 sri-nic.arpa.']);
    expect(lines(message.additional)).toEqual(expect.arrayContaining(NIC));
  });
});

const EXAMPLE = zoneOf(
  'example.com.',
  `$TTL 3600
@ SOA ns1 hostmaster 1 2 3 4 300
@ NS ns1
@ NS ns.example.net.
@ MX 10 mail
@ HTTPS 0 app
ns1 A 192.0.2.53
ns1 AAAA 2001:db8::53
mail A 192.0.2.25
www CNAME app
app 60 A 192.0.2.80
alias CNAME deep.alias
deep.alias CNAME app
loop1 CNAME loop2
loop2 CNAME loop1
nx CNAME missing
empty CNAME b.ent
a.b.ent A 192.0.2.1
out CNAME www.example.org.
into CNAME www.child
_sip._tcp SRV 1 2 5060 app
svc HTTPS 1 .
svc A 192.0.2.88
child NS ns.child
child NS ns.sibling
child NS ns.example.net.
child DS 1 13 2 ${'AB'.repeat(32)}
ns.child A 192.0.2.54
ns.child AAAA 2001:db8::54
sibling NS ns.sibling
ns.sibling A 192.0.2.55
plain NS ns.example.net.
`,
);
const ONE = host(EXAMPLE);
const NSSET = ['au example.com. 3600 NS ns.example.net.', 'au example.com. 3600 NS ns1.example.com.'];
const NSADDR = ['ad ns1.example.com. 3600 A 192.0.2.53', 'ad ns1.example.com. 3600 AAAA 2001:db8::53'];
const NEGATIVE = 'au example.com. 300 SOA ns1.example.com. hostmaster.example.com. 1 2 3 4 300';
const CHILD = [
  'au child.example.com. 3600 NS ns.child.example.com.',
  'au child.example.com. 3600 NS ns.example.net.',
  'au child.example.com. 3600 NS ns.sibling.example.com.',
  'ad ns.child.example.com. 3600 A 192.0.2.54',
  'ad ns.child.example.com. 3600 AAAA 2001:db8::54',
  'ad ns.sibling.example.com. 3600 A 192.0.2.55',
];
const DS = `an child.example.com. 3600 DS 1 13 2 ${'AB'.repeat(32)}`;

describe('§4.3.2', () => {
  test.each([
    ['step 2: outside of all zones', 'example.org. A', ['REFUSED']],
    [
      'step 3a: data, with the zone and its addresses',
      'app.example.com. A',
      ['NOERROR aa', 'an app.example.com. 60 A 192.0.2.80', ...NSSET, ...NSADDR],
    ],
    [
      'step 3a: names ignore case',
      'APP.Example.COM. A',
      ['NOERROR aa', 'an app.example.com. 60 A 192.0.2.80', ...NSSET, ...NSADDR],
    ],
    [
      'step 3a: a chain of aliases',
      'alias.example.com. A',
      [
        'NOERROR aa',
        'an alias.example.com. 3600 CNAME deep.alias.example.com.',
        'an app.example.com. 60 A 192.0.2.80',
        'an deep.alias.example.com. 3600 CNAME app.example.com.',
        ...NSSET,
        ...NSADDR,
      ],
    ],
    [
      'step 3a: an alias asked for is the answer',
      'www.example.com. CNAME',
      ['NOERROR aa', 'an www.example.com. 3600 CNAME app.example.com.', ...NSSET, ...NSADDR],
    ],
    [
      'step 3a: a loop of aliases ends',
      'loop1.example.com. A',
      [
        'NOERROR aa',
        'an loop1.example.com. 3600 CNAME loop2.example.com.',
        'an loop2.example.com. 3600 CNAME loop1.example.com.',
      ],
    ],
    [
      'step 3a: an alias out of the zones',
      'out.example.com. A',
      ['NOERROR aa', 'an out.example.com. 3600 CNAME www.example.org.'],
    ],
    [
      'step 3a: an alias to a name that is not',
      'nx.example.com. A',
      ['NXDOMAIN aa', 'an nx.example.com. 3600 CNAME missing.example.com.', NEGATIVE],
    ],
    [
      'step 3a: an alias to an empty non-terminal',
      'empty.example.com. A',
      ['NOERROR aa', 'an empty.example.com. 3600 CNAME b.ent.example.com.', NEGATIVE],
    ],
    [
      'step 3a: an alias into a delegated zone',
      'into.example.com. A',
      ['NOERROR aa', 'an into.example.com. 3600 CNAME www.child.example.com.', ...CHILD],
    ],
    ['step 3b: below a zone cut', 'x.www.child.example.com. A', ['NOERROR', ...CHILD]],
    ['step 3b: at a zone cut', 'child.example.com. A', ['NOERROR', ...CHILD]],
    ['step 3b: NS at a zone cut is a referral too', 'child.example.com. NS', ['NOERROR', ...CHILD]],
    ['step 3b: ANY at a zone cut is a referral too', 'child.example.com. ANY', ['NOERROR', ...CHILD]],
    ['step 3b: glue is not an answer', 'ns.child.example.com. A', ['NOERROR', ...CHILD]],
    ['step 3c: no such name', 'no.such.example.com. A', ['NXDOMAIN aa', NEGATIVE]],
    ['NODATA', 'app.example.com. AAAA', ['NOERROR aa', NEGATIVE]],
    ['NODATA at an empty non-terminal', 'b.ent.example.com. A', ['NOERROR aa', NEGATIVE]],
    ['NODATA for ANY at an empty non-terminal', 'ent.example.com. ANY', ['NOERROR aa', NEGATIVE]],
    [
      'NS at the apex is in the answer, not twice',
      'example.com. NS',
      ['NOERROR aa', ...NSSET.map((line) => line.replace('au', 'an')), ...NSADDR],
    ],
    [
      'MX brings addresses',
      'example.com. MX',
      [
        'NOERROR aa',
        'an example.com. 3600 MX 10 mail.example.com.',
        ...NSSET,
        'ad mail.example.com. 3600 A 192.0.2.25',
        ...NSADDR,
      ],
    ],
    [
      'SRV brings addresses (RFC 2782)',
      '_sip._tcp.example.com. SRV',
      [
        'NOERROR aa',
        'an _sip._tcp.example.com. 3600 SRV 1 2 5060 app.example.com.',
        ...NSSET,
        'ad app.example.com. 60 A 192.0.2.80',
        ...NSADDR,
      ],
    ],
    [
      'HTTPS in alias mode brings addresses (RFC 9460 §4.1)',
      'example.com. HTTPS',
      [
        'NOERROR aa',
        'an example.com. 3600 HTTPS 0 app.example.com.',
        ...NSSET,
        'ad app.example.com. 60 A 192.0.2.80',
        ...NSADDR,
      ],
    ],
    [
      'HTTPS with target . means its owner (RFC 9460 §2.5.2)',
      'svc.example.com. HTTPS',
      [
        'NOERROR aa',
        'an svc.example.com. 3600 HTTPS 1 .',
        ...NSSET,
        ...NSADDR,
        'ad svc.example.com. 3600 A 192.0.2.88',
      ],
    ],
    ['a question type beyond data has no data', 'app.example.com. AXFR', ['NOERROR aa', NEGATIVE]],
  ])('%s: %s', (_what, question, expected) => expect(summary(ask(ONE, question))).toEqual(expected));
});

describe('DS at the parent side of a cut (RFC 4035 §3.1.4.1)', () => {
  const childZone = zoneOf('child.example.com.', '$TTL 60\n@ SOA ns h 7 2 3 4 5\n@ NS ns\nns A 192.0.2.54\n');
  const childSoa = 'au child.example.com. 5 SOA ns.child.example.com. h.child.example.com. 7 2 3 4 5';
  test.each([
    ['the parent answers', host(EXAMPLE), 'child.example.com. DS', ['NOERROR aa', DS]],
    ['the parent has none', host(EXAMPLE), 'plain.example.com. DS', ['NOERROR aa', NEGATIVE]],
    ['below the cut it is a referral', host(EXAMPLE), 'x.child.example.com. DS', ['NOERROR', ...CHILD]],
    [
      'a server of both answers from the parent',
      host(EXAMPLE, childZone),
      'child.example.com. DS',
      ['NOERROR aa', DS],
    ],
    [
      'a server of the child alone has none',
      host(childZone),
      'child.example.com. DS',
      ['NOERROR aa', childSoa],
    ],
  ])('%s', (_what, zones, question, expected) => {
    expect(summary(ask(zones, question, MINIMAL))).toEqual(expected);
  });
  test('everything else at the apex comes from the child', () => {
    expect(ask(host(EXAMPLE, childZone), 'ns.child.example.com. A').authoritative).toBe(true);
    expect(ask(host(EXAMPLE, childZone), 'child.example.com. NS').authoritative).toBe(true);
  });
});

describe('several zones on one server', () => {
  const other = zoneOf(
    'example.org.',
    '$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nwww CNAME far.example.com.\n',
  );
  const root = rawZone('.', '. 60 SOA . . 1 2 3 4 5\ncom. 60 NS a.gtld.\nexample. 60 A 192.0.2.99');
  test('an alias is followed from zone to zone', () => {
    expect(summary(ask(host(EXAMPLE, other), 'out.example.com. A', MINIMAL))).toEqual([
      'NXDOMAIN aa',
      'an out.example.com. 3600 CNAME www.example.org.',
      'an www.example.org. 60 CNAME far.example.com.',
      NEGATIVE,
    ]);
  });
  test('the longest apex counts, the root last', () => {
    expect(ask(host(root, EXAMPLE), 'app.example.com. A').answer).toHaveLength(1);
    expect(summary(ask(host(root, EXAMPLE), 'www.example2.com. A'))).toEqual([
      'NOERROR',
      'au com. 60 NS a.gtld.',
    ]);
    expect(summary(ask(host(root), '. DS'))).toEqual(['NOERROR aa', 'au . 5 SOA . . 1 2 3 4 5']);
  });
  test('a zone without SOA is not loaded', () => {
    const dead = rawZone('example.com.', 'www 60 A 192.0.2.1');
    expect(summary(ask(host(dead, root), 'www.example.com. A'))).toEqual(['SERVFAIL']);
    expect(summary(ask(host(other, dead), 'www.example.org. A'))).toEqual([
      'NOERROR aa',
      'an www.example.org. 60 CNAME far.example.com.',
    ]);
  });
  test('a long chain stops', () => {
    const chain = Array.from({ length: 40 }, (_, i) => `c${i} 60 CNAME c${i + 1}`).join('\n');
    const zone = rawZone('x.', `@ 60 SOA . . 1 1 1 1 1\n${chain}`);
    const message = ask(host(zone), 'c0.x. A');
    expect([message.rcode, message.answer.length]).toEqual(['NOERROR', 11]);
  });
});
