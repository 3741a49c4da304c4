import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import {
  affectedWeight,
  censoredWeight,
  populationRecovery,
  type RecoveryGroup,
  recoveredBy,
  recoveryCurve,
  recoveryQuantile,
} from '../../src/measure/recovery.ts';

const group = (times: readonly number[], censored = 0, weight = 1): RecoveryGroup => ({
  times: Float64Array.from(times).sort(),
  censored,
  weight,
});

/** Groups with weights that add up without rounding. */
const groups = fc.array(
  fc.record({
    times: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }),
    censored: fc.integer({ min: 0, max: 4 }),
    weight: fc.constantFrom(0.25, 1, 2.5, 8),
  }),
  { minLength: 1, maxLength: 3 },
);
const made = (drawn: { times: number[]; censored: number; weight: number }[]): RecoveryGroup[] =>
  drawn.map(({ times, censored, weight }) => group(times, censored, weight));

/** Every affected client once per quarter of weight, in order; those never back last. */
function spelledOut(all: readonly RecoveryGroup[]): number[] {
  const list = all.flatMap(({ times, censored, weight }) =>
    [...times, ...Array.from({ length: censored }, () => Number.POSITIVE_INFINITY)].flatMap((time) =>
      Array.from({ length: weight * 4 }, () => time),
    ),
  );
  return list.sort((a, b) => a - b);
}

describe('quantiles of the time to recovery', () => {
  it('are those of the clients written out one by one', () => {
    fc.assert(
      fc.property(groups, fc.constantFrom(0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1), (drawn, share) => {
        const all = made(drawn);
        const list = spelledOut(all);
        const wanted = list[Math.ceil(share * list.length) - 1];
        const expected = wanted === undefined || wanted === Number.POSITIVE_INFINITY ? null : wanted;
        expect(recoveryQuantile(all, share)).toBe(expected);
      }),
      { seed: 11, numRuns: 2000 },
    );
  });

  it('never fall as the share grows, and are beyond the horizon from some share on', () => {
    fc.assert(
      fc.property(groups, (drawn) => {
        const all = made(drawn);
        const values = [0.1, 0.5, 0.9, 1].map((share) => recoveryQuantile(all, share));
        const asNumbers = values.map((value) => value ?? Number.POSITIVE_INFINITY);
        expect([...asNumbers].sort((a, b) => a - b)).toEqual(asNumbers);
      }),
      { seed: 12 },
    );
  });

  it('a censored client counts as not back, not as back at the horizon', () => {
    expect(recoveryQuantile([group([10, 20, 30], 1)], 0.75)).toBe(30);
    expect(recoveryQuantile([group([10, 20, 30], 1)], 0.76)).toBeNull();
    expect(recoveryQuantile([group([10, 20, 30])], 1)).toBe(30);
  });

  it('weights count clients, not groups', () => {
    expect(recoveryQuantile([group([10]), group([100], 0, 9)], 0.1)).toBe(10);
    expect(recoveryQuantile([group([10]), group([100], 0, 9)], 0.11)).toBe(100);
  });

  it('nobody affected: no time', () => {
    expect(recoveryQuantile([group([])], 0.5)).toBeNull();
    expect(recoveryQuantile([], 0.5)).toBeNull();
  });

  it('thirds are not lost to rounding', () => {
    expect(recoveryQuantile([group([1, 2, 3], 0, 1 / 3)], 2 / 3)).toBe(2);
  });
});

describe('weights and curve', () => {
  it('affected are those back and those not', () => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 0, max: 50 }), (drawn, time) => {
        const all = made(drawn);
        const list = spelledOut(all);
        expect(affectedWeight(all)).toBe(list.length / 4);
        expect(censoredWeight(all)).toBe(list.filter((at) => at === Number.POSITIVE_INFINITY).length / 4);
        expect(recoveredBy(all, time)).toBe(list.filter((at) => at <= time).length / 4);
      }),
      { seed: 13 },
    );
  });

  it('the curve rises to the share of the affected who came back', () => {
    fc.assert(
      fc.property(groups, (drawn) => {
        const all = made(drawn);
        const curve = recoveryCurve(all, 200);
        if (affectedWeight(all) === 0) {
          expect(curve).toEqual([]);
          return;
        }
        const shares = curve.map(([, share]) => share);
        expect([...shares].sort((a, b) => a - b)).toEqual(shares);
        const back = affectedWeight(all) - censoredWeight(all);
        expect(shares[shares.length - 1]).toBeCloseTo(back / affectedWeight(all), 12);
      }),
      { seed: 14 },
    );
  });
});

describe('recovery of the population', () => {
  // One bucket is ten seconds; ten requests in each. Availability by bucket in tenths; target 90 %.
  const rows: [served: string, faultAt: number, holdSeconds: number, expected: number | null][] = [
    ['10 10 10 10', 10, 20, 0],
    ['10 9 9 10', 10, 20, 0], // at the target is not below it
    ['10 8 10 10', 10, 20, 10],
    ['10 8 10 10', 10, 30, null], // not held long enough before the horizon
    ['10 8 10', 10, 10, 10],
    ['10 10 8 10 10', 10, 20, 20],
    ['10 5 6 7 10 10', 10, 20, 30],
    ['10 5 10 5 10 10', 10, 20, 30], // back, but not for the hold
    ['10 5 10 10 5 10 10', 10, 20, 10], // back for the hold: a later fall does not count
    ['10 5 10 10 5 10 10', 10, 30, null],
    ['10 5 5 5 5', 10, 10, null],
    ['2 10 10 10', 10, 20, 0], // before the fault
    ['10 2 10 10', 15, 20, 5], // the fault begins inside a bucket
    ['10 2 10 10', 19, 20, 1],
    ['10 5', 10, 0, null],
    ['10 5 10', 10, 0, 10],
  ];
  test.each(rows)('%s, fault at %d s, hold %d s: %s', (text, faultAt, hold, expected) => {
    const served = text.split(' ').map(Number);
    const total = served.map(() => 10);
    const seen = populationRecovery(served, total, 10 * SECOND, faultAt * SECOND, 0.9, hold * SECOND);
    expect(seen).toBe(expected === null ? null : expected * SECOND);
  });

  it('buckets without requests are not below the target', () => {
    expect(populationRecovery([0, 5, 0, 0, 9], [0, 10, 0, 0, 9], SECOND, SECOND, 0.9, 3 * SECOND)).toBe(
      SECOND,
    );
  });

  it('is the first instant after a low bucket from which none is low for the hold', () => {
    const series = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        series,
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 8 }),
        (low, hold, first) => {
          const served = low.map((is) => (is ? 0 : 10));
          const total = low.map(() => 10);
          const seen = populationRecovery(served, total, SECOND, first * SECOND, 0.9, hold * SECOND);
          const isLow = (at: number): boolean => at >= first && low[at] === true;
          const everLow = low.findIndex((_, at) => isLow(at));
          const candidates = low
            .map((_, at) => at + 1)
            .filter((at) => isLow(at - 1) && at + Math.max(hold, 1) <= low.length)
            .filter((at) =>
              Array.from({ length: Math.max(hold, 1) }, (_, k) => at + k).every((k) => !isLow(k)),
            );
          const expected =
            everLow < 0 ? 0 : candidates.length === 0 ? null : (candidates[0]! - first) * SECOND;
          expect(seen).toBe(expected);
        },
      ),
      { seed: 15, numRuns: 3000 },
    );
  });
});
