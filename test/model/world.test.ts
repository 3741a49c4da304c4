import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import { RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import { measure, simulateReplication } from '../../src/measure/simulate.ts';
import type { PopulationSpec, TimelineSpec, WorldSpec } from '../../src/model/spec.ts';
import { bucketWidth, World } from '../../src/model/world.ts';
import {
  application,
  asks,
  cacheRule,
  drill,
  FOLLOWS_TTL,
  moveAddress,
  NEW_ENDPOINT,
  OLD_ENDPOINT,
  observe,
  population,
  resolver,
  schedule,
  stub,
} from './clients/population-world.ts';
import { CHECK, FAILOVER, fault, name, PRIMARY, provider, SECONDARY, world, zone } from './world.ts';

const LOSSY: TimelineSpec = fault(
  { kind: 'plane', provider: 0, plane: 'edge' },
  { kind: 'lossy', loss: 0.4 },
  { at: 100 * SECOND, until: 400 * SECOND },
);
const DEAD: TimelineSpec = fault(
  OLD_ENDPOINT,
  { kind: 'down', mode: 'refused' },
  { at: 200 * SECOND, until: 500 * SECOND },
);

/** Browsers behind three resolvers with two fragments each, servers behind another; things go wrong. */
function busy(parts: Parameters<typeof drill>[0] = {}): WorldSpec {
  const twice = schedule('1 at 0s, 1 at 2s, give up at 5s');
  return drill({
    ttl: 60,
    records: 'www 30 IN A 198.51.100.20\n',
    start: 'warm',
    duration: 10 * MINUTE,
    endpoints: [{ ...PRIMARY, check: CHECK }, SECONDARY],
    policies: [FAILOVER],
    resolvers: [resolver({ count: 3, fragments: 2, backgroundRate: 0.1 }), resolver({ name: 'vpc' })],
    populations: [
      population({
        name: 'browsers',
        count: 60,
        represents: 60_000,
        application: application({
          cache: cacheRule({ mode: 'ttl', capSeconds: 60 }),
          retries: { count: 1, firstDelay: SECOND, factor: 2 },
        }),
        stub: stub({ cache: FOLLOWS_TTL, schedules: [twice, twice, twice] }),
        workload: { kind: 'poisson', every: 5 * SECOND },
      }),
      population({
        name: 'servers',
        count: 10,
        application: application({ keepAlive: 20 * SECOND }),
        resolvers: [{ share: 1, resolvers: [1] }],
        questions: [asks('app.example.com. A'), asks('www.example.com. AAAA A', 0.5)],
        workload: { kind: 'sessions', every: 30 * SECOND, requests: 3, pause: 2 * SECOND },
      }),
    ],
    timeline: [LOSSY, DEAD],
    ...parts,
  });
}

describe('without a fault', () => {
  /** The busy world with a tree of zones, resolvers as recommended, real losses and delays. */
  const healthy = (): WorldSpec => {
    const base = busy({ timeline: [], policies: [] });
    return {
      ...base,
      network: { ...base.network, spread: 2 },
      resolvers: base.resolvers.map((one) => ({
        ...one,
        options: { ...RFC_REFERENCE, configuredZones: one.options.configuredZones },
      })),
    };
  };
  test.each([1, 2, 3, 4, 5])('seed %d: nothing fails, nobody is affected, no cause is named', (seed) => {
    const { populations } = simulateReplication(healthy(), seed, 0);
    for (const { outcomes, causes, recovery, lostUserMicros, served, total, stale } of populations) {
      expect(served).toEqual(total);
      expect(outcomes.served).toBeCloseTo(
        total.reduce((sum, count) => sum + count, 0),
        6,
      );
      expect(causes).toEqual([]);
      expect(recovery).toMatchObject({ affected: 0, censored: 0, population: 0 });
      expect([lostUserMicros, stale]).toEqual([0, 0]);
    }
  });

  it('loss on the way to the servers is repaired by the resolvers', () => {
    const spec = healthy();
    const { populations } = simulateReplication({ ...spec, network: { ...spec.network, loss: 0.01 } }, 6, 0);
    expect(populations[0]!.causes).toEqual([]);
  });
});

describe('the same seed', () => {
  it('gives the same record, to the digest', () => {
    const spec = busy();
    expect(simulateReplication(spec, 5, 2)).toEqual(simulateReplication(spec, 5, 2));
  });

  it('another seed or replication gives another (negative control)', () => {
    const digests = [
      [5, 0],
      [5, 1],
      [6, 0],
    ].map(([seed, replication]) => simulateReplication(busy(), seed!, replication!).digest);
    expect(new Set(digests).size).toBe(3);
  });

  it('a world leaves no traces in the next', () => {
    const first = simulateReplication(busy(), 5, 0);
    simulateReplication(busy({ ttl: 5 }), 9, 9);
    expect(simulateReplication(busy(), 5, 0)).toEqual(first);
  });
});

describe('playing', () => {
  const spec = busy();
  const atOnce = new World(spec, 3, 0);
  atOnce.runUntil(spec.duration);
  const record = measure(atOnce, 0);

  it('in slices is playing at once', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: spec.duration }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cuts, (drawn) => {
        const sliced = new World(spec, 3, 0);
        for (const until of [...drawn].sort((a, b) => a - b)) sliced.runUntil(until);
        sliced.runUntil(spec.duration);
        expect(measure(sliced, 0)).toEqual(record);
      }),
      { seed: 41, numRuns: 10 },
    );
  });

  it('in slices is playing at once where load feeds back', () => {
    const [server] = provider().servers;
    const servers = [{ ...server!, sites: [{ region: 0, capacity: 3 }] }];
    const tight = busy({ providers: [provider({ servers })], ttl: 0, policies: [], duration: 2 * MINUTE });
    const whole = new World(tight, 3, 0);
    whole.runUntil(tight.duration);
    expect(whole.populations[0]!.tally.failed.some((count) => count > 0)).toBe(true);
    const sliced = new World(tight, 3, 0);
    for (let at = 1; at <= 1000; at++) sliced.runUntil(Math.round((tight.duration * at) / 1000));
    expect(measure(sliced, 0)).toEqual(measure(whole, 0));
  });

  it('stops at the end of the run, however far it is asked to go', () => {
    const world = new World(spec, 3, 0);
    world.runUntil(10 * DAY);
    expect(world.now).toBe(spec.duration);
    expect(measure(world, 0)).toEqual(record);
  });

  it('reports its progress, and stops when told', () => {
    const reached: number[] = [];
    const stopped = simulateReplication(spec, 3, 0, {
      onProgress: (at) => {
        reached.push(at);
        return reached.length < 3;
      },
    });
    expect(reached).toHaveLength(3);
    expect(stopped.reached).toBe(0.3 * spec.duration);
    const { total } = stopped.populations[0]!;
    const width = stopped.populations[0]!.bucket;
    expect(total.slice(0, Math.floor(stopped.reached / width) - 5)).toEqual(
      record.populations[0]!.total.slice(0, Math.floor(stopped.reached / width) - 5),
    );
    expect(total.slice(Math.ceil(stopped.reached / width)).every((count) => count === 0)).toBe(true);
  });

  it('every request is counted once', () => {
    const [overall, ...each] = record.populations;
    expect(record.requests).toBe(each.flatMap(({ total }) => total).reduce((sum, count) => sum + count, 0));
    for (const { outcomes, total, served } of each) {
      const counted = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(total.reduce((sum, count) => sum + count, 0));
      const good = outcomes.served + outcomes['served-old'];
      expect(good).toBe(served.reduce((sum, count) => sum + count, 0));
    }
    expect(overall!.name).toBe('overall');
  });
});

describe('what is added leaves the rest as it was', () => {
  const own = (spec: WorldSpec, who: string): unknown =>
    simulateReplication(spec, 8, 0).populations.find(({ name: each }) => each === who);
  const spec = busy();
  const [browsers, servers] = [own(spec, 'browsers'), own(spec, 'servers')];
  const third = (parts: Partial<PopulationSpec> = {}): PopulationSpec =>
    population({
      name: 'others',
      count: 25,
      questions: [asks('other.example.com. A')],
      resolvers: [{ share: 1, resolvers: [2] }],
      workload: { kind: 'poisson', every: SECOND },
      ...parts,
    });
  const wider = { ...spec, resolvers: [...spec.resolvers, resolver({ name: 'public', count: 2 })] };

  it('a resolver that nobody uses', () => {
    expect([own(wider, 'browsers'), own(wider, 'servers')]).toEqual([browsers, servers]);
  });

  test.each([
    ['last', (populations: readonly PopulationSpec[]) => [...populations, third()]],
    ['first', (populations: readonly PopulationSpec[]) => [third(), ...populations]],
  ])('a population behind a resolver of its own, listed %s', (_, place) => {
    const grown = { ...wider, populations: place(wider.populations) };
    expect([own(grown, 'browsers'), own(grown, 'servers')]).toEqual([browsers, servers]);
  });

  it('the arrivals of a population in the same cell: only what it meets in the shared cache changes', () => {
    const shared = {
      ...wider,
      populations: [...wider.populations, third({ resolvers: [{ share: 1, resolvers: [0] }] })],
    };
    const times = (one: WorldSpec): readonly (readonly [at: number, client: number])[] => {
      const { seen } = observe({ ...one, timeline: [] }, 8);
      const mine = seen.filter(({ population: who, at }) => who === 'browsers' && at < one.duration - MINUTE);
      return mine.map(({ at, client }) => [at, client] as const).sort(([a], [b]) => a - b);
    };
    expect(times(shared)).toEqual(times(wider));
  });

  it('a fault that hits nobody', () => {
    const idle = fault(NEW_ENDPOINT, { kind: 'false-alarm' }, { at: 300 * SECOND });
    const other = { ...spec, timeline: [LOSSY, DEAD, idle], policies: [] };
    const base = { ...spec, policies: [] };
    expect(own(other, 'browsers')).toEqual(own(base, 'browsers'));
  });

  it('more clients are others: the first ones do not stay (negative control)', () => {
    const grown = { ...spec, populations: spec.populations.map((one) => ({ ...one, count: one.count + 3 })) };
    expect(own(grown, 'browsers')).not.toEqual(browsers);
  });
});

describe('the world when the resolvers have to find their way', () => {
  const registry = 'com. 172800 IN NS ns1.dns.test.\ndns.test. 172800 IN NS ns1.dns.test.\n';
  const glue = 'ns1.dns.test. 172800 IN A 192.0.2.1\nns2.dns.test. 172800 IN A 192.0.2.2\n';
  const zones: WorldSpec['zones'] = [
    { origin: name('.'), zone: zone('.', registry + glue), providers: [0] },
    { origin: name('dns.test.'), zone: zone('dns.test.', glue), providers: [0] },
    { origin: name('com.'), zone: zone('com.', 'example 172800 IN NS ns2.dns.test.\n'), providers: [0] },
    {
      origin: name('example.com.'),
      zone: zone('example.com.', 'app 60 IN CNAME www\nwww 60 IN A 203.0.113.10\n', 'ns2.dns.test.'),
      providers: [1],
    },
  ];
  const tree = (start: 'warm' | 'cold', timeline: readonly TimelineSpec[] = []): WorldSpec =>
    world({
      start,
      duration: HOUR,
      zones,
      providers: [provider({ name: 'registry' }), provider({ name: 'host', first: 2 })],
      resolvers: [
        {
          ...resolver({ count: 5 }),
          options: { ...RFC_REFERENCE, useIpv6: false, rootHints: { 'ns1.dns.test.': ['192.0.2.1'] } },
        },
      ],
      populations: [population({ count: 50 })],
      timeline,
    });

  test.each(['warm', 'cold'] as const)('%s: all are served', (start) => {
    const { populations, hops } = simulateReplication(tree(start), 1, 0);
    expect(populations[0]!.causes).toEqual([]);
    const host = hops.find(({ hop }) => hop === 'host')!;
    expect(host.queries).toBeGreaterThan(5 * 40);
  });

  it('warm resolvers live on delegations of two days while the registry is dead, cold ones cannot begin', () => {
    const gone = fault(
      { kind: 'plane', provider: 0, plane: 'edge' },
      { kind: 'down', mode: 'silent' },
      { at: 0 },
    );
    const availability = (start: 'warm' | 'cold'): number => {
      const { served, total } = simulateReplication(tree(start, [gone]), 1, 0).populations[0]!;
      return served.reduce((sum, count) => sum + count, 0) / total.reduce((sum, count) => sum + count, 0);
    };
    expect(availability('warm')).toBeGreaterThan(0.75);
    expect(availability('cold')).toBe(0);
  });
});

describe('buckets', () => {
  test.each([
    [10 * SECOND, SECOND],
    [400 * SECOND, SECOND],
    [401 * SECOND, 2 * SECOND],
    [HOUR, 10 * SECOND],
    [DAY, 5 * MINUTE],
    [7 * DAY, 30 * MINUTE],
    [30 * DAY, 2 * HOUR],
  ])('%d µs in buckets of %d µs', (duration, width) => {
    expect(bucketWidth(duration)).toBe(width);
    expect(duration / bucketWidth(duration)).toBeLessThanOrEqual(400);
  });
});

describe('the first fault', () => {
  const at = (timeline: readonly TimelineSpec[]): number =>
    new World(drill({ timeline }), 1, 0).firstFaultAt / SECOND;
  const broken = fault(OLD_ENDPOINT, { kind: 'down', mode: 'silent' }, { at: 50 * SECOND });
  it('is the first fault, else the first change, else the start', () => {
    expect(at([])).toBe(0);
    expect(at([moveAddress(20 * SECOND)])).toBe(20);
    expect(at([moveAddress(20 * SECOND), broken])).toBe(50);
  });
});
