/** What is billed and as what, rule by rule, found in played worlds. Each row names the page it stands on. */
import { describe, expect, it, test } from 'vitest';
import { HOUR } from '../../../src/base/time.ts';
import { loadScenario, playTask, type ReplicationRecord } from '../../../src/index.ts';
import type { AnswerVolume, ProviderCostRecord } from '../../../src/measure/cost/record.ts';

const NOTHING = `
duration: 20m
replications: 1
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
      www 60 IN CNAME app
      far 60 IN CNAME elsewhere.example.net.
  - name: example.net
    providers: [other]
    records: elsewhere 60 IN A 203.0.113.12
endpoints:
  east: { address: 203.0.113.10, check: { https: /health, interval: 10s } }
  west: { address: 198.51.100.20, check: { tcp: true, interval: 30s } }
resolvers:
  isp: { profile: rfc-reference, count: 5 }
`;

function play(parts: string, { kind = 'route53', sets = [] as string[] } = {}): ReplicationRecord {
  const providers = `providers:\n  main: { kind: ${kind} }\n  other: { kind: coredns }\n`;
  const plain = NOTHING.replace('- name: example.com\n', '- name: example.com\n    providers: [main]\n');
  const { scenario, issues } = loadScenario({ text: plain + providers + parts, file: 'drill.yaml', sets });
  if (!scenario) throw new Error(JSON.stringify(issues, undefined, 1));
  return playTask(scenario, { strategy: 0, replication: 0 });
}

const asking = (name: string, types = ''): string =>
  `clients:\n  all: { count: 50, app: none, os: none, requests: { name: ${name}, every: 30s${types} } }\n`;

const main = (record: ReplicationRecord): ProviderCostRecord => record.cost!.providers[0]!;

/** `A plain data chained: query` by volume, those with any. */
function volumes(record: ReplicationRecord): Map<string, number> {
  const text = ({ type, route, kind, chained, price }: AnswerVolume): string =>
    `${type} ${route} ${kind}${chained ? ' chained' : ''}: ${price ?? 'not billed'}`;
  return new Map(main(record).answers.map((one) => [text(one), one.millionsPerMonth]));
}

const POLICIES = (rule: string): string => `policies:\n  app.example.com/A: { ${rule}, ttl: 60s }\n`;

describe('queries at Route 53 (price page, 2026-09-20)', () => {
  test.each([
    ['a record is standard', '', 'A plain data: query'],
    ['weighted is standard', 'route53: { weighted: { east: 1, west: 1 } }', 'A policy data: query'],
    [
      'failover is standard',
      'route53: { failover: { primary: east, secondary: west } }',
      'A policy data: query',
    ],
    ['multivalue is standard', 'route53: { multivalue: [east, west] }', 'A policy data: query'],
    ['latency', 'route53: { latency: [{ endpoint: east }] }', 'A latency data: query-latency'],
    ['geolocation', 'route53: { geolocation: { default: east } }', 'A geo data: query-geo'],
    ['IP-based', 'route53: { ip: { default: east } }', 'A ip data: query-ip'],
    [
      'an alias to a resource is free',
      'route53: { weighted: [{ endpoint: east, weight: 1, resource: elb }] }',
      'A resource data: query-alias',
    ],
  ])('%s', (_, rule, expected) => {
    const record = play((rule === '' ? '' : POLICIES(rule)) + asking('app.example.com'));
    expect([...volumes(record).keys()].filter((key) => key.startsWith('A '))).toEqual([expected]);
  });

  it('a CNAME and its target inside are two queries: asked for at once, or one after the other', () => {
    const whole = volumes(
      play(asking('www.example.com'), { sets: ['resolvers.isp.with.chain-trust=whole'] }),
    );
    expect([...whole.keys()].sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'A plain cname: query',
      'A plain data chained: query',
    ]);
    expect(whole.get('A plain data chained: query')).toBe(whole.get('A plain cname: query'));
    const link = volumes(
      play(asking('www.example.com'), { sets: ['resolvers.isp.with.chain-trust=first-link'] }),
    );
    expect([...link.keys()].sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'A plain cname: query',
      'A plain data: query',
    ]);
    expect(link.get('A plain data: query')! / link.get('A plain cname: query')!).toBeCloseTo(1, 1);
  });

  it('a CNAME that leads to another operator is one', () => {
    expect([...volumes(play(asking('far.example.com'))).keys()]).toEqual(['A plain data: query']);
  });

  it('negative answers bill as standard', () => {
    expect([...volumes(play(asking('none.example.com'))).keys()]).toEqual(['A plain nxdomain: query']);
    const nodata = volumes(play(asking('app.example.com', ', types: [AAAA]')));
    expect([...nodata.keys()]).toEqual(['AAAA plain nodata: query']);
  });

  it('errors and lost queries are not billed', () => {
    const refusing = play(
      `${asking('app.example.com')}timeline:\n  - { at: 0s, wrong: provider main, answer: refused }\n`,
    );
    for (const item of main(refusing).items) expect(item.key.startsWith('query')).toBe(false);
    const silent = play(`${asking('app.example.com')}timeline:\n  - { at: 0s, fail: provider main }\n`);
    expect(main(silent).answers).toEqual([]);
  });

  it('a private zone is free', () => {
    const text = `${asking('app.example.com')}`;
    const { scenario, issues } = loadScenario({
      text:
        NOTHING.replace(
          '- name: example.com\n',
          '- name: example.com\n    providers: [main]\n    private: { resolvers: [isp] }\n',
        ) +
        `providers:\n  main: { kind: route53 }\n  other: { kind: coredns }\n` +
        text,
      file: 'drill.yaml',
    });
    if (!scenario) throw new Error(JSON.stringify(issues));
    const record = playTask(scenario, { strategy: 0, replication: 0 });
    expect([...volumes(record).keys()]).toEqual(['A private data: query-private']);
    expect(main(record).items.find(({ key }) => key === 'query-private')!.month).toBe(0);
  });
});

describe('other lists', () => {
  const failover = POLICIES('failover: { primary: east, secondary: west }');

  test.each([
    ['google', 'A policy data: query-routed'],
    ['azure', 'A policy data: query-routed'],
    ['cloudflare', 'A policy data: query-routed'],
    ['generic', 'A policy data: query'],
    ['ns1', 'A policy data: not billed'],
    ['coredns', 'A policy data: not billed'],
  ])('a policy under the prices of %s: %s', (list, expected) => {
    const record = play(`${failover}prices: { main: { as: ${list} } }\n${asking('app.example.com')}`, {
      kind: 'generic',
    });
    expect([...volumes(record).keys()]).toEqual([expected]);
  });

  it('only Route 53 bills chains', () => {
    for (const list of ['google', 'azure', 'cloudflare']) {
      const record = play(`prices: { main: { as: ${list} } }\n${asking('www.example.com')}`, {
        kind: 'generic',
        sets: ['resolvers.isp.with.chain-trust=whole'],
      });
      expect(volumes(record).has('A plain data chained: not billed')).toBe(true);
    }
  });

  it('load balancing at Cloudflare: a base price, two endpoints included', () => {
    const record = play(`${failover}prices: { main: { as: cloudflare } }\n${asking('app.example.com')}`, {
      kind: 'generic',
    });
    const months = new Map(main(record).items.map(({ key, month }) => [key, month]));
    expect(months.get('balancing')).toBe(5);
    expect(months.get('endpoint')).toBe(0);
    const without = play(`prices: { main: { as: cloudflare } }\n${asking('app.example.com')}`, {
      kind: 'generic',
    });
    expect(main(without).items.map(({ key }) => key)).toEqual(['zone', 'query']);
  });
});

describe('what does not depend on traffic', () => {
  const units = (record: ReplicationRecord): Map<string, [number, number | null]> =>
    new Map(main(record).items.map(({ key, quantity, month }) => [key, [quantity, month]]));

  it('health checks outside of AWS, with HTTPS and the fast interval as options', () => {
    const found = units(play(asking('app.example.com')));
    expect(found.get('check-elsewhere')).toEqual([2, 1.5]);
    expect(found.get('check-option-elsewhere')).toEqual([2, 4]);
    expect(found.get('zone')).toEqual([1, 0.5]);
  });

  it('checks of AWS endpoints: the first fifty are free, options are not', () => {
    const found = units(
      play(`prices: { main: { inside: [east, west], string-matching: west } }\n${asking('app.example.com')}`),
    );
    expect(found.get('check')).toEqual([2, 0]);
    expect(found.get('check-option')).toEqual([3, 3]);
    expect(found.has('check-elsewhere')).toBe(false);
  });

  it('quantities of the scenario replace what follows from it', () => {
    const found = units(
      play(`prices: { main: { quantities: { zone: 30, policy-record: 2 } } }\n${asking('app.example.com')}`),
    );
    expect(found.get('zone')).toEqual([30, 13]);
    expect(found.get('policy-record')).toEqual([2, 100]);
  });

  it('software has no price but its licence', () => {
    const other = play(asking('far.example.com')).cost!.providers[1]!;
    expect(other.items).toMatchObject([{ key: 'licence', month: 0, price: { confidence: 'licence' } }]);
  });
});

describe('unknown prices', () => {
  it('are never zero', () => {
    const { items } = main(play(asking('app.example.com'), { kind: 'generic' }));
    expect(items.map(({ key, month }) => [key, month])).toEqual([
      ['zone', null],
      ['query', null],
      ['check-elsewhere', null],
    ]);
  });

  it('a contract of a known price covers them', () => {
    const { items } = main(
      play(`prices: { main: { as: ns1, contract: 250 } }\n${asking('app.example.com')}`, { kind: 'generic' }),
    );
    expect(items.map(({ key, month }) => [key, month])).toEqual([['contract', 250]]);
  });
});

describe('the month', () => {
  it('is the time before the first fault; the faults are told apart', () => {
    const record = play(
      `${asking('app.example.com')}timeline:\n  - { at: 10m, wrong: provider main, answer: servfail, for: 5m }\n`,
    );
    expect(record.cost).toMatchObject({ basis: 'before-faults', basisMicros: HOUR / 6 });
    const item = main(record).items.find(({ key }) => key === 'query')!;
    // Errors are not billed, so the fault makes the bill smaller.
    expect(item.outage!.quantity).toBeLessThan(0);
    expect(item.outage!.cost).toBeLessThan(0);
  });

  it('prices change no event', () => {
    const one = play(asking('app.example.com'));
    const other = play(`prices: { main: { query: 9 } }\n${asking('app.example.com')}`);
    expect(other.digest).toBe(one.digest);
    expect(other.cost).not.toEqual(one.cost);
    expect(play(asking('app.example.com'))).toEqual(one);
  });
});
