/** The rules of caching in which implementations differ; each beside what happens without it. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import type { CacheRules } from '../../../src/dns/resolve/rules.ts';
import { COM_SERVER, COM_ZONE, EXAMPLE_1, EXAMPLE_2, EXAMPLE_ZONE, reply, World } from './harness.ts';

/** The standard world with other rules and options. */
function worldWith(
  rules: Partial<CacheRules>,
  options: Partial<ResolverOptions> = {},
  zone: string = EXAMPLE_ZONE,
): World {
  return World.standard({ cacheRules: { ...RFC_REFERENCE.cacheRules, ...rules }, ...options }, zone);
}

/** TTLs in the answers to a name asked at these seconds. */
function ttls(world: World, name: string, seconds: readonly number[]): number[] {
  return seconds.map((at) => {
    world.pass(at * SECOND - world.now);
    return Number(/ (\d+) IN /.exec(world.resolve(name))?.[1]);
  });
}

describe('what the bounds of data cover', () => {
  // SOA 3600, MINIMUM 300.
  test.each([
    ['data', 20, 0, 300],
    ['soa', 20, 0, 20],
    ['all', 20, 0, 20],
    ['data', 604_800, 400, 300],
    ['soa', 604_800, 5000, 300],
    ['all', 604_800, 400, 400],
  ] as const)(
    '%s, cap %i, floor %i: negative TTL %i',
    (ttlBoundsCover, ttlCapSeconds, ttlFloorSeconds, ttl) => {
      const world = worldWith({ ttlBoundsCover }, { ttlCapSeconds, ttlFloorSeconds });
      expect(ttls(world, 'nx.example.com. A', [0])).toEqual([ttl]);
    },
  );

  it('the cap of negative answers still holds', () => {
    const world = worldWith({ ttlBoundsCover: 'all' }, { ttlFloorSeconds: 400, negativeCapSeconds: 100 });
    expect(ttls(world, 'nx.example.com. A', [0])).toEqual([100]);
  });
});

describe('negative answers', () => {
  test.each([
    ['name', 0],
    ['type', 1],
  ] as const)('NXDOMAIN of a %s: another type of the name sends %i queries', (nxdomainScope, queries) => {
    const world = worldWith({ nxdomainScope });
    world.resolve('nx.example.com. A');
    world.takeSent();
    expect(world.resolve('nx.example.com. TXT')).toMatch(/^NXDOMAIN/);
    expect(world.takeSent()).toHaveLength(queries);
    expect(world.resolve('nx.example.com. A')).toMatch(/^NXDOMAIN cache/);
  });

  it('NXDOMAIN kept for a type leaves other types of the name alone', () => {
    const world = worldWith({ nxdomainScope: 'type' });
    world.resolve('www.example.com. A');
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked) =>
        reply(asked, { rcode: 'NXDOMAIN', authority: 'example.com. 60 SOA a. b. 1 1 1 1 60' }),
      );
    }
    world.resolve('www.example.com. TXT');
    expect(world.resolve('www.example.com. A')).toMatch(/^NOERROR cache/);
  });

  test.each([
    [0, 2],
    [5, 1],
  ])('without SOA: kept for %i s, two questions send %i queries', (negativeWithoutSoaSeconds, queries) => {
    const world = worldWith({ negativeWithoutSoaSeconds });
    world.resolve('www.example.com. A');
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked) => reply(asked, { rcode: 'NXDOMAIN' }));
    }
    world.takeSent();
    for (let i = 0; i < 2; i++) world.resolve('nx.example.com. A');
    expect(world.takeSent()).toHaveLength(queries);
  });

  test.each([
    ['kept', [10, 7]],
    ['received', [10, 297]],
  ] as const)('capped at 10 of 300 and shown as %s: %j', (negativeShown, shown) => {
    const world = worldWith({ negativeShown }, { negativeCapSeconds: 10 });
    const answeredAt = ttls(world, 'nx.example.com. A', [0]);
    const later = ttls(world, 'nx.example.com. A', [world.now / SECOND + 3]);
    expect([...answeredAt, ...later]).toEqual(shown);
  });

  test.each([
    [false, 300, 300],
    [true, 297, 297],
  ])('one SOA for the zone (%s): 3 s after another, %i s are left', (sharedSoa, left, lives) => {
    const world = worldWith({ sharedSoa });
    world.resolve('nx1.example.com. A');
    world.pass(3 * SECOND);
    expect(world.resolve('nx2.example.com. A')).toContain(` ${left} IN SOA`);
    world.pass((lives - 1) * SECOND);
    world.takeSent();
    world.resolve('nx2.example.com. A');
    expect(world.takeSent()).toEqual([]);
    world.pass(SECOND);
    world.resolve('nx2.example.com. A');
    expect(world.takeSent()).toHaveLength(1);
  });

  it('a changed SOA begins anew', () => {
    const world = worldWith({ sharedSoa: true });
    world.resolve('nx1.example.com. A');
    world.pass(3 * SECOND);
    const changed = EXAMPLE_ZONE.replace('admin.example.com. 1 ', 'admin.example.com. 2 ');
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': changed });
    expect(world.resolve('nx2.example.com. A')).toContain(' 300 IN SOA');
  });

  it('the shared SOA answers no question for the SOA', () => {
    const world = worldWith({ sharedSoa: true });
    world.resolve('nx1.example.com. A');
    expect(world.resolve('example.com. SOA')).toMatch(/^NOERROR fresh\nexample.com. 3600 IN SOA/);
  });
});

describe('a clock of whole seconds', () => {
  // Stored at 1.73 s: 300 s later by an exact clock it is 301.73 s.
  test.each([
    [false, 0, 301.7, 301.74],
    [true, 0, 300.9, 301],
    [true, 1, 301.9, 302],
  ])(
    '%s, grace %i s: the data live at %d s and not at %d s',
    (wholeSeconds, expiryGraceSeconds, alive, gone) => {
      const world = worldWith({ wholeSeconds }, { expiryGraceSeconds });
      world.pass(1.7 * SECOND);
      world.resolve('www.example.com. A');
      world.takeSent();
      for (const [at, queries] of [
        [alive, 0],
        [gone, 1],
      ] as const) {
        world.pass(at * SECOND - world.now);
        world.resolve('www.example.com. A');
        expect(world.takeSent()).toHaveLength(queries);
      }
    },
  );
});

describe('TTL of an answer just fetched', () => {
  test.each([
    ['received', 86_400],
    ['kept', 60],
  ] as const)('%s: the NS set shows %i s', (freshShown, ttl) => {
    const world = worldWith({ freshShown });
    const shortDelegation = COM_ZONE.replaceAll('example.com. 172800 NS', 'example.com. 60 NS');
    world.serve(COM_SERVER, { 'com.': shortDelegation });
    expect(ttls(world, 'example.com. NS', [0])).toEqual([ttl]);
    expect(ttls(world, 'example.com. NS', [10])).toEqual([51]);
  });
});
