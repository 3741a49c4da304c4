import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominators, type ParetoPoint } from '../../../src/experiment/compare/pareto.ts';

const POINTS = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.option(fc.integer({ min: 0, max: 6 }))), {
    maxLength: 8,
  })
  .map((list) => list.map(([load, recovery], index): ParetoPoint => ({ name: `s${index}`, load, recovery })));
const SEED = { seed: 7, numRuns: 500 };

const cost = ({ load, recovery }: ParetoPoint): [number, number] => [
  load,
  recovery ?? Number.POSITIVE_INFINITY,
];

describe('the Pareto front', () => {
  it('by hand', () => {
    const points: ParetoPoint[] = [
      { name: 'dear and fast', load: 300, recovery: 60 },
      { name: 'cheap and slow', load: 10, recovery: 600 },
      { name: 'beaten by both sides', load: 400, recovery: 700 },
      { name: 'same load, slower', load: 300, recovery: 61 },
      { name: 'cheapest, never back', load: 1, recovery: null },
      { name: 'dear, never back', load: 20, recovery: null },
    ];
    expect(dominators(points)).toEqual([
      [],
      [],
      ['dear and fast', 'cheap and slow', 'same load, slower'],
      ['dear and fast'],
      [],
      ['cheap and slow', 'cheapest, never back'],
    ]);
  });

  it('is never empty, and what is not on it is beaten by a point of it', () => {
    fc.assert(
      fc.property(POINTS, (points) => {
        const beatenBy = dominators(points);
        const front = points.filter((_, index) => beatenBy[index]!.length === 0).map(({ name }) => name);
        expect(front.length > 0 || points.length === 0).toBe(true);
        for (const names of beatenBy)
          expect(names.length === 0 || names.some((name) => front.includes(name))).toBe(true);
      }),
      SEED,
    );
  });

  it('is what comparing every point with every other gives', () => {
    fc.assert(
      fc.property(POINTS, (points) => {
        const expected = points.map((point) =>
          points
            .filter((other) => {
              const [a, b] = [cost(other), cost(point)];
              return a.every((value, at) => value <= b[at]!) && a.some((value, at) => value < b[at]!);
            })
            .map(({ name }) => name),
        );
        expect(dominators(points)).toEqual(expected);
      }),
      SEED,
    );
  });

  it('does not depend on the order of points', () => {
    fc.assert(
      fc.property(POINTS, (points) => {
        const straight = dominators(points).map((names) => names.toSorted((a, b) => (a < b ? -1 : 1)));
        const turned = dominators(points.toReversed()).map((names) =>
          names.toSorted((a, b) => (a < b ? -1 : 1)),
        );
        expect(turned.toReversed()).toEqual(straight);
      }),
      SEED,
    );
  });
});
