import { describe, expect, it, test } from 'vitest';
import { HOUR, MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { NS } from '../../../src/dns/data/rrtype.ts';
import { RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import { fetchAges } from '../../../src/model/resolvers/warm-start.ts';
import type { WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import { asks, drill, playWorld, population, resolver } from '../clients/population-world.ts';
import { name, provider, rrset, world, zone } from '../world.ts';

/** Largest distance between the distribution of the values and that of U(0, 1), times the root of their number. */
function kolmogorovSmirnov(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const distances = sorted.map((value, at) =>
    Math.max(Math.abs(value - at / n), Math.abs(value - (at + 1) / n)),
  );
  return Math.max(...distances) * Math.sqrt(n);
}

/** Correlation of two lists. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, at) => sum + (value - mx) * (y[at]! - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

/** Exceeded by one sample of true uniforms in a thousand; stratified ages lie far below. */
const CRITICAL = 1.95;

const INSTANCES = 400;

/**
 * How much of the TTL has passed at time 0, as a share, by instance and then fragment; absent: expired. Told by
 * what is left, since a child that repeats its own NS set does not extend it.
 */
function ages(
  spec: WorldSpec,
  owner: string,
  type: number,
  ttl = 300,
  seed = 1,
): readonly (number | undefined)[] {
  const { cells } = new World(spec, seed, 0);
  return cells.flatMap(({ pools }) =>
    pools[0]!.fragments.map(({ state }) => {
      const entry = state.cache.exact(name(owner), type, 0);
      return entry && 1 - entry.expiresAt / (ttl * SECOND);
    }),
  );
}

/** A root that delegates com., which delegates example.com. */
function tree(ttl: number, byParent: number, byChild: number): WorldSpec {
  const rrs = `example ${byParent} IN NS ns3.dns.test.\n`;
  const root = `com. 172800 IN NS ns2.dns.test.\ndns.test. 172800 IN NS ns1.dns.test.\n`;
  const glue = [1, 2, 3].map((at) => `ns${at}.dns.test. 172800 IN A 192.0.2.${at}`).join('\n');
  const app = zone('example.com.', `app ${ttl} IN A 203.0.113.10\n`, 'ns3.dns.test.');
  const child = app.with(rrset(`example.com. ${byChild} NS ns3.dns.test.`));
  return world({
    start: 'warm',
    providers: [1, 2, 3].map((first) => provider({ name: `p${first}`, first })),
    zones: [
      { origin: name('.'), zone: zone('.', `${root}${glue}\n`), providers: [0] },
      { origin: name('com.'), zone: zone('com.', rrs, 'ns2.dns.test.'), providers: [1] },
      { origin: name('dns.test.'), zone: zone('dns.test.', `${glue}\n`), providers: [0] },
      { origin: name('example.com.'), zone: child, providers: [2] },
    ],
    resolvers: [
      {
        ...resolver({ count: INSTANCES }),
        options: {
          ...RFC_REFERENCE,
          useIpv6: false,
          rootHints: { 'ns1.dns.test.': ['192.0.2.1'] },
        },
      },
    ],
    populations: [population({ count: INSTANCES })],
  });
}

describe('ages at the start', () => {
  const rows: [ttl: number, byParent: number, byChild: number][] = [
    [300, 172_800, 3600],
    [300, 172_800, 172_800],
    [3600, 172_800, 3600],
    [3600, 3600, 172_800],
    [86_400, 172_800, 3600],
    [30, 172_800, 86_400],
  ];
  test.each(rows)('TTL %d below delegations of %d and %d: answers are uniform', (ttl, byParent, byChild) => {
    const seen = ages(tree(ttl, byParent, byChild), 'app.example.com.', 1, ttl);
    const live = seen.flatMap((age) => age ?? []);
    // An age of less than a second is rounded up to it.
    expect(live.length).toBeGreaterThanOrEqual(INSTANCES - 1);
    expect(kolmogorovSmirnov(live)).toBeLessThan(CRITICAL);
  });

  test.each(rows.filter(([ttl, a, b]) => ttl < Math.min(a, b)))(
    'TTL %d below delegations of %d and %d: the delegation is uniform',
    (ttl, byParent, byChild) => {
      const bound = Math.min(byParent, byChild);
      const all = ages(tree(ttl, byParent, byChild), 'example.com.', NS, bound);
      const seen = all.flatMap((age) => age ?? []);
      const live = bound / (Math.ceil((bound + 1) / (ttl + 1)) * (ttl + 1));
      expect(seen.length / INSTANCES).toBeGreaterThan(live - 0.02);
      expect(kolmogorovSmirnov(seen)).toBeLessThan(CRITICAL);
    },
  );

  it('the delegation of the top-level domain is uniform over its own two days', () => {
    const seen = ages(tree(300, 172_800, 3600), 'com.', NS, 172_800).flatMap((age) => age ?? []);
    expect(seen.length / INSTANCES).toBeGreaterThan(0.97);
    expect(kolmogorovSmirnov(seen)).toBeLessThan(CRITICAL);
  });

  it('are more even than independent draws (stratified)', () => {
    const seen = ages(tree(300, 172_800, 3600), 'app.example.com.', 1).flatMap((age) => age ?? []);
    expect(kolmogorovSmirnov(seen)).toBeLessThan(0.2);
  });

  it('differ by seed, and are the same again with the same', () => {
    const spec = tree(300, 172_800, 3600);
    expect(ages(spec, 'app.example.com.', 1)).toEqual(ages(spec, 'app.example.com.', 1));
    expect(ages(spec, 'app.example.com.', 1)).not.toEqual(ages(spec, 'app.example.com.', 1, 300, 2));
  });

  it('a cold start knows nothing', () => {
    const seen = ages({ ...tree(300, 172_800, 3600), start: 'cold' }, 'app.example.com.', 1);
    expect(seen.every((age) => age === undefined)).toBe(true);
  });
});

describe('what one cache holds tells nothing about another', () => {
  const two = (parts: Parameters<typeof drill>[0]): WorldSpec =>
    drill({ start: 'warm', populations: [population({ count: INSTANCES })], ...parts });
  /** A correlation of n independent pairs has the standard error 1/√n. */
  const bound = 4 / Math.sqrt(INSTANCES);

  it('fragments of one resolver', () => {
    const seen = ages(
      two({ resolvers: [resolver({ count: INSTANCES, fragments: 2 })] }),
      'app.example.com.',
      1,
    );
    const first = seen.filter((_, at) => at % 2 === 0).map((age) => age!);
    const second = seen.filter((_, at) => at % 2 === 1).map((age) => age!);
    expect(Math.abs(correlation(first, second))).toBeLessThan(bound);
    expect(kolmogorovSmirnov(first)).toBeLessThan(0.2);
    // The later of two independent uniforms lies below t with probability t².
    const later = first.map((age, at) => Math.max(age, second[at]!) ** 2);
    expect(kolmogorovSmirnov(later)).toBeLessThan(CRITICAL);
  });

  it('two names', () => {
    const spec = two({
      records: 'www 300 IN A 203.0.113.10\n',
      resolvers: [resolver({ count: INSTANCES })],
      populations: [
        population({
          count: INSTANCES,
          questions: [asks('app.example.com. A'), asks('www.example.com. A')],
        }),
      ],
    });
    const [app, www] = ['app.example.com.', 'www.example.com.'].map((owner) => ages(spec, owner, 1));
    expect(Math.abs(correlation(app as number[], www as number[]))).toBeLessThan(bound);
  });

  it('a name and the delegation it hangs from', () => {
    const spec = tree(3600, 172_800, 172_800);
    const app = ages(spec, 'app.example.com.', 1, 3600);
    const cut = ages(spec, 'example.com.', NS, 172_800);
    const pairs = app.flatMap((age, at) => (age && cut[at] ? [[age, cut[at]] as const] : []));
    const [a, b] = [pairs.map(([age]) => age), pairs.map(([, age]) => age)];
    // The delegation is as old as the answer plus whole hours: correlated by 1/48, no more.
    expect(Math.abs(correlation(a, b) - 1 / 48)).toBeLessThan(bound);
  });
});

describe('what is added does not disturb', () => {
  it('a population with a question of its own, listed first', () => {
    const users = population({ count: INSTANCES });
    const others = population({
      name: 'others',
      questions: [asks('www.example.com. A')],
      resolvers: [{ share: 1, resolvers: [1] }],
    });
    const isp = resolver({ count: INSTANCES });
    const spec = (populations: WorldSpec['populations']): WorldSpec =>
      drill({ start: 'warm', resolvers: [isp, resolver({ name: 'other' })], populations });
    const alone = ages(spec([users]), 'app.example.com.', 1);
    const together = ages(spec([others, users]), 'app.example.com.', 1).slice(1);
    expect(together).toEqual(alone);
  });
});

describe('ages of what lies on the way', () => {
  const rows: [ttls: string, phases: string, seconds: string][] = [
    ['300', '0.5', '150'],
    ['300', '0', '1'],
    ['300 3600', '0.5 0', '150 150'],
    ['300 3600', '0.5 0.999', '150 3461'], // eleven periods of 301 s earlier
    ['300 300', '0.5 0.999', '150 150'],
    ['300 301', '0.5 0.999', '150 451'],
    ['3600 300', '0.5 0.999', '1800 1800'],
    ['300 3600 86400', '0.5 0 0.999', '150 150 83226'],
    ['0 3600', '0.5 0.5', '1 1801'],
  ];
  const numbers = (text: string): number[] => text.split(' ').map(Number);
  test.each(rows)('TTLs %s at phases %s: %s s', (ttls, phases, seconds) => {
    expect(fetchAges(numbers(ttls), numbers(phases))).toEqual(numbers(seconds).map((age) => age * SECOND));
  });
});

describe('what cannot be resolved', () => {
  it('leaves the cache cold and nothing under way', () => {
    const spec = drill({
      start: 'warm',
      resolvers: [resolver({ options: { configuredZones: [] } })],
      duration: HOUR,
    });
    const { fragments } = new World(spec, 1, 0).cells[0]!.pools[0]!;
    expect(fragments[0]!.idle).toBe(true);
    expect(fragments[0]!.state.cache.size).toBe(0);
  });

  it('a name that does not exist is known not to exist', () => {
    const spec = drill({
      start: 'warm',
      resolvers: [resolver({ count: INSTANCES })],
      populations: [population({ count: INSTANCES, questions: [asks('gone.example.com. A')] })],
    });
    const seen = ages(spec, 'gone.example.com.', 0, 30).flatMap((age) => age ?? []);
    expect(seen.length).toBeGreaterThanOrEqual(INSTANCES - 1);
    expect(kolmogorovSmirnov(seen)).toBeLessThan(CRITICAL);
  });
});

describe('load', () => {
  it('warm-up queries count nowhere', () => {
    const spec = drill({
      start: 'warm',
      duration: 10 * SECOND,
      resolvers: [resolver({ count: 50 })],
      populations: [population({ count: 50, workload: { kind: 'poisson', every: 1000 * HOUR } })],
    });
    const played = playWorld(spec);
    expect(played.loads[0]!.queries.every((count) => count === 0)).toBe(true);
    expect(played.outside.load()[0]!.queries).toBe(0);
  });

  it('warm-up queries do not fill the first feedback window', () => {
    const [site] = provider().servers;
    const servers = [{ ...site!, sites: [{ region: 0, capacity: 10 }] }];
    const spec = drill({
      start: 'warm',
      duration: 3 * SECOND,
      ttl: 0,
      providers: [provider({ servers })],
      resolvers: [resolver({ count: 50 })],
      populations: [population({ count: 50, workload: { kind: 'periodic', every: 10 * SECOND } })],
    });
    const played = new World(spec, 1, 0);
    played.runUntil(1.5 * SECOND);
    const { side } = { side: played.outside };
    const delivery = side.ask('192.0.2.1', played.answers.questions[0]!, 0, 'udp', played.now, () => 0.5);
    // Five queries a second at a capacity of ten: an M/M/1 queue waits 0.1 s on average.
    expect(delivery.kind).toBe('reply');
    expect(delivery.kind === 'reply' && delivery.delay).toBeLessThan(10 * MILLISECOND + 0.4 * SECOND);
  });
});
