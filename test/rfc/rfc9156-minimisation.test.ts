/** RFC 9156: DNS query name minimisation. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { ResolverOptions } from '../../src/dns/resolve/options.ts';
import {
  COM_SERVER,
  EXAMPLE_1,
  EXAMPLE_2,
  EXAMPLE_ZONE,
  ROOT_SERVER,
  reply,
  World,
} from '../dns/resolve/harness.ts';

const DEEP = `${EXAMPLE_ZONE}a.b.c.d.example.com. 60 A 203.0.113.10\n`;
const minimising = (options: Partial<ResolverOptions> = {}, zone = DEEP): World =>
  World.standard({ qnameMinimisation: 'relaxed', ...options }, zone);

describe('§2.3 the algorithm', () => {
  it('shows each zone one label more than its own name, type A', () => {
    const world = minimising();
    expect(world.resolve('www.example.com. TXT')).toMatch(/^NOERROR fresh/);
    expect(world.takeSent()).toEqual([
      `${ROOT_SERVER} com. A`,
      `${COM_SERVER} example.com. A`,
      `${EXAMPLE_1} www.example.com. TXT`,
    ]);
  });

  it('passes empty non-terminals', () => {
    const world = minimising();
    expect(world.resolve('a.b.c.d.example.com. A')).toBe(
      'NOERROR fresh\na.b.c.d.example.com. 60 IN A 203.0.113.10',
    );
    expect(world.takeSent().map((line) => line.split(' ')[1])).toEqual([
      'com.',
      'example.com.',
      'd.example.com.',
      'c.d.example.com.',
      'b.c.d.example.com.',
      'a.b.c.d.example.com.',
    ]);
  });

  it('does not ask again what the cache knows to be no cut', () => {
    const world = minimising();
    world.resolve('a.b.c.d.example.com. A');
    world.takeSent();
    world.resolve('a.b.c.d.example.com. TXT');
    expect(world.takeSent()).toEqual([`${EXAMPLE_1} a.b.c.d.example.com. TXT`]);
  });

  const long = (labelCount: number): string =>
    `${Array.from({ length: labelCount }, (_, i) => `l${i}`).join('.')}.example.com.`;

  test.each([
    [2, 5],
    [5, 8],
    [20, 12],
    [40, 12],
  ])('%i labels below the zone cost at most MAX_MINIMISE_COUNT queries: %i in all', (labelCount, queries) => {
    const world = minimising({}, `${EXAMPLE_ZONE}${long(labelCount)} 60 A 203.0.113.10\n`);
    expect(world.resolve(`${long(labelCount)} A`)).toMatch(/^NOERROR fresh/);
    const sent = world.takeSent();
    expect(sent.length).toBeLessThanOrEqual(queries);
    expect(sent.filter((line) => !line.includes(` ${long(labelCount)} `)).length).toBeLessThanOrEqual(10);
  });

  it('off: every server sees the full name', () => {
    const world = minimising({ qnameMinimisation: 'off' });
    world.resolve('www.example.com. A');
    expect(world.takeSent().every((line) => line.endsWith('www.example.com. A'))).toBe(true);
  });
});

describe('§2.3 step 6 and §5: NXDOMAIN and errors on a minimised name', () => {
  const broken = (sections: Parameters<typeof reply>[1]) => (world: World) => {
    const good = world.servers.get(EXAMPLE_1)!;
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked, transport, now) =>
        asked.name === 'a.b.c.d.example.com.' ? good(asked, transport, now) : reply(asked, sections),
      );
    }
  };
  const NX = { rcode: 'NXDOMAIN', authority: 'example.com. 60 SOA a. b. 1 1 1 1 60' } as const;
  const OK = 'NOERROR fresh\na.b.c.d.example.com. 60 IN A 203.0.113.10';

  test.each([
    ['relaxed', 'NXDOMAIN', NX, OK],
    ['strict', 'NXDOMAIN', NX, 'NXDOMAIN fresh\nexample.com. 60 IN SOA a. b. 1 1 1 1 60'],
    ['relaxed', 'REFUSED', { rcode: 'REFUSED', authoritative: false }, OK],
    ['strict', 'REFUSED', { rcode: 'REFUSED', authoritative: false }, 'SERVFAIL server-failure'],
    ['relaxed', 'SERVFAIL', { rcode: 'SERVFAIL', authoritative: false }, OK],
    ['strict', 'SERVFAIL', { rcode: 'SERVFAIL', authoritative: false }, 'SERVFAIL server-failure'],
    ['relaxed', 'NOTIMP', { rcode: 'NOTIMP', authoritative: false }, OK],
  ] as const)('%s, %s', (qnameMinimisation, _, sections, text) => {
    const world = minimising({ qnameMinimisation });
    broken(sections)(world);
    expect(world.resolve('a.b.c.d.example.com. A')).toBe(text);
  });

  it('relaxed: a distrusted NXDOMAIN is not cached', () => {
    const world = minimising();
    broken(NX)(world);
    world.resolve('a.b.c.d.example.com. A');
    expect([...world.resolver.state.cache.entries()].some((entry) => entry.kind === 'nxdomain')).toBe(false);
  });

  it.each([
    ['relaxed', OK],
    ['strict', 'SERVFAIL no-reachable-server'],
  ] as const)('%s: minimised queries time out', (qnameMinimisation, text) => {
    const world = minimising({ qnameMinimisation, budgetMicros: 60 * SECOND });
    const good = world.servers.get(EXAMPLE_1)!;
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked, transport, now) =>
        asked.name === 'a.b.c.d.example.com.' ? good(asked, transport, now) : 'silent',
      );
    }
    expect(world.resolve('a.b.c.d.example.com. A')).toBe(text);
    expect(world.takeSent().filter((line) => line.endsWith(' d.example.com. A')).length).toBe(
      qnameMinimisation === 'relaxed' ? 3 : 6,
    );
  });

  it('a CNAME on the way says nothing about names below it', () => {
    const world = minimising({}, `${DEEP}d.example.com. 60 CNAME www.example.com.\n`);
    expect(world.resolve('a.b.c.d.example.com. A')).toBe(OK);
  });
});
