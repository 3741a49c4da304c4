/** Section 4.3: aliases, QNAME minimisation, joined queries, prefetch, parent and child. */
import type { Implementation, Row } from '../contract.ts';
import { Lab } from '../lab.ts';
import type { Settings } from '../options.ts';
import { ZONE_ADDRESSES } from '../zones.ts';
import { type Measured, ofEach } from './of-each.ts';

/** `c1` is an alias of `c2` ... of `c<length + 1>`, which has an address. */
function chain(length: number): string {
  const links = Array.from(
    { length },
    (_, index) => `c${index + 1}.one.lab. 300 CNAME c${index + 2}.one.lab.`,
  );
  return [...links, `c${length + 1}.one.lab. 300 A 198.51.100.3`].join('\n');
}

function longestChain(implementation: Implementation): number {
  for (let length = 1; length <= 30; length++) {
    const lab = new Lab({ implementation, records: { 'one.lab.': chain(length) } });
    if (lab.resolve('c1.one.lab.').answer?.rcode !== 'NOERROR') return length - 1;
  }
  return 30;
}

/** A lab that knows the zone already, with its counters at 0. */
function warm(implementation: Implementation, records: string, settings: Settings = {}): Lab {
  const lab = new Lab({ implementation, settings, records: { 'one.lab.': records } });
  lab.resolve('www.one.lab.');
  lab.resetCounters();
  return lab;
}

const LOOP = 'l1.one.lab. 300 CNAME l2.one.lab.\nl2.one.lab. 300 CNAME l1.one.lab.';

const ALIASES: readonly Row[] = [
  ...ofEach({
    section: '4.3',
    slug: 'longest-chain',
    quantity: 'CNAMEs in the longest chain resolved',
    unit: 'aliases',
    kind: 'count',
    measured: [11, 11, 11, 12],
    play: longestChain,
  }),
  ...[2, 4].flatMap((length) =>
    ofEach({
      section: '4.3',
      slug: `chain-${length}/upstream`,
      quantity: `packets for a chain of ${length} CNAMEs inside a zone`,
      unit: 'packets',
      kind: 'count',
      measured: [length + 1, length + 1, length + 1, 1],
      play: (implementation) => {
        const lab = warm(implementation, chain(length));
        lab.resolve('c1.one.lab.');
        return lab.packets;
      },
    }),
  ),
  ...ofEach({
    section: '4.3',
    slug: 'loop/answer',
    quantity: 'answer to a loop of two CNAMEs',
    unit: '',
    kind: 'text',
    measured: ['SERVFAIL', 'SERVFAIL + 2 CNAME', 'SERVFAIL', 'SERVFAIL + 2 CNAME'],
    play: (implementation) => {
      const { rcode, answer } = warm(implementation, LOOP).resolve('l1.one.lab.').answer!;
      return answer.length > 0 ? `${rcode} + ${answer.length} CNAME` : rcode;
    },
  }),
  ...ofEach({
    section: '4.3',
    slug: 'loop/upstream',
    quantity: 'packets for a loop of two CNAMEs',
    unit: 'packets',
    kind: 'count',
    measured: [2, undefined, undefined, undefined],
    play: (implementation) => {
      const lab = warm(implementation, LOOP);
      lab.resolve('l1.one.lab.');
      return lab.packets;
    },
  }),
];

/** Names sent for a question with an empty cache, in order, without those that prime the root. */
function namesSent(implementation: Implementation, name: string, records: string): string[] {
  const lab = new Lab({ implementation, records: { 'one.lab.': records } });
  lab.resolve(name);
  return [...lab.servers.values()]
    .flatMap(({ log }) => log)
    .toSorted((a, b) => a.at - b.at)
    .map(({ text }) => text.split(' ')[0]!)
    .filter((sent) => sent !== '.');
}

const SIX_LABELS = [
  'lab.',
  'one.lab.',
  'd.one.lab.',
  'c.d.one.lab.',
  'b.c.d.one.lab.',
  'a.b.c.d.one.lab.',
].join(' ');

const MINIMISATION: readonly Row[] = [
  ...ofEach({
    section: '4.3',
    slug: 'minimisation/names',
    quantity: 'names sent for a.b.c.d.one.lab., cold',
    unit: '',
    kind: 'text',
    measured: [
      SIX_LABELS,
      SIX_LABELS,
      SIX_LABELS,
      ['lab.', 'one.lab.', 'd.one.lab.', 'a.b.c.d.one.lab.'].join(' '),
    ],
    play: (implementation) =>
      namesSent(implementation, 'a.b.c.d.one.lab.', 'a.b.c.d.one.lab. 60 A 198.51.100.4').join(' '),
  }),
  ...ofEach({
    section: '4.3',
    slug: 'minimisation/after-nxdomain',
    quantity: 'names sent for a.nx.one.lab., which does not exist, cold',
    unit: '',
    kind: 'text',
    measured: Array.from({ length: 4 }, () => 'lab. one.lab. nx.one.lab. a.nx.one.lab.'),
    play: (implementation) => namesSent(implementation, 'a.nx.one.lab.', '').join(' '),
  }),
];

/** 50 clients ask the same while the answer takes 0.3 s. */
function crowd(implementation: Implementation): Lab {
  const lab = warm(implementation, '');
  lab.server('ns1.one').delaySeconds = 0.3;
  for (let client = 0; client < 50; client++) lab.ask('q.x.one.lab.');
  lab.runAll();
  return lab;
}

function crowdRows(slug: string, quantity: string, count: (lab: Lab) => number, measured: Measured): Row[] {
  return ofEach({
    section: '4.3',
    slug,
    quantity,
    unit: '',
    kind: 'count',
    measured,
    play: (implementation) => count(crowd(implementation)),
  });
}

const JOINED: readonly Row[] = [
  // Knot Resolver and PowerDNS show the zone one label of the name first.
  ...crowdRows(
    'joined/upstream',
    'times the full name was asked for',
    (lab) => lab.server('ns1.one').log.filter(({ text }) => text.startsWith('q.x.one.lab. ')).length,
    [1, 1, 1, 1],
  ),
  ...crowdRows(
    'joined/answered',
    'clients answered of 50 that ask the same',
    (lab) => lab.asked.filter(({ status }) => status === 'answered').length,
    [50, 10, 50, 50],
  ),
  ...crowdRows(
    'joined/dropped',
    'clients dropped of 50 that ask the same',
    (lab) => lab.asked.filter(({ status }) => status === 'dropped').length,
    [0, 40, 0, 0],
  ),
];

/** Median seconds between fetches of a record that is asked for every half second. */
function refetchInterval(implementation: Implementation, ttl: number, settings: Settings): number {
  const lab = warm(implementation, `r.one.lab. ${ttl} A 198.51.100.9`, settings);
  lab.every(0.5, 400, () => 'r.one.lab.');
  lab.run(200);
  const times = lab
    .server('ns1.one')
    .log.filter(({ text }) => text.startsWith('r.one.lab. A'))
    .map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => at - times[index]!);
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
}

/** The rule each program has, as its configuration names it. */
const PREFETCH: Readonly<Partial<Record<Implementation, string>>> = {
  unbound: '10%',
  bind: '2s of 9s',
  'pdns-recursor': '10%',
  'knot-resolver': '1% + 5s',
};

function prefetchRows(ttl: number, on: boolean, measured: Measured): Row[] {
  return ofEach({
    section: '4.3',
    slug: `prefetch-${on ? 'on' : 'off'}/${ttl}`,
    quantity: `seconds between fetches of a record of ${ttl} s asked for every half second`,
    unit: 's',
    kind: 'timer',
    measured,
    play: (implementation) =>
      refetchInterval(implementation, ttl, { prefetch: on ? PREFETCH[implementation]! : 'off' }),
  });
}

/** The parent names ns1 (300 s), the zone itself ns2 (900 s). */
function divided(implementation: Implementation): Lab {
  const [first] = ZONE_ADDRESSES['one.lab.']!;
  const [second] = ZONE_ADDRESSES['two.lab.']!;
  const text = `
pc.lab. 900 SOA ns2.pc.lab. admin.pc.lab. 1 7200 3600 1209600 300
pc.lab. 900 NS ns2.pc.lab.
ns1.pc.lab. 900 A ${first}
ns2.pc.lab. 900 A ${second}
*.x.pc.lab. 60 A 198.51.100.5`;
  return new Lab({
    implementation,
    minimalResponses: false,
    records: { 'lab.': `\npc.lab. 300 NS ns1.pc.lab.\nns1.pc.lab. 300 A ${first}` },
    zones: [{ origin: 'pc.lab.', addresses: [first!, second!], text }],
  });
}

/** Which server gets the full name of a new question. */
function serverFor(lab: Lab, name: string): string {
  lab.resolve(name);
  const got = ['ns1.one', 'ns1.two'].find((server) =>
    lab.server(server).log.some(({ text }) => text.startsWith(`${name} A`)),
  );
  return got === 'ns1.one' ? 'ns1' : 'ns2';
}

const DELEGATIONS: readonly Row[] = [
  ...ofEach({
    section: '4.3',
    slug: 'parent-child/second-query',
    quantity: 'server of the second query',
    unit: '',
    kind: 'text',
    measured: ['ns1', 'ns1', 'ns2', 'ns1'],
    play: (implementation) => {
      const lab = divided(implementation);
      lab.resolve('q1.x.pc.lab.');
      return serverFor(lab, 'q2.x.pc.lab.');
    },
  }),
  ...ofEach({
    section: '4.3',
    slug: 'parent-child/after-ns',
    quantity: 'server of the query after the NS set was asked for',
    unit: '',
    kind: 'text',
    measured: ['ns2', undefined, 'ns2', 'ns2'],
    play: (implementation) => {
      const lab = divided(implementation);
      lab.resolve('q1.x.pc.lab.');
      lab.resolve('pc.lab. NS');
      return serverFor(lab, 'q2.x.pc.lab.');
    },
  }),
  ...ofEach({
    section: '4.3',
    slug: 'parent-child/ns-ttl',
    quantity: "TTL of the NS set 4 s after the parent's",
    unit: 's',
    kind: 'ttl',
    measured: [undefined, 296, undefined, undefined],
    play: (implementation) => {
      const lab = divided(implementation);
      lab.resolve('q1.x.pc.lab.');
      lab.run(4);
      return lab.resolve('pc.lab. NS').answer!.ttl;
    },
  }),
];

export const CHAIN_ROWS: readonly Row[] = [
  ...ALIASES,
  ...MINIMISATION,
  ...JOINED,
  ...prefetchRows(10, false, [11, 10, 10, 11]),
  ...prefetchRows(30, false, [30.5, 29.5, 29.5, 30.5]),
  ...prefetchRows(10, true, [9, 8, 10, 5]),
  ...prefetchRows(30, true, [
    [26.5, 27],
    [27.6, 28],
    [28.2, 29.5],
    [24.5, 25],
  ]),
  ...DELEGATIONS,
];
