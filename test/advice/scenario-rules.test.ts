/** Rules about scenarios: a part that has the problem with the places it is found at, and a part that has not. */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lint } from '../../src/advice/lint/lint.ts';
import { foundBy, SCENARIO_RULES, SOUND } from './tables.ts';

/** Parts of a scenario, a line each, in the order they are written. */
interface Parts {
  readonly duration?: string;
  readonly network?: string;
  readonly providers?: string;
  readonly zone?: string;
  readonly endpoints?: string;
  readonly checks?: string;
  readonly policies?: string;
  readonly resolvers?: string;
  readonly clients?: string;
  readonly timeline?: string;
  readonly expect?: string;
}

const CHECKED =
  '{ us: { address: 203.0.113.10, check: { https: /h, interval: 10s } }, eu: { address: 198.51.100.20, check: { https: /h, interval: 10s } } }';

/** Every part stands on one line: duration 1, network 2, ..., expect 11. */
const SOUND_PARTS: Required<Parts> = {
  duration: '1h',
  network: '{ regions: [us, eu] }',
  providers: '{ one: {}, two: { domain: two-dns.org } }',
  zone: '{ name: example.com, records: "app 300 A 203.0.113.10" }',
  endpoints: CHECKED,
  checks: '{}',
  policies: '{}',
  resolvers: '{ isp: { count: 5 } }',
  clients: '{ users: { count: 100, resolvers: isp, requests: { name: app.example.com, every: 60s } } }',
  timeline: '[{ at: 10m, fail: endpoint us, for: 5m }]',
  expect: '[availability.min >= 0%]',
};

function scenario(parts: Parts): string {
  const all = { ...SOUND_PARTS, ...parts };
  return Object.entries(all)
    .map(([key, value]) => (key === 'zone' ? `zones: [${value}]` : `${key}: ${value}`))
    .join('\n');
}

const FAILOVER = '{ app.example.com/A: { failover: { primary: us, secondary: eu } } }';
const AZURE = '{ app.example.com/A: { azure: { geographic: { continent EU: eu, default: us } } } }';
const UNCHECKED = '{ us: { address: 203.0.113.10 }, eu: { address: 198.51.100.20 } }';
const PUT = (ttl: number): string => `[{ at: 40m, put: example.com, records: "app ${ttl} A 198.51.100.20" }]`;

/** Rule, parts that have the problem, what is found, parts that have not. */
const ROWS: readonly [rule: string, bad: Parts, found: readonly string[], good: Parts][] = [
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
    'policy-at-one-provider',
    { policies: FAILOVER },
    ['warning 7:13'],
    { policies: FAILOVER, providers: '{ one: {} }' },
  ],
  ['single-endpoint', {}, ['warning 4:39'], { policies: FAILOVER }],
  ['no-health-check', { endpoints: UNCHECKED, policies: FAILOVER }, ['warning 7:13'], { policies: FAILOVER }],
  [
    'no-health-check',
    { zone: '{ name: example.com, records: "app 300 A 203.0.113.10\\napp 300 A 198.51.100.20" }' },
    ['warning 4:39'],
    {},
  ],
  [
    'no-health-check',
    { endpoints: UNCHECKED, policies: '{ app.example.com/A: { weighted: { us: 1, eu: 1 } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { weighted: { us: 1, eu: 1 } } }' },
  ],
  [
    'secondary-without-check',
    {
      endpoints: '{ us: { address: 203.0.113.10, check: { tcp: true } }, eu: { address: 198.51.100.20 } }',
      policies: FAILOVER,
    },
    ['warning 7:13'],
    { policies: FAILOVER },
  ],
  [
    'check-slower-than-ttl',
    { endpoints: CHECKED.replaceAll('10s', '1m'), policies: FAILOVER },
    ['warning 5:50'],
    { policies: FAILOVER },
  ],
  ['one-checker', {}, ['note 5:50', 'note 5:119'], { network: '{ regions: [us] }' }],
  [
    'all-unhealthy',
    { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, both-unhealthy: none') },
    ['warning 7:13'],
    { policies: FAILOVER },
  ],
  [
    'all-unhealthy',
    { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, both-unhealthy: secondary') },
    ['note 7:13'],
    {},
  ],
  [
    'all-unhealthy',
    {
      providers: '{ one: { kind: route53 } }',
      policies: '{ app.example.com/A: { route53: { weighted: { us: 1, eu: 1 } } } }',
    },
    ['note 7:13'],
    {
      endpoints: UNCHECKED,
      providers: '{ one: { kind: route53 } }',
      policies: '{ app.example.com/A: { route53: { weighted: { us: 1, eu: 1 } } } }',
    },
  ],
  [
    'missing-default',
    { policies: '{ app.example.com/A: { geo: { country US: us, continent EU: eu } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { geo: { country US: us, default: eu } } }' },
  ],
  [
    'missing-default',
    { policies: '{ app.example.com/A: { regions: { us: us } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { regions: { us: us, default: eu } } }' },
  ],
  [
    'missing-default',
    { policies: '{ app.example.com/A: { networks: { 192.0.2.0/24: us } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { networks: { 192.0.2.0/24: us, default: eu } } }' },
  ],
  [
    'missing-default',
    { providers: '{ az: { kind: azure } }', policies: AZURE.replace('default', 'continent NA') },
    ['warning 7:13'],
    { providers: '{ az: { kind: azure } }', policies: AZURE },
  ],
  ['all-unhealthy', { providers: '{ az: { kind: azure } }', policies: AZURE }, ['note 7:13'], {}],
  [
    'failover-ttl',
    { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, ttl: 1h') },
    ['warning 7:13'],
    { policies: FAILOVER },
  ],
  ['failover-not-drilled', { policies: FAILOVER, timeline: '[]' }, ['note 7:13'], { policies: FAILOVER }],
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
];

function written(parts: Parts): string {
  return scenario(parts)
    .split('\n')
    .map((line) => (line.endsWith(': undefined') ? '' : line))
    .join('\n');
}

describe('a rule finds what it looks for, where it stands, and nothing else', () => {
  test.each(ROWS)('%s: %j', (rule, bad, found, good) => {
    expect(foundBy(rule, written(bad), 'drill.yaml')).toEqual(found);
    expect(foundBy(rule, written(good), 'drill.yaml')).toEqual([]);
  });

  it('names every rule for scenarios', () => {
    const covered = new Set(ROWS.map(([rule]) => rule));
    expect(SCENARIO_RULES.filter((code) => !covered.has(code))).toEqual([]);
  });

  it('places what stands in a block of records, and in a file beside the scenario', () => {
    const head = 'duration: 1h\nzones:\n  - name: example.com\n';
    const tail = 'clients: { users: { requests: { name: app.example.com } } }\n';
    const block = `${head}    records: |\n      app 300 A 203.0.113.10\n      www 300 CNAME nowhere\n${tail}`;
    expect(foundBy('dangling-alias', block, 'drill.yaml')).toEqual(['warning 6:7']);
    const beside = `${head}    file: z/example.com.zone\nproviders: { main: { servers: [{ name: ns1.example.com }, { name: ns2.example.net }] } }\n${tail}`;
    const { report, issues } = lint(
      [{ text: beside, file: 'a/drill.yaml', readFile: () => `${SOUND}www 60 CNAME nowhere\n` }],
      { only: ['dangling-alias'] },
    );
    expect(issues).toEqual([]);
    expect(report!.findings[0]!.place).toEqual({ file: 'a/z/example.com.zone', line: 7, column: 1 });
  });
});

describe('what findings cost', () => {
  const trialOf = (rule: string, parts: Parts) => {
    const input = { text: written(parts), file: 'drill.yaml' };
    return lint([input], { only: [rule] }).report!.findings[0]!.trial!;
  };

  test.each<[string, Parts]>([
    ['single-provider', { providers: '{ one: {} }' }],
    [
      'single-provider',
      {
        providers: '{ one: {} }',
        zone: '{ name: example.com, records: "app 300 A 203.0.113.10\\n@ 172800 NS ns1.one-dns.net." }',
      },
    ],
    ['one-failure-domain', { providers: '{ one: { sites: [us] } }' }],
    ['single-endpoint', {}],
    ['single-endpoint', { endpoints: '{}', timeline: '[]' }],
    ['no-health-check', { endpoints: UNCHECKED, policies: FAILOVER, providers: '{ one: {} }' }],
    [
      'check-slower-than-ttl',
      { endpoints: CHECKED.replaceAll('10s', '2m'), policies: FAILOVER, providers: '{ one: {} }' },
    ],
    [
      'all-unhealthy',
      {
        policies: FAILOVER.replace('secondary: eu', 'secondary: eu, both-unhealthy: none'),
        providers: '{ one: {} }',
      },
    ],
    [
      'missing-default',
      { policies: '{ app.example.com/A: { regions: { eu: eu } } }', providers: '{ one: {} }' },
    ],
    [
      'failover-ttl',
      { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, ttl: 1h'), providers: '{ one: {} }' },
    ],
    [
      'ttl-before-change',
      { zone: '{ name: example.com, records: "app 3600 A 203.0.113.10" }', timeline: PUT(60) },
    ],
    [
      'negative-ttl',
      {
        zone: '{ name: example.com, records: "@ 1d SOA ns1.one-dns.net. h 1 7200 900 1209600 86400\\napp 60 A 203.0.113.10" }',
      },
    ],
  ])('%s costs less with its fix: %j', (rule, parts) => {
    const trial = trialOf(rule, parts);
    expect(trial.userMinutesLost).toBeGreaterThan(0);
    expect(trial.userMinutesLostWithRemedy).toBeLessThan(trial.userMinutesLost / 1.2);
  });

  it('is the same every time, and may be left out or asked for everywhere', () => {
    const parts = { providers: '{ one: {} }' };
    const input = { text: written(parts), file: 'drill.yaml' };
    expect(lint([input])).toEqual(lint([input]));
    const trials = (which: 'none' | 'all') =>
      lint([input], { trials: which }).report!.findings.filter(({ trial }) => trial).length;
    expect(trials('none')).toBe(0);
    expect(trials('all')).toBe(2);
  });

  it('counts people as the scenario does', () => {
    const clients = (represents: number) =>
      `{ users: { count: 100, represents: ${represents}, resolvers: isp, requests: { name: app.example.com, every: 60s } } }`;
    const [few, many] = [1_000, 100_000].map(
      (count) => trialOf('single-endpoint', { clients: clients(count) }).userMinutesLost,
    );
    expect(many! / few!).toBeCloseTo(100, 0);
  });
});

describe('whatever can be read', () => {
  const label = fc.constantFrom('@', 'a', 'b', '*', '*.a', 'a.b', '_s._tcp', 'example.com', 'x.');
  const target = fc.constantFrom('a', 'b', '.', 'c.example.net.', '192.0.2.1.', 'db.internal.', '@');
  const record = fc.oneof(
    fc.tuple(label, fc.constantFrom('CNAME', 'NS', 'DNAME', 'PTR', 'ALIAS'), target),
    fc.tuple(label, fc.constant('MX 1'), target),
    fc.tuple(label, fc.constant('SRV 0 0 1'), target),
    fc.tuple(label, fc.constant('HTTPS 0'), target),
    fc.tuple(
      label,
      fc.constant('TXT'),
      fc.constantFrom('"v=spf1 include:a.example.com all"', '"v=spf1"', '""', '"v=DMARC1"', '"\\000\\255"'),
    ),
    fc.tuple(label, fc.constant('CAA 128'), fc.constantFrom('issue ";"', 'x ""')),
    fc.tuple(
      label,
      fc.constantFrom(
        'A 10.0.0.1',
        'AAAA ::1',
        'NSEC3PARAM 1 0 5 AA',
        'DS 1 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118',
        'TYPE999 \\# 0',
      ),
      fc.constant(''),
    ),
    fc.tuple(label, fc.constant('RRSIG A 5 2 60 0 4294967295 1'), fc.constant('example.com. AAAA')),
  );

  it('never makes a rule fail, and gives findings with places inside the text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100_000_000), record), { maxLength: 25 }), (rows) => {
        const text = `@ 60 SOA a b 1 2 3 4 5\n${rows.map(([ttl, [owner, type, data]]) => `${owner} ${ttl} ${type} ${data}`).join('\n')}`;
        const { report } = lint([{ text, file: 'example.com.zone' }]);
        for (const { place, fix, message } of report?.findings ?? []) {
          expect(place.line).toBeLessThanOrEqual(rows.length + 1);
          expect(`${message} ${fix}`).not.toMatch(/undefined|NaN|Infinity|\[object/);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  const shipped = readdirSync('scenarios')
    .filter((name) => name.endsWith('.yaml'))
    .sort((a, b) => Number(a > b) - Number(a < b));
  test.each(shipped)('the drill %s has no errors, and says something sensible', (name) => {
    const readFile = (path: string) => readFileSync(`scenarios/${path}`, 'utf8');
    const { report, issues } = lint([{ text: readFile(name), file: name, readFile }], { trials: 'none' });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report!.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const { message, fix } of report!.findings)
      expect(`${message} ${fix}`).not.toMatch(/undefined|NaN|\[object/);
  });
});
