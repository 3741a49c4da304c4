import { describe, expect, it, test } from 'vitest';
import { pairedDifference } from '../../../src/experiment/compare/paired.ts';
import { pairsForSigns, pairsForStudent } from '../../../src/experiment/compare/sample-size.ts';
import { signPValue, studentPValue } from '../../../src/experiment/compare/tests.ts';
import { studentQuantile } from '../../../src/experiment/student.ts';
import { fourStandardErrors, normals } from './draws.ts';

/** Additional hours of sleep under two drugs, the data of Student (Biometrika 6, 1908). */
const FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('p of the paired t test', () => {
  test.each([1, 2, 3, 4, 5, 9, 10, 29, 30, 31, 60, 99, 500])(
    'is 5 %% at the table value for %i degrees',
    (freedom) => {
      expect(studentPValue(studentQuantile(freedom), freedom)).toBeCloseTo(0.05, 4);
      expect(studentPValue(-studentQuantile(freedom), freedom)).toBeCloseTo(0.05, 4);
    },
  );

  test.each([0, 0.3, 1, 2.5, 40])('is the closed form for 1 and 2 degrees at t = %d', (t) => {
    expect(studentPValue(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
    expect(studentPValue(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
  });

  test.each([3, 4, 7, 12])('is the area under the density for %i degrees', (freedom) => {
    const density = (x: number): number => (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
    const area = (to: number): number => {
      const width = to / 200_000;
      return (
        width *
        Array.from({ length: 200_000 }, (_, k) => density((k + 0.5) * width)).reduce((a, b) => a + b, 0)
      );
    };
    expect(studentPValue(1.7, freedom)).toBeCloseTo(1 - area(1.7) / area(2000), 3);
  });

  it('needs a whole number of degrees', () => {
    expect(() => studentPValue(1, 0)).toThrow(RangeError);
    expect(() => studentPValue(1, 1.5)).toThrow(RangeError);
  });
});

describe('p of the sign test', () => {
  test.each([
    [0, 5, 0.0625],
    [0, 6, 0.03125],
    [9, 1, 22 / 1024],
    [3, 3, 1],
    [0, 0, 1],
  ])('%i against %i is %d', (lower, higher, p) => {
    expect(signPValue(lower, higher)).toBeCloseTo(p, 12);
  });

  it('counts every way the coins can fall', () => {
    for (let pairs = 1; pairs <= 12; pairs++) {
      for (let lower = 0; lower <= pairs; lower++) {
        const falls = Array.from(
          { length: 2 ** pairs },
          (_, bits) => bits.toString(2).replaceAll('0', '').length,
        );
        const asUneven = falls.filter((ones) => Math.abs(ones - pairs / 2) >= Math.abs(lower - pairs / 2));
        expect(signPValue(lower, pairs - lower)).toBeCloseTo(asUneven.length / falls.length, 12);
      }
    }
  });
});

describe('a paired difference', () => {
  it("of Student's own data", () => {
    const { difference, pValue, evidence } = pairedDifference('sleep', FIRST_DRUG, SECOND_DRUG);
    expect(difference!.mean).toBeCloseTo(1.58, 6);
    expect(difference!.low).toBeCloseTo(0.7001, 3);
    expect(difference!.high).toBeCloseTo(2.4599, 3);
    expect(pValue).toBeCloseTo(0.002833, 5);
    expect(evidence).toBe('higher');
  });

  it('is lost when the pairs are torn apart', () => {
    const shifted = [...SECOND_DRUG.slice(3), ...SECOND_DRUG.slice(0, 3)];
    const { difference, evidence, moreRuns } = pairedDifference('sleep', FIRST_DRUG, shifted);
    expect(difference!.mean).toBeCloseTo(1.58, 6);
    expect(evidence).toBe('none');
    expect(moreRuns).toBeGreaterThan(0);
  });

  it('turns round with its sides', () => {
    const straight = pairedDifference('sleep', FIRST_DRUG, SECOND_DRUG);
    const turned = pairedDifference('sleep', SECOND_DRUG, FIRST_DRUG);
    expect(turned.difference!.mean).toBeCloseTo(-straight.difference!.mean, 9);
    expect(turned).toMatchObject({ lower: straight.higher, higher: straight.lower, evidence: 'lower' });
  });

  it('with one value beyond the horizon is signs and no number', () => {
    const reference = [10, 11, 12, 10, 11, 12, 9];
    const other = [20, 21, null, 22, null, 23, 19];
    const pair = pairedDifference('recovery.p99', reference, other);
    expect(pair.difference).toBeUndefined();
    expect(pair).toMatchObject({ pairs: 7, higher: 7, lower: 0, beyondOther: 2, beyondReference: 0 });
    expect(pair).toMatchObject({ evidence: 'higher', pValue: 0.015625 });
  });

  it('with both values beyond the horizon knows nothing of that pair', () => {
    const pair = pairedDifference('recovery.p99', [null, null, 5], [null, 7, null]);
    expect(pair).toMatchObject({ unknown: 1, lower: 1, higher: 1, evidence: 'none' });
    expect(pair.moreRuns).toBeUndefined();
    expect(pairedDifference('recovery.p99', [null, null], [null, null])).toMatchObject({
      unknown: 2,
      evidence: 'none',
    });
  });

  it('that is the same in every run is judged by its signs', () => {
    const three = pairedDifference('recovery.population', [60, 90, 60], [90, 120, 90]);
    expect(three).toMatchObject({
      difference: { mean: 30, low: 30, high: 30 },
      evidence: 'none',
      pValue: 0.25,
    });
    expect(three.moreRuns).toBe(5);
    const six = pairedDifference('x', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(six).toMatchObject({ evidence: 'higher', pValue: 0.03125 });
  });

  it('of equal values is none, and no number of runs would show one', () => {
    const pair = pairedDifference('x', [1, 2, 3], [1, 2, 3]);
    expect(pair).toMatchObject({ equal: 3, evidence: 'none', difference: { mean: 0, low: 0, high: 0 } });
    expect(pair.pValue).toBeUndefined();
    expect(pair.moreRuns).toBeUndefined();
  });

  it('of a single run has no interval and no evidence', () => {
    expect(pairedDifference('x', [1], [5])).toEqual({
      metric: 'x',
      pairs: 1,
      lower: 0,
      higher: 1,
      equal: 0,
      unknown: 0,
      beyondReference: 0,
      beyondOther: 0,
      difference: { mean: 4 },
      evidence: 'none',
    });
  });

  it('refuses lists of different length', () => {
    expect(() => pairedDifference('x', [1, 2], [1])).toThrow(RangeError);
  });
});

describe('over many experiments', () => {
  const TRIALS = 4000;
  const RUNS = 8;

  /** Strategies that share most of their noise; the other is better by `gain`. */
  function experiment(draw: () => number, runs: number, gain: number): ReturnType<typeof pairedDifference> {
    const shared = Array.from({ length: runs }, () => 100 + 30 * draw());
    const reference = shared.map((value) => value + draw());
    return pairedDifference(
      'x',
      reference,
      shared.map((value) => value - gain + draw()),
    );
  }

  it('95 % of the intervals hold the truth', () => {
    const draw = normals('coverage');
    let held = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const { difference } = experiment(draw, RUNS, 2);
      if (difference!.low! <= -2 && difference!.high! >= -2) held += 1;
    }
    expect(Math.abs(held / TRIALS - 0.95)).toBeLessThan(fourStandardErrors(0.95, TRIALS));
  });

  it('5 % of experiments without a difference claim one', () => {
    const draw = normals('false alarms');
    let claimed = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      if (experiment(draw, RUNS, 0).evidence !== 'none') claimed += 1;
    }
    expect(Math.abs(claimed / TRIALS - 0.05)).toBeLessThan(fourStandardErrors(0.05, TRIALS));
  });

  it('80 % of experiments of the advised size find the difference', () => {
    const draw = normals('power');
    const needed = pairsForStudent(1, Math.SQRT2)!;
    let found = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      if (experiment(draw, needed, 1).evidence === 'lower') found += 1;
    }
    expect(Math.abs(found / TRIALS - 0.8)).toBeLessThan(fourStandardErrors(0.8, TRIALS));
  });
});

describe('the number of runs that would decide', () => {
  test.each([
    [0.5, 34],
    [1, 10],
    [0.2, 199],
  ])('a difference of %d deviations takes %i pairs', (effect, pairs) => {
    expect(pairsForStudent(effect, 1)).toBe(pairs);
    expect(pairsForStudent(-effect, 1)).toBe(pairs);
  });

  it('is unknown where nothing was observed', () => {
    expect(pairsForStudent(0, 1)).toBeUndefined();
    expect(pairsForSigns(4, 4, 10)).toBeUndefined();
  });

  test.each([
    [3, 1, 4, 32],
    [1, 0, 2, 16],
    [0, 5, 5, 8],
  ])('%i signs against %i in %i pairs take %i pairs', (lower, higher, pairs, needed) => {
    expect(pairsForSigns(lower, higher, pairs)).toBe(needed);
  });
});
