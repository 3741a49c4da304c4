/** Azure DNS and Traffic Manager as scenarios write them. */
import { describe, expect, it, test } from 'vitest';
import type { AzureRule } from '../../../src/model/authority/providers/azure/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import { line, load, mustLoad } from '../base.ts';

const HEAD = `duration: 1h
network: { regions: [us-east, eu-west, ap-southeast] }
zones:
  - name: example.com
    records: |
      www 3600 IN A 203.0.113.10
endpoints:
  us: { address: 203.0.113.10, region: us-east, check: { tcp: true } }
  eu: { address: 198.51.100.20, region: eu-west, check: { https: /health } }
  bare: { address: 198.51.100.30 }
clients:
  users: { count: 10, requests: { name: www.example.com } }
`;
const azure = (options = ''): string => `providers: { az: { kind: azure, azure: { ${options} } } }\n`;

const specOf = (more: string): WorldSpec => mustLoad(HEAD + more).strategies[0]!.spec;
const problems = (more: string): string[] =>
  load(HEAD + more).issues.map((issue) => line(issue).replace(/^\S+ /, ''));

function policyOf(words: string, options = '', more = '', type = 'A'): PolicySpec {
  const head = `${azure(options)}policies:\n  app.example.com/${type}: { azure: ${words}${more} }\n`;
  return specOf(head).policies[0]!;
}
const ruleOf = (words: string, options = ''): AzureRule => policyOf(words, options).rule as AzureRule;

describe('profiles', () => {
  const rows: [words: string, rule: object][] = [
    ['{ priority: [us, eu] }', { method: 'priority', endpoints: [{ priority: 1 }, { priority: 2 }] }],
    [
      '{ priority: [{ endpoint: us, priority: 9 }, { endpoint: eu, priority: 3 }] }',
      { endpoints: [{ priority: 9 }, { priority: 3 }] },
    ],
    ['{ weighted: { us: 70, eu: 30 } }', { endpoints: [{ weight: 70 }, { weight: 30 }] }],
    ['{ weighted: [us, { endpoint: eu, weight: 3 }] }', { endpoints: [{ weight: 1 }, { weight: 3 }] }],
    ['{ performance: [us, eu] }', { method: 'performance', maxReturn: 1 }],
    ['{ multivalue: [us, eu, bare] }', { method: 'multivalue', maxReturn: 2 }],
    ['{ multivalue: [us, eu, bare], max-return: 3 }', { maxReturn: 3 }],
    [
      '{ geographic: { continent EU: eu, default: { endpoint: us, status: disabled } } }',
      {
        endpoints: [
          { territory: { level: 'continent', code: 'EU' }, status: 'enabled' },
          { territory: { level: 'world', code: '' }, status: 'disabled' },
        ],
      },
    ],
    [
      '{ subnet: { 198.51.100.0/24: eu, default: us } }',
      { endpoints: [{ blocks: ['198.51.100.0/24'] }, { blocks: [] }], subnetDegraded: 'skipped' },
    ],
    ['{ priority: [us], enabled: false }', { enabled: false }],
    [
      '{ priority: [{ profile: eu.example.com, min-child-endpoints: 2 }, us] }',
      { endpoints: [{ minChildEndpoints: 2 }, { priority: 2 }] },
    ],
    ['{ priority: [{ profile: eu.example.com }] }', { endpoints: [{ minChildEndpoints: 1 }] }],
    ['{ alias: www.example.com }', { method: 'alias', enabled: true }],
  ];
  test.each(rows)('%s', (words, rule) => expect(ruleOf(words)).toMatchObject(rule));

  it('may have named endpoints, as CNAME records', () => {
    const { candidates } = policyOf(
      '{ priority: [{ records: lb.example.net., check: us }] }',
      '',
      '',
      'CNAME',
    );
    expect(candidates[0]).toMatchObject({
      data: { kind: 'records', rdata: [{ text: 'lb.example.net.' }] },
      health: { kind: 'endpoint', endpoint: 0 },
    });
  });

  it('can serve an endpoint always', () => {
    expect(policyOf('{ priority: [{ endpoint: us, check: none }] }').candidates[0]!.health).toBeUndefined();
  });

  it('are called what they are', () =>
    expect(policyOf('{ geographic: { default: us } }').word).toBe('azure geographic'));
});

describe('options', () => {
  const rows: [what: string, options: string, more: string, ttl: number][] = [
    ['performance considerations: 300 s', '', '', 300],
    ['the portal: 60 s', 'default-ttl: 60s', '', 60],
    ['what the profile says', 'default-ttl: 60s', ', ttl: 30s', 30],
  ];
  test.each(rows)('TTL: %s', (_, options, more, ttl) => {
    const head = `${azure(options)}policies:\n  app.example.com/A: { azure: { priority: [us] }${more} }\n`;
    expect(specOf(head).policies[0]!.ttl).toBe(ttl);
  });

  it('name both sources of the TTL', () => {
    const { strategies } = mustLoad(HEAD + azure());
    const shown = strategies[0]!.effective.find(({ path }) => path === 'providers.az.azure.default-ttl');
    expect(JSON.stringify(shown)).toMatch(/performance considerations: 300 s; .*portal have 60 s/);
  });

  it('say what becomes of clients of a Degraded subnet', () => {
    expect(ruleOf('{ subnet: { default: us } }', 'subnet-degraded: answered').subnetDegraded).toBe(
      'answered',
    );
  });
});

describe('probes', () => {
  const probe = (options: string): object =>
    specOf(`${azure(options)}checks: { c: { endpoint: us, tcp: true } }\n`).checks![0]!.check;
  it('tolerate three failures, and recover at one success [monitoring]', () => {
    const wanted = {
      interval: 30e6,
      timeout: 10e6,
      failures: 4,
      successes: 1,
      regions: [0, 1, 2],
      quorum: 2,
    };
    expect(probe('')).toMatchObject({ probe: wanted });
  });
  it('are fast for a price [monitoring]', () => {
    expect(probe('check-tier: fast')).toMatchObject({ probe: { interval: 10e6, timeout: 9e6, failures: 4 } });
  });
  test.each([
    ['majority', 2],
    ['any', 1],
    ['all', 3],
  ])('come to a verdict by %s of the locations [not documented]', (vote, quorum) => {
    expect(probe(`probe-vote: ${vote}`)).toMatchObject({ probe: { quorum } });
  });
  it('are not faster than that', () => {
    const every = (tier: string, interval: string): string[] =>
      problems(
        `${azure(`check-tier: ${tier}`)}checks: { c: { endpoint: us, tcp: true, interval: ${interval} } }\n`,
      );
    expect(every('standard', '10s')[0]).toMatch(/scenario-short-interval: .* at most every 30s/);
    expect(every('fast', '10s')).toEqual([]);
  });
});

describe('zones [zones and records]', () => {
  it('have one server in each of four top-level domains, and its times', () => {
    const spec = specOf(azure());
    const names = spec.providers[0]!.servers.map((server) => server.name);
    const group = /^ns1-(\d\d)/.exec(names[0]!)![1];
    expect(names).toEqual(
      ['com', 'net', 'org', 'info'].map((tld, at) => `ns${at + 1}-${group}.azure-dns.${tld}.`),
    );
    const { zone } = spec.zones.find(({ origin }) => origin === 'example.com.')!;
    expect(zone.soa()).toMatchObject({
      ttl: 3600,
      rdata: [{ text: expect.stringMatching(/ 1 3600 300 2419200 300$/) }],
    });
    expect(zone.get(zone.origin, 2)!.ttl).toBe(172_800);
    expect(spec.providers[0]!.propagation).toBe(60e6);
  });
});

describe('problems', () => {
  const rows: [words: string, problem: string][] = [
    ['{ priority: [us], weighted: { eu: 1 } }', 'scenario-policy-kind: a profile has one routing method'],
    ['{ enabled: false }', 'scenario-policy-kind: a profile has one routing method'],
    ['{ alias: www.example.com, enabled: false }', 'scenario-azure: an alias record set is not disabled'],
    ['{ priority: [nobody] }', "scenario-unknown-endpoint: there is no endpoint 'nobody'"],
    [
      '{ geographic: { continent XX: us } }',
      "scenario-bad-territory: 'continent XX' is not a part of the world",
    ],
    ['{ subnet: { 198.51.100.0/33: us } }', "scenario-bad-block: '198.51.100.0/33' is not an address block"],
    ['{ weighted: { us: 0 } }', 'scenario-bad-number'],
    ['{ weighted: { us: 1001 } }', 'scenario-bad-number'],
    [
      '{ multivalue: [us, { profile: eu.example.com }] }',
      'scenario-azure: a multivalue profile has addresses only',
    ],
    [
      '{ priority: [us, { endpoint: eu, priority: 1 }] }',
      'scenario-azure: two endpoints have the same priority',
    ],
  ];
  test.each(rows)('%s', (words, problem) => {
    const found = problems(`${azure()}policies: { app.example.com/A: { azure: ${words} } }\n`);
    expect(found.join('\n')).toContain(problem);
  });
  it('none', () => {
    const words = '{ priority: [{ endpoint: us, priority: 2 }, { endpoint: eu, priority: 1 }] }';
    expect(problems(`${azure()}policies: { app.example.com/A: { azure: ${words} } }\n`)).toEqual([]);
  });
});

describe('private zones [dns/private-dns-fallback]', () => {
  const scenario = (name: string, resolver: string): string => `duration: 5m
start: cold
providers: { public: { kind: azure }, private: { kind: azure } }
zones:
  - name: example.com
    providers: public
    records: |
      www 60 IN A 203.0.113.1
      only.public 60 IN A 203.0.113.2
  - name: example.com
    providers: private
    private: { resolvers: vnet }
    records: |
      www 60 IN A 10.1.0.1
resolvers:
  vnet: { count: 1, profile: azure-resolver }
  isp: { count: 1 }
clients:
  one: { count: 5, resolvers: ${resolver}, requests: { name: ${name}, every: 10s } }
`;
  const rows: [what: string, resolver: string, name: string, answer: string][] = [
    ['a linked zone answers', 'vnet', 'www.example.com', '10.1.0.1'],
    ['what it does not hold does not exist, public or not', 'vnet', 'only.public.example.com', 'nxdomain'],
    ['elsewhere the public zone answers', 'isp', 'www.example.com', '203.0.113.1'],
    ['and has what it has', 'isp', 'only.public.example.com', '203.0.113.2'],
  ];
  test.each(rows)('%s', (_, resolver, name, wanted) => {
    const { spec } = mustLoad(scenario(name, resolver)).strategies[0]!;
    const seen = new Set<string>();
    const world = new World(spec, 1, 0, { observer: ({ address, outcome }) => seen.add(address || outcome) });
    world.runUntil(spec.duration);
    expect([...seen].join(' | ')).toBe(wanted);
  });
});

describe('alias record sets', () => {
  it('stand at the apex, and lead to a profile or to a record of the zone [dns-alias]', () => {
    const of = (target: string): PolicySpec =>
      specOf(
        `${azure()}policies:\n  app.example.com/A: { azure: { priority: [us, eu] } }\n` +
          `  example.com/A: { azure: { alias: ${target} } }\n`,
      ).policies[1]!;
    for (const target of ['app.example.com', 'www.example.com']) {
      expect(of(target).candidates[0]!.data).toEqual({ kind: 'alias', name: `${target}.`, ttl: 'target' });
    }
  });
});
