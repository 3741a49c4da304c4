/** RFC 2308: negative caching in a resolver. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { EXAMPLE_1, EXAMPLE_2, EXAMPLE_ZONE, reply, World } from '../dns/resolve/harness.ts';

const soa = (ttl: number, minimum: number): string =>
  `example.com. ${ttl} SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 ${minimum}`;

function negative(world: World, rcode: 'NOERROR' | 'NXDOMAIN', authority: string): void {
  for (const address of [EXAMPLE_1, EXAMPLE_2])
    world.servers.set(address, (asked) => reply(asked, { rcode, authority }));
}

const upstream = (world: World): number =>
  world.takeSent().filter((line) => line.startsWith('192.0.2.')).length;

describe('§5 N1, N2: negative TTL = min(SOA TTL, MINIMUM), capped', () => {
  const CASES: readonly (readonly [ttl: number, minimum: number, cap: number, held: number])[] = [
    [3600, 300, 10_800, 300],
    [300, 3600, 10_800, 300],
    [900, 900, 10_800, 900],
    [604_800, 604_800, 10_800, 10_800],
    [604_800, 604_800, 3_600, 3_600],
    [86_400, 5, 10_800, 5],
  ];
  for (const rcode of ['NXDOMAIN', 'NOERROR'] as const) {
    test.each(CASES)(
      `${rcode}: SOA TTL %i, MINIMUM %i, cap %i: %i s`,
      (ttl, minimum, negativeCapSeconds, held) => {
        const world = World.standard({ negativeCapSeconds });
        negative(world, rcode, soa(ttl, minimum));
        const text = (reason: string, left: number): string =>
          `${rcode} ${reason}\n${soa(ttl, minimum).replace(` ${ttl} `, ` ${left} IN `)}`;
        expect(world.resolve('nx.example.com. A')).toBe(text('fresh', held));
        world.takeSent();
        world.pass((held - 1) * SECOND);
        expect(world.resolve('nx.example.com. A')).toBe(text('cache', 1));
        expect(upstream(world)).toBe(0);
        world.pass(SECOND);
        expect(world.resolve('nx.example.com. A')).toBe(text('fresh', held));
        expect(upstream(world)).toBe(1);
      },
    );
  }

  it('a floor lifts it', () => {
    const world = World.standard({ negativeFloorSeconds: 20 });
    negative(world, 'NXDOMAIN', soa(3600, 1));
    expect(world.resolve('nx.example.com. A')).toContain('example.com. 20 IN SOA');
  });
});

describe('§5 N3: what an entry covers', () => {
  it('NXDOMAIN covers every type of the name', () => {
    const world = World.standard();
    expect(world.resolve('nx.example.com. A')).toMatch(/^NXDOMAIN fresh/);
    world.takeSent();
    expect(world.resolve('nx.example.com. TXT')).toMatch(/^NXDOMAIN cache/);
    expect(upstream(world)).toBe(0);
  });

  it('NODATA covers its type only', () => {
    const world = World.standard();
    expect(world.resolve('www.example.com. TXT')).toMatch(/^NOERROR fresh\nexample.com. 300 IN SOA/);
    world.takeSent();
    expect(world.resolve('www.example.com. TXT')).toMatch(/^NOERROR cache\nexample.com. 300 IN SOA/);
    expect(upstream(world)).toBe(0);
    expect(world.resolve('www.example.com. A')).toBe('NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10');
    expect(upstream(world)).toBe(1);
  });

  it('neither covers another name', () => {
    const world = World.standard();
    world.resolve('nx.example.com. A');
    world.takeSent();
    expect(world.resolve('nx2.example.com. A')).toMatch(/^NXDOMAIN fresh/);
    expect(upstream(world)).toBe(1);
  });

  it('data that appear replace NXDOMAIN for the whole name', () => {
    const world = World.standard();
    world.resolve('new.example.com. A');
    world.pass(300 * SECOND);
    const zone = `${EXAMPLE_ZONE}new.example.com. 60 A 203.0.113.5\nnew.example.com. 60 TXT "hi"`;
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': zone });
    expect(world.resolve('new.example.com. A')).toMatch(/^NOERROR fresh/);
    expect(world.resolve('new.example.com. TXT')).toMatch(/^NOERROR fresh/);
  });

  it('NXDOMAIN found later ends the data of the name', () => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    negative(world, 'NXDOMAIN', soa(3600, 300));
    world.resolve('www.example.com. TXT');
    expect(world.resolve('www.example.com. A')).toMatch(/^NXDOMAIN cache/);
  });
});

describe('§2.1, §2.2: forms of negative answers', () => {
  it.each([
    ['type 1: SOA and NS', `${soa(3600, 300)}\nexample.com. 60 NS ns1.example.com.`],
    ['type 2: SOA alone', soa(3600, 300)],
  ])('NXDOMAIN %s is cached', (_, authority) => {
    const world = World.standard();
    negative(world, 'NXDOMAIN', authority);
    world.resolve('nx.example.com. A');
    expect(world.resolve('nx.example.com. A')).toMatch(/^NXDOMAIN cache/);
  });

  it.each([
    ['NXDOMAIN', 'type 3: no authority', ''],
    ['NXDOMAIN', 'type 4: NS alone', 'example.com. 60 NS ns1.example.com.'],
    ['NOERROR', 'type 3: no authority', ''],
  ] as const)('N6: %s %s is believed but not cached (§5: no SOA, no caching)', (rcode, _, authority) => {
    const world = World.standard();
    negative(world, rcode, authority);
    expect(world.resolve('nx.example.com. A')).toBe(`${rcode} fresh`);
    world.takeSent();
    expect(world.resolve('nx.example.com. A')).toBe(`${rcode} fresh`);
    expect(upstream(world)).toBe(1);
  });

  it('a SOA of another zone does not limit anything: it is as if there were none', () => {
    const world = World.standard();
    negative(world, 'NXDOMAIN', 'com. 60 SOA a. b. 1 1 1 1 60');
    expect(world.resolve('nx.example.com. A')).toBe('NXDOMAIN fresh');
    expect(world.resolve('nx.example.com. A')).toBe('NXDOMAIN fresh');
  });

  it('§2.1: NXDOMAIN next to a CNAME concerns the target', () => {
    const zone = `${soa(3600, 300)}\nalias.example.com. 60 CNAME gone.example.com.`;
    const world = World.standard({}, zone);
    expect(world.resolve('alias.example.com. A')).toBe(
      `NXDOMAIN fresh\nalias.example.com. 60 IN CNAME gone.example.com.\n${soa(3600, 300).replace(' 3600 SOA', ' 300 IN SOA')}`,
    );
    expect(world.resolve('gone.example.com. A')).toMatch(/^NXDOMAIN cache/);
    expect(world.resolve('alias.example.com. CNAME')).toMatch(/^NOERROR cache/);
  });
});

describe('§5: the SOA in the answer counts down with the entry', () => {
  it('so that caches behind this one hold it no longer', () => {
    const world = World.standard();
    world.resolve('nx.example.com. A');
    world.pass(100 * SECOND);
    expect(world.resolve('nx.example.com. A')).toMatch(/^NXDOMAIN cache\nexample.com. 200 IN SOA/);
  });
});
