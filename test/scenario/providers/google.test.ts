/** Google Cloud DNS as scenarios write it, and the order in which a VPC resolves. */
import { describe, expect, it, test } from 'vitest';
import type { GoogleRule } from '../../../src/model/authority/providers/google/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../src/model/spec.ts';
import { line, load, mustLoad } from '../base.ts';

const HEAD = `duration: 1h
network: { regions: [us-east1, europe-west1, asia-southeast1, us-west1] }
zones:
  - name: example.com
    records: |
      www 60 IN A 203.0.113.10
endpoints:
  us: { address: 203.0.113.10, check: { tcp: true } }
  eu: { address: 198.51.100.20, region: europe-west1, check: { https: /health } }
  bare: { address: 198.51.100.30 }
clients:
  users: { count: 10, requests: { name: www.example.com } }
`;
const GOOGLE = 'providers: { gcp: { kind: google } }\n';

const specOf = (more: string): WorldSpec => mustLoad(HEAD + more).strategies[0]!.spec;
const problems = (more: string): string[] =>
  load(HEAD + more).issues.map((issue) => line(issue).replace(/^\S+ /, ''));

function policyOf(words: string, options = ''): PolicySpec {
  const providers = `providers: { gcp: { kind: google, google: { ${options} } } }\n`;
  return specOf(`${providers}policies:\n  app.example.com/A: { google: ${words} }\n`).policies[0]!;
}

const ruleOf = (words: string, options = ''): GoogleRule => policyOf(words, options).rule as GoogleRule;

describe('policies', () => {
  const geo = { kind: 'geo', items: [{ addresses: [0], region: 1 }], fenced: false };
  const rows: [words: string, routing: object][] = [
    [
      '{ wrr: { us: 70, eu: 30 } }',
      {
        kind: 'wrr',
        items: [
          { addresses: [0], weight: 70 },
          { addresses: [1], weight: 30 },
        ],
      },
    ],
    [
      '{ wrr: [{ endpoint: [us, eu], weight: 0.5 }, { endpoint: us, unchecked: bare, weight: 1.5 }] }',
      {
        kind: 'wrr',
        items: [
          { addresses: [0, 1], weight: 0.5 },
          { addresses: [2, 3], weight: 1.5 },
        ],
      },
    ],
    ['{ geo: { europe-west1: eu } }', geo],
    ['{ geo: { europe-west1: eu }, geofence: true }', { ...geo, fenced: true }],
    [
      '{ geo: { us-east1: [us, bare], europe-west1: { records: [192.0.2.7, 192.0.2.8] } } }',
      {
        kind: 'geo',
        items: [
          { addresses: [0, 1], region: 0 },
          { addresses: [2, 3], region: 1 },
        ],
        fenced: false,
      },
    ],
    [
      '{ failover: { primary: us, backup: { europe-west1: eu } } }',
      {
        kind: 'failover',
        primary: [0],
        backup: { items: [{ addresses: [1], region: 1 }], fenced: false },
        trickle: 0,
        trickleToUnhealthy: true,
        allUnhealthy: 'primary',
      },
    ],
    [
      '{ failover: { primary: [us], backup: { europe-west1: eu }, trickle: 10%, geofence: true } }',
      { trickle: 0.1, backup: { fenced: true } },
    ],
  ];
  test.each(rows)('%s', (words, routing) => {
    expect(ruleOf(words).routing).toMatchObject(routing);
  });

  it('listen to the endpoints, to another check, or to none', () => {
    const { candidates } = policyOf(
      '{ wrr: [{ endpoint: [us, eu], unchecked: bare, check: eu, weight: 1 }] }',
    );
    const eu = { kind: 'endpoint', endpoint: 1 };
    expect(candidates.map(({ health }) => health)).toEqual([eu, eu, undefined]);
    expect(policyOf('{ geo: { us-east1: { unchecked: us } } }').candidates[0]!.health).toBeUndefined();
  });

  it('have load balancers whose backends speak for them', () => {
    const one = policyOf(
      '{ geo: { us-east1: { endpoint: bare, backends: [us, eu] } } }',
      'backend-share: 50%',
    );
    const backends = [0, 1].map((endpoint) => ({ kind: 'endpoint', endpoint }));
    expect(one.rule).toMatchObject({ backends: [backends], backendShare: 0.5 });
    expect(one.watches).toEqual(backends);
  });

  it('live 300 s unless something else is written', () => {
    expect(policyOf('{ wrr: { us: 1 } }').ttl).toBe(300);
  });

  it('are called what they are', () => {
    expect(policyOf('{ wrr: { us: 1 } }').word).toBe('google wrr');
    expect(policyOf('{ geo: { us-east1: us }, geofence: true }').word).toBe('google geofenced geo');
  });
});

describe('options', () => {
  it('say which reading is meant', () => {
    const words = '{ failover: { primary: us, backup: { europe-west1: eu } } }';
    const options = 'nearest: round-trip, all-unhealthy: backup, trickle-to-unhealthy: false';
    expect(ruleOf(words, options)).toMatchObject({
      nearest: 'round-trip',
      routing: { allUnhealthy: 'backup', trickleToUnhealthy: false },
    });
  });

  it('are shown with the sources of both readings', () => {
    const { strategies } = mustLoad(HEAD + GOOGLE);
    const shown = strategies[0]!.effective.map(
      ({ path, from }) => `${path} ${'source' in from ? from.source : ''}`,
    );
    const of = (key: string): string =>
      shown.find((one) => one.startsWith(`providers.gcp.google.${key} `)) ?? '';
    expect(of('all-unhealthy')).toMatch(/overview.*API reference/);
    expect(of('check-tier')).toMatch(/Compute Engine.*price list/);
  });
});

describe('checks', () => {
  const checkOf = (tier: string, check = 'tcp: true'): object =>
    specOf(
      `providers: { gcp: { kind: google, google: { check-tier: ${tier} } } }\n` +
        `checks: { c: { endpoint: us, ${check} } }\n`,
    ).checks![0]!.check;
  const sources = [0, 0, 0, 1, 1, 1, 2, 2, 2];

  it('come from three probers in each of three source regions', () => {
    expect(checkOf('standard')).toMatchObject({
      probe: {
        interval: 30e6,
        timeout: 5e6,
        failures: 2,
        successes: 2,
        regions: sources,
        quorum: 2,
        regionQuorum: 2,
        intervalFrom: 'schedule',
      },
    });
  });
  it('are every 5 s in the fast tier', () => {
    expect(checkOf('fast')).toMatchObject({ probe: { interval: 5e6, regions: sources, quorum: 2 } });
  });
  it('take other regions', () => {
    const check = checkOf('standard', 'tcp: true, regions: [us-west1, us-east1, europe-west1]');
    expect(check).toMatchObject({ probe: { regions: [3, 0, 1], quorum: 2, regionQuorum: 1 } });
  });

  it('come from fewer regions where the scenario has fewer', () => {
    const text = (HEAD + GOOGLE).replace(/regions: \[.*\]/, 'regions: [us-east1, europe-west1]');
    const { spec } = mustLoad(text).strategies[0]!;
    expect(spec.endpoints[0]!.check).toMatchObject({
      regions: [0, 0, 0, 1, 1, 1],
      quorum: 2,
      regionQuorum: 2,
    });
  });

  const rows: [tier: string, interval: string, problems: string[]][] = [
    ['standard', '30s', []],
    [
      'standard',
      '10s',
      [
        'warning scenario-short-interval: its checkers probe at most every 30s (checks.c.interval) -> Compute Engine API reference, healthChecks: at least 30 s with source regions',
      ],
    ],
    ['fast', '5s', []],
    [
      'fast',
      '4s',
      [
        'warning scenario-short-interval: its checkers probe at most every 5s (checks.c.interval) -> Cloud DNS, pricing: fast health checks of 5 s',
      ],
    ],
  ];
  test.each(rows)('%s, every %s', (tier, interval, wanted) => {
    const more = `providers: { gcp: { kind: google, google: { check-tier: ${tier} } } }\nchecks: { c: { endpoint: us, tcp: true, interval: ${interval} } }\n`;
    expect(problems(more)).toEqual(wanted);
  });
});

describe('the provider', () => {
  it('has four servers of one shard, and the times of its zones', () => {
    const { providers, zones } = specOf(GOOGLE);
    const names = providers[0]!.servers.map(({ name }) => name.replace(/cloud-[a-e]/, 'cloud-x'));
    expect(names).toEqual([1, 2, 3, 4].map((one) => `ns-cloud-x${one}.googledomains.com.`));
    expect(providers[0]).toMatchObject({ propagation: 120e6, readsClientSubnet: true });
    const zone = zones.find(({ origin }) => origin === 'example.com.')!.zone;
    expect(zone.soa()).toMatchObject({
      ttl: 21_600,
      rdata: [{ text: expect.stringMatching(/ 1 21600 3600 259200 300$/) }],
    });
    expect(zone.get(zone.origin, 2)!.ttl).toBe(21_600);
  });
});

describe('problems', () => {
  const google = (words: string, options = ''): string[] =>
    problems(
      `providers: { gcp: { kind: google, google: { ${options} } } }\npolicies: { app.example.com/A: { google: ${words} } }\n`,
    );
  const rows: [words: string, options: string, problem: string][] = [
    [
      '{ wrr: { us: 1 }, geo: { us-east1: us } }',
      '',
      'scenario-policy-kind: an RRset has one routing policy',
    ],
    ['{ geofence: true }', '', 'scenario-policy-kind: an RRset has one routing policy'],
    ['{ wrr: { us: 1 }, geofence: true }', '', 'scenario-google: the fence belongs to a geolocation policy'],
    ['{ geo: { us-east2: us } }', '', "scenario-unknown-region: there is no region 'us-east2'"],
    ['{ geo: { us-east1: [us, nobody] } }', '', "scenario-unknown-endpoint: there is no endpoint 'nobody'"],
    [
      '{ geo: { us-east1: { unchecked: nobody } } }',
      '',
      "scenario-unknown-endpoint: there is no endpoint 'nobody'",
    ],
    [
      '{ failover: { primary: nobody, backup: { us-east1: us } } }',
      '',
      "scenario-unknown-endpoint: there is no endpoint 'nobody'",
    ],
    [
      '{ failover: { primary: us, backup: {} } }',
      '',
      'scenario-google: a geolocation policy has at least one item',
    ],
    [
      '{ failover: { primary: us, backup: { us-east1: eu }, trickle: 120% } }',
      '',
      "scenario-bad-share: '120%' is not a share",
    ],
    ['{ wrr: { us: -1 } }', '', "scenario-bad-number: '-1' is not a number of at least 0"],
    ['{ geo: { us-east1: {} } }', '', 'scenario-candidate: the candidate has no data'],
    [
      '{ geo: { us-east1: { endpoint: bare, backends: [bare] } } }',
      '',
      'scenario-no-check: the backend bare has no health check',
    ],
    [
      '{ geo: { us-east1: { endpoint: [us, eu], backends: [us] } } }',
      '',
      'scenario-google: backends speak for one load balancer',
    ],
    [
      '{ geo: { us-east1: [us, eu] } }',
      'dnssec: true',
      'scenario-google: in a signed zone an item with a health check holds one address',
    ],
    [
      '{ geo: { us-east1: { endpoint: us, unchecked: bare } } }',
      'dnssec: true',
      'scenario-google: in a signed zone an item with a health check holds one address',
    ],
  ];
  test.each(rows)('%s %s', (words, options, problem) => {
    expect(google(words, options)[0]).toContain(problem);
  });

  const fine: [words: string, options: string][] = [
    ['{ geo: { us-east1: [us, eu] } }', 'dnssec: false'],
    ['{ geo: { us-east1: us, europe-west1: eu } }', 'dnssec: true'],
    ['{ geo: { us-east1: { unchecked: [us, eu] } } }', 'dnssec: true'],
  ];
  test.each(fine)('none: %s %s', (words, options) => expect(google(words, options)).toEqual([]));

  it('records of other types have no checks', () => {
    const of = (check: string): string[] =>
      problems(
        `${GOOGLE}policies: { example.com/MX: { google: { wrr: [{ records: 10 mx.example.net., check: ${check}, weight: 1 }] } } }\n`,
      );
    expect(of('us')[0]).toContain('scenario-google: MX records have no health checks at Google Cloud DNS');
    expect(of('none')).toEqual([]);
  });
});
