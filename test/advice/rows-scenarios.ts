/** Rules about zones, changes and clients of scenarios. */
import { PUT } from './parts.ts';
import type { Row } from './rows.ts';

export const SCENARIO_ROWS: readonly Row[] = [
  ['single-provider', { providers: '{ one: {} }' }, ['warning 4:9'], {}],
  [
    'single-provider',
    { zone: '{ name: example.com, providers: one, records: "app 300 A 203.0.113.10" }' },
    ['warning 4:41'],
    {
      providers: '{ one: {} }',
      zone: '{ name: cluster.local, records: "app 300 A 203.0.113.10" }',
      policies: '{}',
      clients: '{ users: { requests: { name: app.cluster.local } } }',
    },
  ],
  [
    'one-name-server',
    { providers: '{ one: { servers: 1 } }' },
    ['warning 4:9'],
    { providers: '{ one: { servers: 2 } }' },
  ],
  [
    'one-failure-domain',
    { providers: '{ one: { sites: [us] }, two: { sites: [us], domain: two-dns.org } }' },
    ['warning 4:9'],
    { providers: '{ one: { sites: [us] }, two: { sites: [eu], domain: two-dns.org } }' },
  ],
  ['one-failure-domain', { providers: '{ one: {}, two: {} }' }, ['note 4:9'], {}],
  [
    'one-failure-domain',
    {
      providers:
        '{ one: { servers: [{ name: a.x.net, addresses: 192.0.2.1 }, { name: a.x.org, addresses: 192.0.2.9 }] } }',
    },
    ['warning 4:9'],
    {
      providers:
        '{ one: { servers: [{ name: a.x.net, addresses: 192.0.2.1 }, { name: a.x.org, addresses: 198.51.100.9 }] } }',
    },
  ],
  [
    'ttl-before-change',
    { zone: '{ name: example.com, records: "app 3600 A 203.0.113.10" }', timeline: PUT(60) },
    ['warning 10:12'],
    { timeline: PUT(60) },
  ],
  [
    'ttl-before-change',
    {
      zone: '{ name: example.com, records: "app 3600 A 203.0.113.10" }',
      timeline: `[{ at: 10m, ttl: example.com, name: app, type: A, to: 60s }, ${PUT(60).slice(1)}`,
    },
    ['warning 10:72'],
    {
      duration: '2h',
      zone: '{ name: example.com, records: "app 3600 A 203.0.113.10" }',
      timeline: `[{ at: 10m, ttl: example.com, name: app, type: A, to: 60s }, ${PUT(60).slice(1).replace('40m', '80m')}`,
    },
  ],
  [
    'ttl-before-change',
    { timeline: '[{ at: 10m, delegate: example.com, to: two }]' },
    ['note 10:12'],
    { timeline: '[]' },
  ],
  ['no-rollback', { timeline: PUT(3600) }, ['note 10:12'], { timeline: PUT(60) }],
  [
    'parent-child-mismatch',
    {
      zone: '{ name: example.com, delegation: { providers: one }, records: "@ 172800 NS ns1.one-dns.net.\\n@ 172800 NS ns1.two-dns.org." }',
    },
    ['warning 4:42'],
    {},
  ],
  [
    'parent-child-mismatch',
    {
      zone: '{ name: example.com, records: "@ 3600 NS ns1.one-dns.net." }',
      clients: '{ users: { requests: { name: example.com } } }',
    },
    ['note 4:9'],
    {},
  ],
  ['no-expectation', { expect: undefined as never }, ['note 1:1'], {}],
  [
    'one-resolver',
    { resolvers: '{ isp: { count: 1 } }' },
    ['note 9:44'],
    { resolvers: '{ isp: { count: 2 } }' },
  ],
  [
    'ttl-below-floor',
    {
      clients: '{ users: { app: chrome, requests: { name: app.example.com } } }',
      zone: '{ name: example.com, records: "app 30 A 203.0.113.10" }',
    },
    ['note 4:39'],
    { zone: '{ name: example.com, records: "app 30 A 203.0.113.10" }' },
  ],
  [
    'private-leak',
    { zone: '{ name: example.com, records: "app 300 A 10.1.2.3" }', endpoints: '{}', timeline: '[]' },
    ['warning 4:39'],
    {
      zone: '{ name: example.com, private: { resolvers: isp }, records: "app 300 A 10.1.2.3" }',
      endpoints: '{}',
      timeline: '[]',
    },
  ],
  [
    'signature-expiry',
    {
      zone: '{ name: example.com, records: "app 300 RRSIG A 13 3 300 20260101003000 20260101000000 1 example.com. AAAA\\napp 300 A 203.0.113.10" }',
    },
    ['error 4:39'],
    {
      duration: '20m',
      zone: '{ name: example.com, records: "app 300 RRSIG A 13 3 300 20260101003000 20260101000000 1 example.com. AAAA\\napp 300 A 203.0.113.10" }',
    },
  ],
  [
    'no-dnssec',
    {},
    ['note 4:9'],
    { zone: '{ name: example.com, signed: nsec, records: "app 300 A 203.0.113.10" }' },
  ],
  ['undocumented', { description: undefined as never }, ['note 1:1'], {}],
  [
    'undocumented',
    { duration: '1h # what it is', description: undefined as never },
    ['note 1:1'],
    { description: 'words' },
  ],
  // Addresses of both families at two endpoints: whoever has both goes on with the other.
  [
    'single-endpoint',
    {},
    ['warning 4:39'],
    {
      zone: '{ name: example.com, records: "app 300 A 203.0.113.10\\napp 300 AAAA 2001:db8::10" }',
      clients:
        '{ users: { count: 100, resolvers: isp, requests: { name: app.example.com, types: [A, AAAA], every: 60s } } }',
    },
  ],
  // One of two mail exchangers has a peer.
  [
    'single-endpoint',
    { zone: '{ name: example.com, records: "@ 300 MX 10 app\\napp 300 A 203.0.113.10" }' },
    ['warning 4:39'],
    {
      zone: '{ name: example.com, records: "@ 300 MX 10 app\\n@ 300 MX 20 b\\napp 300 A 203.0.113.10\\nb 300 A 198.51.100.20" }',
    },
  ],
  ...(
    [
      ['ttl-before-change', 'warning'],
      ['no-rollback', 'note'],
    ] as const
  ).map(([rule, severity]): Row => {
    const weighted = (ttl: string): string =>
      `{ app.example.com/A: { weighted: { us: 1, eu: 0 }, ttl: ${ttl} } }`;
    const timeline = '[{ at: 10m, weight: policy app.example.com/A, to: { us: 0, eu: 1 } }]';
    return [
      rule,
      { policies: weighted('1h'), timeline },
      [`${severity} 10:12`],
      { policies: weighted('60s'), timeline },
    ];
  }),
];
