/** Which site answers, and over which addresses. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import type { EffectSpec, TargetSpec } from '../../../src/model/spec.ts';
import { ask, deliver, fault, HERE, provider, THERE, world, worldAt } from '../world.ts';

const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const unlimited = Number.POSITIVE_INFINITY;
const base = provider();
const anycast = {
  ...base,
  servers: [
    {
      ...base.servers[0]!,
      sites: [
        { region: HERE, capacity: unlimited },
        { region: THERE, capacity: unlimited },
      ],
    },
  ],
};
const SPEC = world({ providers: [anycast] });
const QUERY = 'app.example.com. A';
const RIGHT = 'app.example.com. 300 A 203.0.113.10';

describe('anycast', () => {
  it('answers from the nearest site', () => {
    const side = worldAt(SPEC, 0);
    expect(deliver(side, QUERY, { region: HERE })).toMatchObject({ delay: 10 * MILLISECOND });
    expect(deliver(side, QUERY, { region: THERE })).toMatchObject({ delay: 10 * MILLISECOND });
  });

  it('is far away with one site (negative control)', () => {
    const side = worldAt(world(), 0);
    expect(deliver(side, QUERY, { region: THERE })).toMatchObject({ delay: 80 * MILLISECOND });
  });

  const server: TargetSpec = { kind: 'server', provider: 0, server: 0 };
  const rows: [what: string, target: TargetSpec, here: string, there: string][] = [
    ['one site down keeps its catchment', { ...server, site: 1 }, RIGHT, 'lost'],
    ['all sites down', server, 'lost', 'lost'],
    ['region of one site down', { kind: 'region', region: THERE }, RIGHT, 'lost'],
    ['path between regions down', { kind: 'path', from: HERE, to: THERE }, RIGHT, RIGHT],
  ];
  test.each(rows)('%s', (_, target, here, there) => {
    const side = worldAt({ ...SPEC, timeline: [fault(target, SILENT)] }, 11 * SECOND);
    expect([ask(side, QUERY, { region: HERE }), ask(side, QUERY, { region: THERE })]).toEqual([here, there]);
  });
});

describe('addresses', () => {
  const families: [family: 4 | 6, v4: string, v6: string][] = [
    [4, 'lost', RIGHT],
    [6, RIGHT, 'lost'],
  ];
  test.each(families)('IPv%d down', (family, v4, v6) => {
    const target: TargetSpec = { kind: 'server', provider: 0, server: 0, family };
    const side = worldAt({ ...SPEC, timeline: [fault(target, SILENT)] }, 11 * SECOND);
    expect(ask(side, QUERY, { address: '192.0.2.1' })).toBe(v4);
    expect(ask(side, QUERY, { address: '2001:db8::1' })).toBe(v6);
  });

  it('belong to the first server that has them', () => {
    const down = fault({ kind: 'plane', provider: 1, plane: 'edge' }, SILENT);
    const side = worldAt(
      world({ providers: [provider(), provider({ name: 'copy' })], timeline: [down] }),
      11 * SECOND,
    );
    expect(ask(side, QUERY)).toBe(RIGHT);
  });

  it('loses queries to an address without a server, and counts them for nobody', () => {
    const side = worldAt(SPEC, 0);
    expect(ask(side, QUERY, { address: '192.0.2.99' })).toBe('lost');
    expect(ask(side, QUERY, { address: '203.0.113.10' })).toBe('lost');
    expect(side.load()).toEqual([{ hop: 'main', queries: 0, peakPerSecond: 0 }]);
  });

  it('knows the endpoints by their addresses', () => {
    const side = worldAt(SPEC, 0);
    expect(['203.0.113.10', '198.51.100.20', '192.0.2.1'].map((address) => side.endpointOf(address))).toEqual(
      [0, 1, -1],
    );
  });
});

describe('questions outside of the zones', () => {
  const rows: [query: string, answer: string][] = [
    ['app.example.com. A', RIGHT],
    ['nobody.example.com. A', 'NXDOMAIN aa'],
    ['app.example.com. AAAA', 'NODATA aa'],
    ['app.example.net. A', 'REFUSED'],
  ];
  test.each(rows)('%s is %s', (query, answer) => {
    expect(ask(worldAt(SPEC, 0), query)).toBe(answer);
  });
});
