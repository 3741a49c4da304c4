import { describe, expect, it, test } from 'vitest';
import { HOUR, SECOND } from '../../../src/base/time.ts';
import type { FlushSpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import { asks, drill, playWorld, population, resolver } from '../clients/population-world.ts';
import { name } from '../world.ts';

const flush = (at: number, parts: Partial<FlushSpec> = {}): WorldSpec['timeline'][number] => ({
  kind: 'change',
  label: 'flush',
  at: at * SECOND,
  change: { kind: 'flush', share: 1, ...parts },
});

/** Clients that never ask, behind warm resolvers that hold two names for an hour. */
function quiet(timeline: WorldSpec['timeline'], parts: Parameters<typeof drill>[0] = {}): WorldSpec {
  return drill({
    ttl: 3600,
    records: 'www 3600 IN A 203.0.113.10\n',
    start: 'warm',
    duration: 100 * SECOND,
    resolvers: [resolver({ name: 'a', count: 10 }), resolver({ name: 'b', count: 4 })],
    populations: [
      population({
        count: 100,
        resolvers: [
          { share: 0.5, resolvers: [0] },
          { share: 0.5, resolvers: [1] },
        ],
        questions: [asks('app.example.com. A'), asks('www.example.com. A')],
        workload: { kind: 'poisson', every: 1e6 * HOUR },
      }),
    ],
    timeline,
    ...parts,
  });
}

/** By resolver: `app 10 www 4`, how many instances hold which name at `at` seconds. */
function holding(spec: WorldSpec, at: number): string[] {
  const world = new World(spec, 1, 0);
  world.runUntil(at * SECOND);
  world.runUntil(at * SECOND);
  return world.spec.resolvers.map((_, service) => {
    const caches = world.cells.flatMap(({ pools }) => pools.filter((pool) => pool.service === service));
    const count = (owner: string): number =>
      caches.filter(({ fragments }) =>
        fragments.every(({ state }) => state.cache.exact(name(owner), 1, at * SECOND) !== undefined),
      ).length;
    return `app ${count('app.example.com.')} www ${count('www.example.com.')}`;
  });
}

describe('flush', () => {
  const app = name('app.example.com.');
  const rows: [what: string, timeline: WorldSpec['timeline'], expected: string[]][] = [
    ['none', [], ['app 10 www 10', 'app 4 www 4']],
    ['everything everywhere', [flush(10)], ['app 0 www 0', 'app 0 www 0']],
    ['one resolver', [flush(10, { resolver: 1 })], ['app 10 www 10', 'app 0 www 0']],
    ['one name', [flush(10, { name: app })], ['app 0 www 10', 'app 0 www 4']],
    ['half of the instances', [flush(10, { share: 0.5 })], ['app 5 www 5', 'app 2 www 2']],
    ['30 % of one resolver', [flush(10, { share: 0.3, resolver: 0 })], ['app 7 www 7', 'app 4 www 4']],
    ['none of them', [flush(10, { share: 0 })], ['app 10 www 10', 'app 4 www 4']],
    ['not yet', [flush(60)], ['app 10 www 10', 'app 4 www 4']],
    [
      'twice',
      [flush(10, { resolver: 0, name: app }), flush(20, { resolver: 0 })],
      ['app 0 www 0', 'app 4 www 4'],
    ],
  ];
  test.each(rows)('%s', (_, timeline, expected) => {
    // An entry may run out by itself in the first minute: one instance of four hundred TTLs.
    const seen = holding(quiet(timeline), 50);
    const off = seen.map((text, at) => {
      const [mine, theirs] = [text, expected[at]!].map((one) => (one.match(/\d+/g) ?? []).map(Number));
      return Math.max(...mine!.map((count, index) => theirs![index]! - count));
    });
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(Math.min(...off)).toBeGreaterThanOrEqual(0);
    if (Math.max(...off) === 0) expect(seen).toEqual(expected);
  });

  it('all fragments of an instance', () => {
    const spec = quiet([flush(10, { share: 0.5 })], {
      resolvers: [
        resolver({ name: 'a', count: 10, fragments: 3 }),
        resolver({ name: 'b', count: 4, fragments: 2 }),
      ],
    });
    const { cells } = playWorld(spec, 1, 0, 50 * SECOND);
    const sizes = cells.map(({ pools }) => pools[0]!.fragments.map(({ state }) => state.cache.size));
    const emptied = sizes.map((each) => each.filter((size) => size === 0).length);
    expect(emptied).toEqual([...[3, 3, 3, 3, 3, 0, 0, 0, 0, 0], ...[2, 2, 0, 0]]);
  });

  it('a share of a fall-back resolver is that share of the clients who have it', () => {
    const behind = quiet([flush(10, { resolver: 1, share: 0.5 })], {
      resolvers: [resolver({ name: 'a', count: 10 }), resolver({ name: 'b', count: 1 })],
      populations: [
        population({
          count: 100,
          resolvers: [{ share: 1, resolvers: [0, 1] }],
          questions: [asks('app.example.com. A')],
          workload: { kind: 'poisson', every: 1e6 * HOUR },
        }),
      ],
    });
    const { cells } = playWorld(behind, 1, 0, 50 * SECOND);
    const flushed = cells.filter(({ pools }) => pools[1]!.fragments[0]!.state.cache.size === 0);
    expect(flushed).toHaveLength(5);
    expect(cells.every(({ pools }) => pools[0]!.fragments[0]!.state.cache.size > 0)).toBe(true);
  });

  it('makes the next look-up go to the authority', () => {
    const spec = drill({
      ttl: 3600,
      start: 'warm',
      duration: 100 * SECOND,
      populations: [population({ workload: { kind: 'periodic', every: 10 * SECOND } })],
      timeline: [flush(50)],
    });
    expect(playWorld(spec).outside.load()[0]!.queries).toBe(1);
    expect(playWorld({ ...spec, timeline: [] }).outside.load()[0]!.queries).toBe(0);
  });
});

describe('background load', () => {
  /** Share of instances that hold the name at the end, after twenty TTLs with so many queries a TTL. */
  function warmed(perTtl: number, parts: Partial<Parameters<typeof resolver>[0]> = {}): World {
    const ttl = 60;
    const spec = drill({
      ttl,
      duration: 20 * ttl * SECOND,
      resolvers: [resolver({ count: 200, backgroundRate: perTtl / ttl, ...parts })],
      populations: [population({ count: 200, workload: { kind: 'poisson', every: 1e6 * HOUR } })],
    });
    return playWorld(spec);
  }
  const share = ({ cells, answers, now }: World): number =>
    cells.filter(({ pools }) => pools[0]!.fragments[0]!.peek(answers.questions[0]!, now)).length /
    cells.length;

  test.each([0.5, 1, 4])('%s queries a TTL keep λT/(1+λT) of the caches warm', (lambdaT) => {
    const expected = lambdaT / (1 + lambdaT);
    const error = 4 * Math.sqrt((expected * (1 - expected)) / 200);
    expect(Math.abs(share(warmed(lambdaT)) - expected)).toBeLessThan(error);
  });

  it('none leaves them cold (negative control)', () => {
    expect(share(warmed(0))).toBe(0);
  });

  it('counts as load of the resolver and of the authority, and as nobody’s request', () => {
    const world = warmed(4);
    const queries = world.loads[0]!.queries.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(queries - 200 * 20 * 4)).toBeLessThan(4 * Math.sqrt(200 * 20 * 4));
    // Of some three thousand fetches of 10 ms two or three are joined by another query.
    const joined = queries - world.loads[0]!.hits - world.outside.load()[0]!.queries;
    expect(joined).toBeGreaterThanOrEqual(0);
    expect(joined).toBeLessThan(10);
    expect(world.populations[0]!.tally.served.every((count) => count === 0)).toBe(true);
  });

  it('is spread over the fragments: K of them see a K-th each', () => {
    const world = warmed(4, { fragments: 4 });
    const held = world.cells
      .flatMap(({ pools }) => pools[0]!.fragments)
      .filter((cache) => cache.peek(world.answers.questions[0]!, world.now));
    expect(Math.abs(held.length / 800 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 800));
  });

  it('asks for every question of the clients of the cell', () => {
    const spec = drill({
      ttl: 60,
      records: 'www 60 IN A 203.0.113.10\n',
      duration: 200 * SECOND,
      resolvers: [resolver({ backgroundRate: 1 })],
      populations: [
        population({
          questions: [asks('app.example.com. A AAAA'), asks('www.example.com. A')],
          workload: { kind: 'poisson', every: 1e6 * HOUR },
        }),
      ],
    });
    const { queries } = playWorld(spec).loads[0]!;
    expect(Math.abs(queries.reduce((sum, count) => sum + count, 0) - 600)).toBeLessThan(4 * Math.sqrt(600));
  });
});
