/**
 * The rules of Cloudflare's load balancing, each from a page of its documentation (named in brackets, below
 * load-balancing/ unless it says otherwise).
 */
import { describe, expect, it, test } from 'vitest';
import type { Surroundings } from '../../../../src/model/authority/policy-logic.ts';
import { balancerLogic } from '../../../../src/model/authority/providers/cloudflare/balancer.ts';
import { cfRegionOf } from '../../../../src/model/authority/providers/cloudflare/geography.ts';
import {
  type BalancerRule,
  type CloudflareOptions,
  type GeoPools,
  PLAIN_OPTIONS,
  type PoolRule,
  type Steering,
} from '../../../../src/model/authority/providers/cloudflare/rule.ts';
import type { CandidateSpec, HealthRef, PlaceSpec, PolicySpec } from '../../../../src/model/spec.ts';
import { provider } from '../../world.ts';
import {
  AP,
  answers,
  answerText,
  ENDPOINTS,
  EU,
  endpoint,
  NOWHERE,
  placedWorld,
  policy,
  query,
  shares,
  surroundings,
  US,
} from './worlds.ts';

const LOGICS = { cloudflare: balancerLogic(PLAIN_OPTIONS) };

/** A data centre in every region. */
const EVERYWHERE = provider();
const SITES = [US, EU, AP, NOWHERE].map((region) => ({ region, capacity: Number.POSITIVE_INFINITY }));
const PROVIDER = { ...EVERYWHERE, servers: EVERYWHERE.servers.map((one) => ({ ...one, sites: SITES })) };

function around(...unhealthy: string[]): Surroundings {
  return { ...surroundings(unhealthy), spec: placedWorld({ providers: [PROVIDER] }) };
}

const unchecked = (label: string): CandidateSpec => {
  const { health: _, ...bare } = endpoint(label);
  return bare;
};

interface PoolWords extends Partial<Omit<PoolRule, 'members'>> {
  /** Endpoints, or endpoints with weights. */
  readonly of: readonly (string | readonly [string, number])[];
  readonly monitored?: boolean;
  readonly views?: ReadonlyMap<number, HealthRef>;
}

type Words = Partial<Omit<BalancerRule, 'pools'>> & { readonly pools: Readonly<Record<string, PoolWords>> };

function balancer({ pools: words, ...rest }: Words): PolicySpec {
  const candidates: CandidateSpec[] = [];
  const pools = Object.entries(words).map(([name, { of, monitored = true, views = new Map(), ...pool }]) => ({
    name,
    minimum: 1,
    weight: 1,
    steering: 'random' as const,
    enabled: true,
    ...pool,
    members: of.map((one) => {
      const [label, weight] = typeof one === 'string' ? [one, 1] : one;
      const candidate = candidates.push(monitored ? endpoint(label) : unchecked(label)) - 1;
      return { candidate, weight, views };
    }),
  }));
  const rule: BalancerRule = {
    kind: 'cloudflare',
    enabled: true,
    steering: 'off',
    pools,
    defaults: pools.map((_, at) => at),
    fallback: pools.length - 1,
    geo: [],
    proxied: false,
    failoverAcrossPools: false,
    location: { preferEcs: 'proximity', mode: 'pop' },
    answer: 'one',
    ...rest,
  };
  return policy(rule, candidates);
}

const three: Words['pools'] = { us: { of: ['us'] }, eu: { of: ['eu'] }, ap: { of: ['ap'] } };
const pair: Words['pools'] = { us: { of: ['us', 'x4'] }, eu: { of: ['eu'] } };

describe('pools [understand-basics/health-details]', () => {
  const rows: [what: string, words: Words, unhealthy: string[], shares: string][] = [
    ['healthy: all endpoints', { pools: pair }, [], 'us 50, x4 50'],
    ['degraded: only endpoints that are up', { pools: pair }, ['us'], 'x4 100'],
    ['critical with none up: the next pool', { pools: pair }, ['us', 'x4'], 'eu 100'],
    [
      'critical below minimum_origins: the next pool, though one endpoint is up',
      { pools: { us: { of: ['us', 'x4'], minimum: 2 }, eu: { of: ['eu'] } } },
      ['us'],
      'eu 100',
    ],
    [
      'an inactive pool that fails is skipped in the failover order',
      { pools: three },
      ['us', 'eu'],
      'ap 100',
    ],
    [
      'no monitor: health is not considered, so only the first pool is used',
      { pools: { us: { of: ['us'], monitored: false }, eu: { of: ['eu'] } } },
      ['us'],
      'us 100',
    ],
    [
      'a disabled pool gets nothing',
      { pools: { us: { of: ['us'], enabled: false }, eu: { of: ['eu'] } } },
      [],
      'eu 100',
    ],
    [
      'nothing available: the fallback pool, the last by default, whatever its health',
      { pools: three },
      ['us', 'eu', 'ap'],
      'ap 100',
    ],
    [
      'the fallback pool sends to all its endpoints, its health ignored',
      { pools: { us: { of: ['us', 'x4'] }, eu: { of: ['eu'] } }, fallback: 0 },
      ['us', 'x4', 'eu'],
      'us 50, x4 50',
    ],
    [
      'a fallback pool below its minimum sends to all its endpoints too',
      { pools: { us: { of: ['us', 'x4'], minimum: 2 } }, fallback: 0 },
      ['us'],
      'us 50, x4 50',
    ],
  ];
  test.each(rows)('%s', (_, words, unhealthy, wanted) => {
    expect(shares(LOGICS, balancer(words), around(...unhealthy))).toBe(wanted);
  });

  it('without a usable fallback pool a DNS-only name is NODATA', () => {
    const { fallback: _, ...rule } = balancer({ pools: three }).rule as BalancerRule;
    const one = { ...balancer({ pools: three }), rule };
    expect(answers(LOGICS, one, around('us', 'eu', 'ap'))).toBe('NODATA');
    expect(answers(LOGICS, one, around('us', 'eu'))).toBe('ap');
    const disabled = balancer({ pools: { us: { of: ['us'], enabled: false } } });
    expect(answers(LOGICS, disabled, around())).toBe('NODATA');
  });

  it('says rule by rule why it chooses', () => {
    const choice = (...dead: string[]): string =>
      LOGICS.cloudflare.prepare(balancer({ pools: pair }), around(...dead)).choice;
    expect(choice()).toBe('pool us: us or x4');
    expect(choice('us')).toBe('pool us (degraded): x4');
    expect(choice('us', 'x4')).toBe('pool us is critical (0 of 2 up), pool eu: eu');
    expect(choice('us', 'x4', 'eu')).toBe('no pool is available, fallback pool eu whatever its health: eu');
  });
});

describe('traffic steering [understand-basics/traffic-steering]', () => {
  const geo: GeoPools[] = [
    { area: { level: 'region', code: 'WEU' }, pools: [1] },
    { area: { level: 'country', code: 'SG' }, pools: [2, 1] },
  ];
  const rows: [what: string, words: Words, region: number, unhealthy: string[], shares: string][] = [
    ['off: list order', { pools: three }, AP, [], 'us 100'],
    ['empty without geo pools: off', { pools: three, steering: 'default' }, AP, [], 'us 100'],
    ['empty with geo pools: geo', { pools: three, steering: 'default', geo }, AP, [], 'ap 100'],
    ['geo without the country: the region', { pools: three, steering: 'geo', geo }, EU, [], 'eu 100'],
    ['geo, no area: the default pools in order', { pools: three, steering: 'geo', geo }, US, [], 'us 100'],
    [
      'geo, no area: failover among the default pools',
      { pools: three, steering: 'geo', geo },
      US,
      ['us'],
      'eu 100',
    ],
    [
      'geo, a place nobody knows: the default pools',
      { pools: three, steering: 'geo', geo },
      NOWHERE,
      [],
      'us 100',
    ],
    ['geo: failover inside the area', { pools: three, steering: 'geo', geo }, AP, ['ap'], 'eu 100'],
    [
      'geo: the only pool of an area is down: the fallback pool, not the default pools [geo-steering, failover behavior]',
      { pools: three, steering: 'geo', geo },
      EU,
      ['eu'],
      'ap 100',
    ],
    [
      'geo: data centre before country before region',
      { pools: three, steering: 'geo', geo: [...geo, { area: { level: 'pop', region: AP }, pools: [0] }] },
      AP,
      [],
      'us 100',
    ],
    [
      'geo: country before region',
      {
        pools: three,
        steering: 'geo',
        geo: [{ area: { level: 'region', code: 'SEAS' }, pools: [0] }, ...geo],
      },
      AP,
      [],
      'ap 100',
    ],
    [
      'random by pool weight',
      { pools: { us: { of: ['us'], weight: 0.7 }, eu: { of: ['eu'], weight: 0.3 } }, steering: 'random' },
      US,
      [],
      'us 70, eu 30',
    ],
    ['random among available pools', { pools: three, steering: 'random' }, US, ['eu'], 'us 50, ap 50'],
    [
      'dynamic latency: the shortest round trip',
      { pools: three, steering: 'dynamic-latency' },
      AP,
      [],
      'ap 100',
    ],
    ['dynamic latency: the next one', { pools: three, steering: 'dynamic-latency' }, AP, ['ap'], 'eu 100'],
    [
      'dynamic latency without round-trip times (no monitor): failover order',
      { pools: { us: { of: ['us'], monitored: false }, ap: { of: ['ap'] } }, steering: 'dynamic-latency' },
      AP,
      [],
      'us 100',
    ],
    ['proximity: the nearest by great circle', { pools: three, steering: 'proximity' }, EU, [], 'eu 100'],
    ['proximity: the next nearest', { pools: three, steering: 'proximity' }, EU, ['eu'], 'us 100'],
    [
      'proximity: coordinates of the pool count before those of its endpoints',
      {
        pools: {
          ...three,
          us: { of: ['us'], latitude: 53, longitude: -6.3 },
          eu: { of: ['eu'], latitude: 0, longitude: 0 },
        },
        steering: 'proximity',
      },
      EU,
      [],
      'us 100',
    ],
    [
      'least outstanding requests, DNS-only: counters are zero, so weights',
      {
        pools: { us: { of: ['us'], weight: 0.9 }, eu: { of: ['eu'], weight: 0.1 } },
        steering: 'least-outstanding-requests',
      },
      US,
      [],
      'us 90, eu 10',
    ],
    [
      'least connections, DNS-only: the same',
      {
        pools: { us: { of: ['us'], weight: 0.9 }, eu: { of: ['eu'], weight: 0.1 } },
        steering: 'least-connections',
      },
      US,
      [],
      'us 90, eu 10',
    ],
  ];
  test.each(rows)('%s', (_, words, region, unhealthy, wanted) => {
    expect(shares(LOGICS, balancer(words), around(...unhealthy), region)).toBe(wanted);
  });

  it('every steering but those by place answers alike everywhere', () => {
    const steerings: Steering[] = ['off', 'random', 'least-outstanding-requests', 'least-connections'];
    for (const steering of steerings) {
      const one = balancer({ pools: three, steering });
      expect(shares(LOGICS, one, around(), AP)).toBe(shares(LOGICS, one, around(), US));
    }
  });

  it('takes the region of load balancing that the settings name', () => {
    const options: CloudflareOptions = { ...PLAIN_OPTIONS, regions: new Map([[US, 'WEU']]) };
    const logics = { cloudflare: balancerLogic(options) };
    const one = balancer({ pools: three, steering: 'geo', geo });
    expect(answers(logics, one, around(), US)).toBe('eu');
    expect(answers(LOGICS, one, around(), US)).toBe('us');
  });
});

describe('endpoints of a pool [understand-basics/traffic-steering/origin-level-steering]', () => {
  const rows: [what: string, pool: PoolWords, shares: string][] = [
    [
      'weight over the sum of weights',
      {
        of: [
          ['us', 0.25],
          ['eu', 0.25],
          ['ap', 0.5],
        ],
      },
      'us 25, eu 25, ap 50',
    ],
    [
      'weight 0 gets nothing',
      {
        of: [
          ['us', 1],
          ['eu', 0],
        ],
      },
      'us 100',
    ],
    [
      'counters on a DNS-only name: weights',
      {
        of: [
          ['us', 0.3],
          ['eu', 0.7],
        ],
        steering: 'least-connections',
      },
      'us 30, eu 70',
    ],
  ];
  test.each(rows)('%s', (_, pool, wanted) => {
    expect(shares(LOGICS, balancer({ pools: { one: pool } }), around())).toBe(wanted);
  });

  it('hash: the same resolver gets the same endpoint, others get others', () => {
    const one = balancer({ pools: { one: { of: ['us', 'eu', 'ap', 'x4'], steering: 'hash' } } });
    const decider = LOGICS.cloudflare.prepare(one, around());
    const ask = (instance: number, draw: number): string =>
      answerText(decider.decide({ ...query(US, () => draw), service: 0, instance }));
    const found = Array.from({ length: 40 }, (_, instance) => ask(instance, 0.1));
    expect(new Set(found).size).toBe(4);
    expect(found).toEqual(Array.from({ length: 40 }, (_, instance) => ask(instance, 0.9)));
  });

  it('answers one address, or all that are up where the option says so [understand-basics/proxy-modes]', () => {
    expect(answers(LOGICS, balancer({ pools: pair }), around())).toBe('us | x4');
    expect(answers(LOGICS, balancer({ pools: pair, answer: 'all' }), around())).toBe('us+x4');
    expect(answers(LOGICS, balancer({ pools: pair, answer: 'all' }), around('us'))).toBe('x4');
  });
});

describe('where a DNS-only query comes from [API: location_strategy]', () => {
  const located = (steering: Steering, location: BalancerRule['location']): string => {
    const geo: GeoPools[] = [US, EU, AP].map((region) => ({
      area: { level: 'pop', region },
      pools: [region],
    }));
    const one = balancer({ pools: three, steering, geo, location });
    const decider = LOGICS.cloudflare.prepare(one, around());
    // A client in AP behind a resolver in EU that asks a data centre in US.
    return answerText(decider.decide({ ...query(EU, () => 0, AP), siteRegion: US }));
  };
  const rows: [Steering, BalancerRule['location']['preferEcs'], BalancerRule['location']['mode'], string][] =
    [
      ['proximity', 'proximity', 'pop', 'ap'],
      ['geo', 'proximity', 'pop', 'us'],
      ['geo', 'proximity', 'resolver-ip', 'eu'],
      ['geo', 'geo', 'pop', 'ap'],
      ['proximity', 'geo', 'pop', 'us'],
      ['geo', 'always', 'pop', 'ap'],
      ['proximity', 'never', 'pop', 'us'],
      ['proximity', 'never', 'resolver-ip', 'eu'],
    ];
  test.each(rows)('%s, prefer_ecs %s, mode %s: %s', (steering, preferEcs, mode, wanted) => {
    expect(located(steering, { preferEcs, mode })).toBe(wanted);
  });

  const scoped: [Steering, BalancerRule['location']['preferEcs'], boolean, boolean][] = [
    ['proximity', 'proximity', false, true],
    ['proximity', 'never', false, false],
    ['geo', 'proximity', false, false],
    ['geo', 'always', false, true],
    ['off', 'always', false, false],
    ['proximity', 'proximity', true, false],
  ];
  test.each(scoped)(
    '%s, prefer_ecs %s, proxied %s: answers by region of the client %s',
    (steering, preferEcs, proxied, wanted) => {
      const one = balancer({ pools: three, steering, proxied, location: { preferEcs, mode: 'pop' } });
      expect(LOGICS.cloudflare.isScoped(one)).toBe(wanted);
    },
  );
});

describe('what could be answered', () => {
  it('is all that chance may pick, by place', () => {
    const decider = LOGICS.cloudflare.prepare(
      balancer({ pools: { us: { of: ['us', ['x4', 0]] }, eu: { of: ['eu'] } }, steering: 'random' }),
      around(),
    );
    expect(decider.possible(US).map(answerText)).toEqual(['us', 'eu']);
    const near = LOGICS.cloudflare.prepare(balancer({ pools: three, steering: 'proximity' }), around());
    expect(near.possible(AP).map(answerText)).toEqual(['ap']);
  });
});

describe('health by region [monitors: all data centers; understand-basics/regional-health]', () => {
  it('a region that cannot reach an endpoint steers around it, others go on', () => {
    const views = new Map<number, HealthRef>([[EU, { kind: 'endpoint', endpoint: 5 }]]);
    const one = balancer({ pools: { us: { of: ['us'], views }, ap: { of: ['ap'] } } });
    expect(answers(LOGICS, one, around('x6'), EU)).toBe('ap');
    expect(answers(LOGICS, one, around('x6'), US)).toBe('us');
    expect(answers(LOGICS, one, around('us'), EU)).toBe('us');
  });
});

describe('ways of requests behind the proxy [understand-basics/adaptive-routing]', () => {
  const ways = (words: Words, ...dead: string[]): string[] => {
    const decider = LOGICS.cloudflare.prepare(balancer({ proxied: true, ...words }), around(...dead));
    return decider.ways!(US).map(({ share, endpoints }) => {
      return `${endpoints.map((one) => ENDPOINTS[one]!.name).join('>')} ${Math.round(share * 1000) / 1000}`;
    });
  };
  const rows: [what: string, words: Words, dead: string[], ways: string[]][] = [
    ['a pool of one: no second try', { pools: three }, [], ['us 1']],
    ['another endpoint of the pool is tried once', { pools: pair }, [], ['us>x4 0.5', 'x4>us 0.5']],
    ['only endpoints that are up', { pools: pair }, ['x4'], ['us 1']],
    [
      'failover across pools: the next pool, where its own has no other',
      { pools: three, failoverAcrossPools: true },
      [],
      ['us>eu 1'],
    ],
    [
      'failover across pools: first inside its own',
      { pools: pair, failoverAcrossPools: true },
      [],
      ['us>x4 0.5', 'x4>us 0.5'],
    ],
    ['no pool available and a fallback pool', { pools: pair }, ['us', 'x4', 'eu'], ['eu 1']],
    [
      'by weight of the endpoints',
      {
        pools: {
          us: {
            of: [
              ['us', 0.6],
              ['eu', 0.3],
              ['ap', 0.1],
            ],
          },
        },
      },
      [],
      ['us>eu 0.45', 'us>ap 0.15', 'eu>us 0.257', 'eu>ap 0.043', 'ap>us 0.067', 'ap>eu 0.033'],
    ],
    ['random steering: pools by weight', { pools: three, steering: 'random' }, ['ap'], ['us 0.5', 'eu 0.5']],
    [
      'random steering, failover across pools',
      { pools: three, steering: 'random', failoverAcrossPools: true },
      ['ap'],
      ['us>eu 0.5', 'eu>us 0.5'],
    ],
  ];
  test.each(rows)('%s', (_, words, dead, wanted) => expect(ways(words, ...dead)).toEqual(wanted));

  it('no fallback pool: nowhere, which is HTTP 530', () => {
    expect(ways({ pools: { us: { of: ['us'], enabled: false } } })).toEqual([]);
  });
});

describe('regions of load balancing [reference/region-mapping-api]', () => {
  const place = (continent: string, country: string, latitude: number, longitude: number): PlaceSpec => ({
    continent,
    country,
    latitude,
    longitude,
    networks: [],
  });
  const rows: [PlaceSpec, string | undefined][] = [
    [place('NA', 'US', 38.9, -77.4), 'ENAM'],
    [place('NA', 'US', 45.8, -119.7), 'WNAM'],
    [place('EU', 'IE', 53.3, -6.3), 'WEU'],
    [place('EU', 'PL', 52.2, 21), 'EEU'],
    [place('SA', 'CO', 4.7, -74), 'NSAM'],
    [place('SA', 'AR', -34.6, -58.4), 'SSAM'],
    [place('OC', 'AU', -33.9, 151), 'OC'],
    [place('AS', 'AE', 25, 55), 'ME'],
    [place('AS', 'IN', 19, 73), 'SAS'],
    [place('AS', 'SG', 1.3, 104), 'SEAS'],
    [place('AS', 'JP', 35.7, 139.7), 'NEAS'],
    [place('AF', 'EG', 30, 31), 'NAF'],
    [place('AF', 'ZA', -34, 18), 'SAF'],
    [{ networks: [] }, undefined],
  ];
  test.each(rows)('$country: %s', (one, wanted) => expect(cfRegionOf(one)).toBe(wanted));
});
