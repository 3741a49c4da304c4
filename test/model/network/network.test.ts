/** Round-trip times, losses and the choice of an anycast site. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND } from '../../../src/base/time.ts';
import { RandomStreams } from '../../../src/kernel/random-streams.ts';
import { CLEAR, joinLinks } from '../../../src/model/network/link.ts';
import { bothWays, Network } from '../../../src/model/network/network.ts';
import type { LinkState } from '../../../src/model/outside.ts';
import { NETWORK } from '../world.ts';

const never = (): number => {
  throw new Error('no draw expected');
};

describe('round-trip time', () => {
  it('is the median without a draw when there is no spread', () => {
    const network = new Network(NETWORK);
    expect(network.draw(0, 1, never)).toBe(80 * MILLISECOND);
    expect(network.draw(1, 1, never)).toBe(10 * MILLISECOND);
  });

  it('has the given median and 95th percentile, by one draw', () => {
    const network = new Network({ ...NETWORK, spread: 2.5 });
    let draws = 0;
    const constant = (value: number) => () => {
      draws++;
      return value;
    };
    expect(network.draw(0, 1, constant(0.5))).toBe(80 * MILLISECOND);
    expect(network.draw(0, 1, constant(0.95))).toBeCloseTo(200 * MILLISECOND, -2);
    expect(network.draw(0, 1, constant(0.05))).toBeCloseTo(32 * MILLISECOND, -2);
    expect(draws).toBe(3);
  });

  it('exceeds 2.5 medians in 5 % of 20,000 draws', () => {
    const network = new Network({ ...NETWORK, spread: 2.5 });
    const draw = new RandomStreams(5).open('round trips').uniform;
    const n = 20_000;
    const above = Array.from({ length: n }, () => network.draw(0, 1, draw)).filter(
      (time) => time > 200 * MILLISECOND,
    ).length;
    expect(Math.abs(above / n - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / n));
  });
});

describe('nearest site', () => {
  // Regions a, b, c on a line.
  const roundTrip = [
    [5, 50, 100],
    [50, 5, 50],
    [100, 50, 5],
  ];
  const network = new Network({ ...NETWORK, regions: ['a', 'b', 'c'], roundTrip });
  const rows: [from: number, sites: number[], chosen: number][] = [
    [0, [2], 0],
    [0, [2, 1], 1],
    [0, [2, 1, 0], 2],
    [1, [0, 2], 0],
    [1, [2, 0], 0],
    [2, [0, 1], 1],
  ];
  test.each(rows)('from %d to sites %j', (from, sites, chosen) => {
    expect(network.nearest(from, sites)).toBe(chosen);
  });
});

describe('links in a row', () => {
  const link = (parts: Partial<LinkState>): LinkState => ({ ...CLEAR, ...parts });
  const rows: [parts: LinkState[], whole: LinkState][] = [
    [[], CLEAR],
    [[CLEAR, CLEAR], CLEAR],
    [[link({ loss: 0.5 }), link({ loss: 0.5 })], link({ loss: 0.75 })],
    [[link({ loss: 1 }), link({ loss: 0.5 })], link({ loss: 1 })],
    [[link({ extra: 3 }), link({ extra: 4 })], link({ extra: 7 })],
    [[link({ down: 'refused' }), CLEAR], link({ down: 'refused' })],
    [[link({ down: 'refused' }), link({ down: 'silent' })], link({ down: 'silent' })],
    [[link({ down: 'silent' }), link({ down: 'refused' })], link({ down: 'silent' })],
  ];
  test.each(rows)('%j', (parts, whole) => {
    expect(joinLinks(parts)).toEqual(whole);
  });

  test('loss in both directions', () => {
    expect([0, 0.1, 0.5, 1].map(bothWays)).toEqual([0, expect.closeTo(0.19, 12), 0.75, 1]);
  });
});
