/** Policies and checks as scenarios write them: what becomes of them, and what is refused. */
import { describe, expect, it, test } from 'vitest';
import type { GenericRule } from '../../src/model/authority/providers/generic/rule.ts';
import type { Route53Rule } from '../../src/model/authority/providers/route53/rule.ts';
import type { PolicySpec, WorldSpec } from '../../src/model/spec.ts';
import { POLICY_FORMATS } from '../../src/scenario/providers/catalogue.ts';
import { line, load, mustLoad } from './base.ts';

const WORDS = [...POLICY_FORMATS.keys()].join(', ');

const HEAD = `duration: 1h
network: { regions: [us-east-1, eu-west-1] }
zones:
  - name: example.com
    records: |
      www 60 IN A 203.0.113.10
endpoints:
  us: { address: 203.0.113.10, check: { tcp: true } }
  eu: { address: 198.51.100.20, region: eu-west-1, check: { tcp: true } }
clients:
  users: { count: 10, requests: { name: www.example.com } }
`;

function specOf(more: string): WorldSpec {
  return mustLoad(HEAD + more).strategies[0]!.spec;
}

/** The policy of app.example.com/A written with these words. */
function policyOf(words: string, provider = 'generic'): PolicySpec {
  return specOf(`providers: { main: { kind: ${provider} } }\npolicies:\n  app.example.com/A: ${words}\n`)
    .policies[0]!;
}

function problems(more: string): string[] {
  return load(HEAD + more).issues.map(line);
}

describe('generic policies', () => {
  const rows: [words: string, rule: Partial<GenericRule>][] = [
    [
      '{ simple: [us, eu] }',
      { arrange: { kind: 'together' }, take: Number.POSITIVE_INFINITY, shuffle: true },
    ],
    ['{ simple: [us, eu], shuffle: false }', { shuffle: false }],
    ['{ weighted: { us: 70, eu: 0 } }', { arrange: { kind: 'together' }, take: 1, weights: [70, 0] }],
    ['{ weighted: [{ endpoint: us, weight: 2.5 }, eu] }', { weights: [2.5, 1] }],
    ['{ failover: [us, eu] }', { arrange: { kind: 'listed' }, unhealthy: { kind: 'ignore-health' } }],
    ['{ failover: [us, eu], unhealthy: none }', { unhealthy: { kind: 'none' } }],
    [
      '{ failover: [us, eu], unhealthy: fallback, fallback: eu }',
      { unhealthy: { kind: 'fallback', candidate: 1 } },
    ],
    ['{ latency: [us, eu] }', { arrange: { kind: 'latency' } }],
    ['{ geoproximity: { us: 10, eu: -5 } }', { arrange: { kind: 'distance', biases: [10, -5] } }],
    ['{ multivalue: [us, eu] }', { take: 8 }],
    ['{ multivalue: [us, eu], answers: 1 }', { take: 1 }],
    [
      '{ geo: { country US: us, state US-CA: us, default: eu } }',
      {
        arrange: {
          kind: 'territory',
          territories: [
            [{ level: 'country', code: 'US' }],
            [{ level: 'subdivision', code: 'US-CA' }],
            [{ level: 'world', code: '' }],
          ],
          climb: true,
        },
      },
    ],
    [
      '{ networks: { 10.0.0.0/8: us, default: eu } }',
      { arrange: { kind: 'network', blocks: [['10.0.0.0/8'], []], climb: true } },
    ],
    [
      '{ regions: { eu-west-1: eu, default: us } }',
      { arrange: { kind: 'region', regions: [[1], []], climb: true } },
    ],
  ];
  test.each(rows)('%s', (words, rule) => {
    expect(policyOf(words).rule).toMatchObject(rule);
  });

  it('take candidates of several kinds, each with its own signal', () => {
    const words =
      '{ simple: [us, { endpoint: eu, check: none }, { records: 192.0.2.7 }, { alias: www.example.com, check: us }] }';
    expect(policyOf(words).candidates).toMatchObject([
      { data: { kind: 'endpoints', endpoints: [0] }, health: { kind: 'endpoint', endpoint: 0 } },
      { data: { kind: 'endpoints', endpoints: [1] } },
      { data: { kind: 'records', rdata: [{ address: '192.0.2.7' }] } },
      { data: { kind: 'alias', name: 'www.example.com.' }, health: { kind: 'endpoint', endpoint: 0 } },
    ]);
    expect(policyOf(words).candidates.map(({ health }) => health !== undefined)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('have a TTL and a provider beside the rule', () => {
    const more =
      'providers: { main: {}, two: {} }\npolicies:\n  app.example.com/A: { simple: [us], ttl: 7s, provider: two }\n';
    expect(specOf(more).policies[0]).toMatchObject({ ttl: 7, provider: 1 });
  });

  it('decide records of any type', () => {
    const more =
      'policies:\n  app.example.com/MX: { failover: [{ records: 10 mx.example.net. }, { records: 20 mx2 }] }\n';
    expect(specOf(more).policies[0]!.candidates.map(({ data }) => data)).toMatchObject([
      { rdata: [{ text: '10 mx.example.net.' }] },
      { rdata: [{ text: '20 mx2.example.com.' }] },
    ]);
  });

  it('run at vendors too', () => {
    expect(policyOf('{ failover: [us, eu] }', 'route53').rule.kind).toBe('generic');
  });
});

describe('Route 53 policies', () => {
  const rows: [words: string, word: string, records: Route53Rule['records']][] = [
    ['{ weighted: { us: 70, eu: 0 } }', 'weighted', [{ weight: 70 }, { weight: 0 }]],
    [
      '{ failover: { secondary: eu, primary: us } }',
      'failover',
      [{ role: 'secondary' }, { role: 'primary' }],
    ],
    [
      '{ geolocation: { country US: us, default: { alias: www.example.com, evaluate-target-health: true } } }',
      'geolocation',
      [
        { territory: { level: 'country', code: 'US' } },
        { territory: { level: 'world', code: '' }, evaluatesTarget: true },
      ],
    ],
    ['{ ip: { 10.0.0.0/8: us, default: eu } }', 'ip', [{ blocks: ['10.0.0.0/8'] }, { blocks: [] }]],
    ['{ geoproximity: [{ endpoint: us, bias: -20 }, eu] }', 'geoproximity', [{ bias: -20 }, {}]],
    ['{ simple: [{ records: [192.0.2.7, 192.0.2.8] }] }', 'simple', [{}, {}]],
  ];
  test.each(rows)('%s', (words, word, records) => {
    const { rule, word: called } = policyOf(`{ route53: ${words} }`, 'route53');
    expect(called).toBe(`route53 ${word}`);
    expect((rule as Route53Rule).records).toEqual(records);
  });

  it('an alias to a resource has the health of the resource, TTL 60 s, and no check of its own', () => {
    const elb = (evaluates: boolean): PolicySpec =>
      policyOf(
        `{ route53: { weighted: [{ endpoint: us, weight: 1, resource: elb, evaluate-target-health: ${evaluates} }] }, ttl: 300s }`,
        'route53',
      );
    expect(elb(true).candidates[0]).toMatchObject({ ttl: 60 });
    expect(elb(true).candidates[0]!.health).toBeUndefined();
    expect((elb(true).rule as Route53Rule).records[0]!.target).toEqual({ kind: 'endpoint', endpoint: 0 });
    expect(elb(true).watches).toEqual([{ kind: 'endpoint', endpoint: 0 }]);
    expect((elb(false).rule as Route53Rule).records).toEqual([{ weight: 1, resource: true }]);
  });

  it('settings decide disputed rules', () => {
    const more =
      'providers: { main: { kind: route53, route53: { negative-bias: multiplied, overlap: first } } }\npolicies:\n  app.example.com/A: { route53: { ip: { default: us } } }\n';
    expect(specOf(more).policies[0]!.rule).toMatchObject({ negativeBias: 'multiplied', overlap: 'first' });
    expect(policyOf('{ route53: { ip: { default: us } } }', 'route53').rule).toMatchObject({
      negativeBias: 'divided',
      overlap: 'longest',
    });
  });

  it('the provider has four servers on four top-level domains, an SOA of 900 s, and fifteen checkers', () => {
    const spec = specOf('providers: { main: { kind: route53 } }\n');
    const names = spec.providers[0]!.servers.map(({ name }) => name.replace(/^ns-\d+\.awsdns-\d\d\./, ''));
    expect(names).toEqual(['com.', 'net.', 'org.', 'co.uk.']);
    expect(spec.zones[0]!.zone.soa()).toMatchObject({ ttl: 900 });
    expect(spec.providers[0]).toMatchObject({ propagation: 60e6, controlRegion: 0 });
    const { check } = spec.endpoints[1]!;
    expect(check).toMatchObject({ quorum: 13, aggregation: 5e6, intervalFrom: 'response', interval: 30e6 });
    expect([0, 1].map((region) => check!.regions.filter((one) => one === region).length)).toEqual([8, 7]);
  });
});

describe('checks', () => {
  it('stand by themselves and are found by name', () => {
    const more = `checks:
  deep: { endpoint: us, https: /deep, interval: 5s, by: main }
  any: { of: [deep, eu], at-least: 1, inverted: true }
  alarm: { metric: eu, threshold: 20%, period: 10s, points: 2, missing: unhealthy }
providers: { main: {} }
policies:
  app.example.com/A: { failover: [{ endpoint: us, check: any }, { endpoint: eu, check: alarm }] }
`;
    const spec = specOf(more);
    expect(spec.checks).toMatchObject([
      {
        name: 'deep',
        provider: 0,
        check: { kind: 'probe', endpoint: 0, probe: { interval: 5e6, path: '/deep' } },
      },
      {
        name: 'any',
        check: {
          kind: 'calculated',
          of: [
            { kind: 'check', check: 0 },
            { kind: 'endpoint', endpoint: 1 },
          ],
          needed: 1,
          inverted: true,
        },
      },
      {
        name: 'alarm',
        check: { kind: 'metric', endpoint: 1, threshold: 0.2, period: 10e6, points: 2, missing: 'unhealthy' },
      },
    ]);
    expect(spec.policies[0]!.candidates.map(({ health }) => health)).toEqual([
      { kind: 'check', check: 1 },
      { kind: 'check', check: 2 },
    ]);
  });
});

describe('places', () => {
  it('are told by names of regions, unless they are written', () => {
    const more =
      'network: { regions: { eu-west: {}, home: { country: DE, networks: 10.0.0.0/8 }, us: { continent: NA } } }\n';
    const text = HEAD.replace(/network:.*\n/, more).replaceAll(', region: eu-west-1', '');
    expect(mustLoad(text).strategies[0]!.spec.network.places).toEqual([
      { continent: 'EU', country: 'IE', latitude: 53.3, longitude: -6.3, networks: [] },
      { country: 'DE', networks: ['10.0.0.0/8'] },
      { continent: 'NA', networks: [] },
    ]);
  });
});

describe('resolvers', () => {
  it('send the region of their clients where the profile or the scenario says so', () => {
    const more =
      'resolvers: { google: { profile: google-public-dns }, isp: {}, own: { with: { ecs: on } } }\n';
    const text = HEAD.replace('count: 10,', 'count: 10, resolvers: isp,');
    const { resolvers } = mustLoad(text + more).strategies[0]!.spec;
    expect(resolvers.map(({ sendsClientSubnet }) => sendsClientSubnet ?? false)).toEqual([true, false, true]);
  });
});

describe('secondaries', () => {
  it('name their primary', () => {
    const more =
      'providers: { main: {}, second: { transfer: { from: main } }, third: { transfer: { from: main, notify: false } } }\n';
    expect(
      specOf(more)
        .providers.slice(0, 3)
        .map(({ transfer }) => transfer),
    ).toEqual([undefined, { from: 0, notify: true }, { from: 0, notify: false }]);
  });
});

describe('what is refused', () => {
  const rows: [what: string, more: string, problems: string[]][] = [
    [
      'no rule',
      'policies: { app.example.com/A: { ttl: 60s } }\n',
      [
        `12:32 scenario-policy-kind: the policy does not say how it decides (policies.app.example.com/A) -> write one of ${WORDS}`,
      ],
    ],
    [
      'two rules',
      'policies: { app.example.com/A: { simple: [us], latency: [us] } }\n',
      [
        `12:32 scenario-policy-kind: the policy decides in more than one way: simple, latency (policies.app.example.com/A) -> write one of ${WORDS}`,
      ],
    ],
    [
      'names nobody defines',
      'policies: { app.example.com/A: { weighted: { usa: 1, eu: 1 } }, b.example.com/A: { geo: { default: { endpoint: us, check: deep } } } }\n',
      [
        "12:51 scenario-unknown-endpoint: there is no endpoint 'usa' (policies.app.example.com/A.weighted.usa) -> did you mean 'us'?",
        "12:123 scenario-unknown-check: there is no check 'deep' (policies.b.example.com/A.geo.default.check) -> known are us, eu, none",
      ],
    ],
    [
      'places nobody knows',
      'policies: { app.example.com/A: { geo: { USA: us } }, b.example.com/A: { networks: { 10.0.0.0/33: us } }, c.example.com/A: { regions: { us: us } } }\n',
      [
        "12:41 scenario-bad-territory: 'USA' is not a part of the world (policies.app.example.com/A.geo.USA) -> write continent NA, country US, state US-VA or default",
        "12:85 scenario-bad-block: '10.0.0.0/33' is not an address block (policies.b.example.com/A.networks.10.0.0.0/33) -> write a block such as 198.51.100.0/24",
        "12:136 scenario-unknown-region: there is no region 'us' (policies.c.example.com/A.regions.us) -> write one of us-east-1, eu-west-1 or default",
      ],
    ],
    [
      'secondaries of themselves, or of secondaries',
      'providers: { main: { transfer: { from: main } }, second: { transfer: { from: main } } }\n',
      [
        '12:40 scenario-no-primary: the provider main is no primary (providers.main.transfer.from) -> name a provider without transfer',
        '12:78 scenario-no-primary: the provider main is no primary (providers.second.transfer.from) -> name a provider without transfer',
      ],
    ],
    [
      'a fallback that is none of the answers',
      'policies: { app.example.com/A: { failover: [us, eu], unhealthy: fallback } }\n',
      [
        '12:65 scenario-no-fallback: the fallback is none of the answers (policies.app.example.com/A.unhealthy) -> add fallback: us or eu',
      ],
    ],
    [
      "a vendor's rule at another provider, and its settings",
      'providers: { main: { route53: {} } }\npolicies: { app.example.com/A: { route53: { simple: [us] } } }\n',
      [
        '12:22 scenario-foreign-options: the provider is of kind generic, so it has no settings of route53 (providers.main.route53) -> write kind: route53',
        '13:34 scenario-foreign-policy: the provider main is of kind generic and knows no rules of route53 (policies.app.example.com/A.route53) -> write kind: route53 under providers.main, or use a generic policy',
      ],
    ],
    [
      'groups Route 53 does not take',
      'providers: { main: { kind: route53 } }\npolicies: { app.example.com/A: { route53: { failover: { primary: us } } }, b.example.com/A: { route53: { multivalue: [{ alias: www.example.com }] } }, c.example.com/A: { route53: { weighted: { us: 256 } } } }\n',
      [
        "13:198 scenario-bad-number: '256' is not a whole number from 0 to 255 (policies.c.example.com/A.route53.weighted.us)",
      ],
    ],
    [
      'a group without a secondary, and aliases as multivalue records',
      'providers: { main: { kind: route53 } }\npolicies: { app.example.com/A: { route53: { failover: { primary: us } } }, b.example.com/A: { route53: { multivalue: [{ alias: www.example.com }] } } }\n',
      [
        '13:55 scenario-route53: a failover group has a primary and a secondary record (policies.app.example.com/A.route53.failover)',
        '13:118 scenario-route53: multivalue records cannot be aliases (policies.b.example.com/A.route53.multivalue) -> name the endpoints themselves',
      ],
    ],
    [
      'checks of no kind, or of things that have none',
      'checks: { a: { inverted: true }, b: { endpoint: us }, c: { of: [d] }, d: { of: [us] } }\n',
      [
        '12:14 scenario-check-kind: the check must be one of three: a probe, a count, an alarm (checks.a) -> write one of endpoint: NAME, of: [NAMES], metric: NAME',
        '12:37 scenario-check-kind: the check does not say what it probes (checks.b) -> write one of https: /path, http: /path, tcp: true, ping: true, dns: true',
      ],
    ],
    [
      'a count of a check that comes later',
      'checks: { c: { of: [d] }, d: { of: [us] } }\n',
      [
        "12:21 scenario-no-check: 'd' is neither a check listed before this one nor an endpoint with a check (checks.c.of.0) -> list it before, or add a check to the endpoint",
      ],
    ],
  ];
  test.each(rows)('%s', (_, more, wanted) => {
    expect(problems(more)).toEqual(wanted);
  });
});
