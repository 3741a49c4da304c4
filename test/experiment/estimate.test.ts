import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AMOUNT, censoredEstimate, estimate, mean, SHARE, tidy } from '../../src/experiment/estimate.ts';
import { studentQuantile } from '../../src/experiment/student.ts';

describe('quantiles of the t distribution', () => {
  // Values of R's qt(0.975, df).
  test.each([
    [1, 12.7062],
    [2, 4.3027],
    [4, 2.7764],
    [9, 2.2622],
    [30, 2.0423],
    [31, 2.0395],
    [40, 2.0211],
    [99, 1.9842],
    [1000, 1.9623],
  ])('%i degrees of freedom: %f', (freedom, expected) => {
    expect(Math.abs(studentQuantile(freedom) - expected)).toBeLessThan(0.0005);
  });

  it('falls with the degrees of freedom, across the end of the table too', () => {
    for (let freedom = 1; freedom < 200; freedom++) {
      expect(studentQuantile(freedom)).toBeGreaterThan(studentQuantile(freedom + 1));
    }
  });

  test.each([0, -1, 1.5, Number.NaN])('has none for %f', (freedom) => {
    expect(() => studentQuantile(freedom)).toThrow(RangeError);
  });
});

describe('an estimate', () => {
  it('is the mean with the t interval', () => {
    // mean 3, s = 1.581139, s/sqrt(5) = 0.707107, t(4) = 2.776
    expect(estimate([1, 2, 3, 4, 5], AMOUNT)).toEqual({ mean: 3, low: 1.037072, high: 4.962928 });
  });

  it('has no interval from one replication', () => {
    expect(estimate([0.25], SHARE)).toEqual({ mean: 0.25 });
  });

  it('is cut off at possible values', () => {
    expect(estimate([0, 1], SHARE)).toEqual({ mean: 0.5, low: 0, high: 1 });
    expect(estimate([0, 1], AMOUNT).high).toBeGreaterThan(1);
  });

  it('covers the true mean in about 95 of 100 experiments of 5 replications', () => {
    // A fixed linear congruential generator; sums of 12 uniforms are close to normal.
    let state = 12345;
    const uniform = (): number => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state / 2 ** 31;
    };
    const normal = (): number => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, 94);
    const covered = Array.from({ length: 2000 }, () => {
      const { low, high } = estimate(Array.from({ length: 5 }, normal), AMOUNT);
      return low! <= 100 && 100 <= high!;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThan(1870);
    expect(covered).toBeLessThan(1930);
  });

  it('is finite and holds its mean for any values', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(values, (list) => {
        const result = estimate(list, AMOUNT);
        expect(Number.isFinite(result.high)).toBe(true);
        expect(result.low).toBeLessThanOrEqual(result.mean);
        expect(result.high).toBeGreaterThanOrEqual(result.mean);
      }),
      { seed: 7 },
    );
  });
});

describe('a censored estimate', () => {
  it('is an ordinary one when every replication saw the value', () => {
    expect(censoredEstimate([60, 60], AMOUNT)).toEqual({ mean: 60, low: 60, high: 60 });
  });

  it('is unknown as soon as one replication did not see it', () => {
    expect(censoredEstimate([60, null, 60], AMOUNT)).toBeNull();
  });
});

test('tidy numbers have six decimals and no negative zero', () => {
  expect(tidy(0.1 + 0.2)).toBe(0.3);
  expect(Object.is(tidy(-1e-9), 0)).toBe(true);
  expect(tidy(1e15)).toBe(1e15);
});

test('the mean of nothing is 0', () => {
  expect(mean([])).toBe(0);
  expect(mean([1, 2])).toBe(1.5);
});
