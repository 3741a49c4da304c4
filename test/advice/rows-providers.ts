/** The rules about checks at every kind of provider, each in its own words. */
import { CHECKED, type Parts, UNCHECKED } from './parts.ts';
import type { Row } from './rows.ts';

/** One policy at one provider of a kind. */
function at(kind: string, policy: string, more: Parts = {}): Parts {
  return {
    providers: `{ one: { kind: ${kind} } }`,
    policies: `{ app.example.com/A: { ${kind}: ${policy} } }`,
    ...more,
  };
}

const BARE: Parts = { endpoints: UNCHECKED };
/** The primary has a check, the secondary has none. */
const HALF: Parts = {
  endpoints:
    '{ us: { address: 203.0.113.10, check: { https: /h, interval: 10s } }, eu: { address: 198.51.100.20 } }',
};
const SLOW: Parts = { endpoints: CHECKED.replaceAll('interval: 10s', 'interval: 5m') };
const HERE = ['warning 7:13'];

/** Failover from us to eu, in the words of each kind. */
const FAILOVERS: Readonly<Record<string, string>> = {
  route53: '{ failover: { primary: us, secondary: eu } }',
  azure: '{ priority: [us, eu] }',
  cloudflare: '{ pools: { a: [us], b: [eu] } }',
  google: '{ failover: { primary: us, backup: { eu: eu } } }',
  ns1: '{ answers: [us, eu], chain: [up, { select_first_n: { N: 1 } }] }',
};

const perKind = Object.entries(FAILOVERS).flatMap(([kind, policy]): Row[] => [
  ['no-health-check', at(kind, policy, BARE), HERE, at(kind, policy)],
  ['secondary-without-check', at(kind, policy, HALF), HERE, at(kind, policy)],
  [
    'check-slower-than-ttl',
    { ...at(kind, policy, SLOW), policies: `{ app.example.com/A: { ${kind}: ${policy}, ttl: 30s } }` },
    ['warning 5:50'],
    { ...at(kind, policy), policies: `{ app.example.com/A: { ${kind}: ${policy}, ttl: 10m } }` },
  ],
  ['failover-not-drilled', at(kind, policy, { timeline: '[]' }), ['note 7:13'], at(kind, policy)],
]);

const LUA = (code: string): Parts => ({
  providers: '{ one: { kind: powerdns, powerdns: { enable-lua-records: yes } } }',
  zone: `{ name: example.com, records: 'app 60 LUA A "${code}"' }`,
});

export const PROVIDER_ROWS: readonly Row[] = [
  ...perKind,
  [
    'secondary-without-check', // an alias that does not evaluate its target is always healthy
    {
      ...at('route53', ''),
      policies:
        '{ two.example.com/A: { route53: { failover: { primary: us, secondary: eu } } }, app.example.com/A: { route53: { failover: { primary: us, secondary: { alias: two.example.com } } } } }',
    },
    ['warning 7:91'],
    {
      ...at('route53', ''),
      policies:
        '{ two.example.com/A: { route53: { failover: { primary: us, secondary: eu } } }, app.example.com/A: { route53: { failover: { primary: us, secondary: { alias: two.example.com, evaluate-target-health: true } } } } }',
    },
  ],
  [
    'no-health-check', // geographic routing answers Degraded endpoints
    at('azure', '{ geographic: { continent EU: eu, default: us } }'),
    HERE,
    at('azure', '{ performance: [us, eu] }'),
  ],
  [
    'no-health-check', // monitors that no filter reads
    at('ns1', '{ answers: [us, eu], chain: [{ select_first_n: { N: 1 } }] }'),
    HERE,
    at('ns1', '{ answers: [us, eu], chain: [up, { select_first_n: { N: 1 } }] }'),
  ],
  [
    'no-health-check', // a pool without a monitor
    at('cloudflare', '{ pools: { all: [us, eu] } }', BARE),
    HERE,
    at('cloudflare', '{ pools: { all: [us, eu] } }'),
  ],
  [
    'no-health-check', // addresses that are answered unchecked
    at('google', '{ failover: { primary: { unchecked: us }, backup: { eu: eu } } }'),
    HERE,
    at('google', '{ failover: { primary: us, backup: { eu: eu } } }'),
  ],
  [
    'no-health-check', // code that picks, dead or alive
    LUA("pickrandom({''203.0.113.10'', ''198.51.100.20''})"),
    ['warning 4:39'],
    LUA("ifportup(443, {''203.0.113.10'', ''198.51.100.20''})"),
  ],
  [
    'check-slower-than-ttl', // thirty sweeps of five seconds
    LUA("ifportup(443, {''203.0.113.10'', ''198.51.100.20''}, {minimumFailures=30})"),
    ['warning 4:39'],
    LUA("ifportup(443, {''203.0.113.10'', ''198.51.100.20''}, {minimumFailures=3})"),
  ],
  [
    'no-health-check', // CoreDNS checks nothing itself
    {
      providers: '{ one: { kind: coredns } }',
      zone: '{ name: example.com, records: "app 300 A 203.0.113.10\\napp 300 A 198.51.100.20" }',
    },
    ['warning 4:39'],
    { providers: '{ one: { kind: coredns } }' },
  ],
  ...(
    [
      ['route53', FAILOVERS['route53']!, 'note'],
      ['azure', FAILOVERS['azure']!, 'note'],
      ['cloudflare', FAILOVERS['cloudflare']!, 'note'],
      ['cloudflare', '{ pools: { a: [us], b: [eu] }, fallback: none }', 'warning'],
      ['google', FAILOVERS['google']!, 'note'],
      ['ns1', FAILOVERS['ns1']!, 'warning'],
    ] as const
  ).map(
    ([kind, policy, severity]): Row => [
      'all-unhealthy',
      at(kind, policy),
      [`${severity} 7:13`],
      at(kind, policy, BARE),
    ],
  ),
  ...(
    [
      ['azure', '{ subnet: { 192.0.2.0/24: us } }', '{ subnet: { 192.0.2.0/24: us, default: eu } }'],
      ['route53', '{ geolocation: { country US: us } }', '{ geolocation: { country US: us, default: eu } }'],
      ['route53', '{ ip: { 192.0.2.0/24: us } }', '{ ip: { 192.0.2.0/24: us, default: eu } }'],
      [
        'ns1',
        '{ answers: [{ endpoint: us, meta: { country: US } }], chain: [{ geofence_country: { remove_no_location: true } }] }',
        '{ answers: [{ endpoint: us, meta: { country: US } }, eu], chain: [geofence_country] }',
      ],
    ] as const
  ).map(([kind, bad, good]): Row => ['missing-default', at(kind, bad), HERE, at(kind, good)]),
];
