import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { type Observed, recoveredShare, stepAt } from '../../../src/experiment/compare/kaplan-meier.ts';
import { recoveryDistribution } from '../../../src/experiment/compare/recovery-distribution.ts';
import { quantileAt, readQuantile } from '../../../src/measure/comparison.ts';
import type { ReplicationRecord } from '../../../src/measure/record.ts';
import { population, recovery, replication } from '../made-up.ts';
import { fourStandardErrors, normals } from './draws.ts';

const LEVELS = [0.5, 0.9, 0.99];

/** Observations in the usual notation: `6` recovered at 6, `6+` lost sight of at 6. */
function observations(text: string): Observed[] {
  return text.split(' ').map((item) => ({
    at: Number.parseFloat(item),
    recovered: item.endsWith('+') ? 0 : 1,
    censored: item.endsWith('+') ? 1 : 0,
  }));
}

describe('1 - Kaplan-Meier', () => {
  it('of the remission times of Freireich and others (Blood 21, 1963), whose curve is in every textbook', () => {
    const treated = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
    const steps = recoveredShare(observations(treated)).map(([at, share]) => [
      at,
      Math.round((1 - share) * 1e3) / 1e3,
    ]);
    expect(steps).toEqual([
      [6, 0.857],
      [7, 0.807],
      [10, 0.753],
      [13, 0.69],
      [16, 0.627],
      [22, 0.538],
      [23, 0.448],
    ]);
  });

  it('by hand: a client lost sight of counts as at risk up to and including that time', () => {
    expect(recoveredShare(observations('1 2+ 3 3+ 4'))).toEqual([
      [1, expect.closeTo(1 - 4 / 5, 12)],
      [3, expect.closeTo(1 - (4 / 5) * (2 / 3), 12)],
      [4, 1],
    ]);
  });

  it('without losses is the share counted, and weights are many clients', () => {
    const times = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(times, (list) => {
        const all = list.reduce((sum, [, weight]) => sum + weight, 0);
        const weighted = recoveredShare(list.map(([at, weight]) => ({ at, recovered: weight, censored: 0 })));
        const single = recoveredShare(
          list.flatMap(([at, weight]) =>
            Array.from({ length: weight }, () => ({ at, recovered: 1, censored: 0 })),
          ),
        );
        for (const [index, [at, share]] of weighted.entries()) {
          const counted = list.filter(([time]) => time <= at).reduce((sum, [, weight]) => sum + weight, 0);
          expect(share).toBeCloseTo(counted / all, 9);
          expect(single[index]![1]).toBeCloseTo(share, 9);
        }
      }),
      { seed: 7 },
    );
  });

  it('steps at the time itself', () => {
    const steps = [
      [10, 0.4],
      [20, 0.9],
    ] as const;
    expect([9.9, 10, 19.9, 20, 99].map((at) => stepAt(steps, at))).toEqual([0, 0.4, 0.4, 0.9, 0.9]);
    expect(stepAt([], 5)).toBe(0);
  });
});

/** A replication whose affected clients are back as the curve says. */
function record(
  number: number,
  affected: number,
  curve: readonly (readonly [number, number])[],
): ReplicationRecord {
  const last = curve.at(-1)?.[1] ?? 0;
  const at = (level: number): number | null => {
    const seconds = curve.find(([, share]) => share >= level)?.[0];
    return seconds === undefined ? null : seconds * SECOND;
  };
  const times = recovery({
    affected,
    censored: affected * (1 - last),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    curve: curve.map(([seconds, share]) => [seconds * SECOND, share] as const),
  });
  const overall = population({ recovery: times });
  return replication({ replication: number, reached: 700 * SECOND, populations: [overall, overall] });
}

describe('the distribution of time to recovery', () => {
  it('weighs replications by their affected clients', () => {
    const records = [record(0, 30, [[60, 1]]), record(1, 10, [[120, 1]])];
    const { seconds, recovered, affected, horizonSeconds } = recoveryDistribution(
      records,
      100 * SECOND,
      LEVELS,
    );
    expect({ seconds, recovered, affected, horizonSeconds }).toEqual({
      seconds: [60, 120],
      recovered: [0.75, 1],
      affected: 40,
      horizonSeconds: 600,
    });
  });

  it('keeps clients not back by the end in view', () => {
    const records = [record(0, 10, [[60, 0.6]]), record(1, 10, [[60, 0.8]])];
    const result = recoveryDistribution(records, 100 * SECOND, LEVELS);
    expect(result.recovered).toEqual([0.7]);
    expect(result.notRecovered.mean).toBeCloseTo(0.3, 9);
    expect(result.quantiles.map(({ seconds }) => seconds)).toEqual([60, null, null]);
    expect(quantileAt(result, 0.7).seconds).toBe(60);
    expect(quantileAt(result, 0.71).seconds).toBeNull();
  });

  it('has the quantiles a record keeps exactly, though its curve is coarse', () => {
    const coarse = record(0, 100, [[1000, 1]]);
    const exact = {
      ...coarse.populations[0]!.recovery,
      p50: 61 * SECOND,
      p90: 62 * SECOND,
      p99: 63 * SECOND,
    };
    const kept = { ...coarse, reached: 5000 * SECOND, populations: [population({ recovery: exact })] };
    const { quantiles } = recoveryDistribution([kept], 0, LEVELS);
    expect(quantiles.map(({ seconds }) => seconds)).toEqual([61, 62, 63]);
  });

  it('of one replication has no interval', () => {
    const { low, high, quantiles } = recoveryDistribution([record(0, 10, [[60, 1]])], 0, [0.5]);
    expect([low, high]).toEqual([undefined, undefined]);
    expect(quantiles).toEqual([{ level: 0.5, seconds: 60 }]);
  });

  it('where nobody was affected is empty', () => {
    const { seconds, affected, notRecovered } = recoveryDistribution([record(0, 0, [])], 0, LEVELS);
    expect({ seconds, affected, missing: notRecovered.mean }).toEqual({
      seconds: [],
      affected: 0,
      missing: 0,
    });
  });

  it('is thinned to 200 points that keep the ends', () => {
    const curve = Array.from({ length: 900 }, (_, index) => [index + 1, (index + 1) / 900] as const);
    const { seconds, quantiles } = recoveryDistribution([record(0, 900, curve)], -9000 * SECOND, LEVELS);
    expect([seconds.length, seconds[0], seconds.at(-1)]).toEqual([200, 1, 900]);
    expect(quantiles.map((one) => one.seconds)).toEqual([450, 810, 891]);
  });

  it('reads the interval of a quantile off the interval of the curve', () => {
    const curve = {
      seconds: [1, 2, 3, 4],
      recovered: [0.2, 0.5, 0.8, 1],
      low: [0, 0.3, 0.6, 0.9],
      high: [0.5, 0.7, 1, 1],
    };
    expect(readQuantile(curve, 0.5)).toEqual({ level: 0.5, seconds: 2, low: 1, high: 3 });
    expect(readQuantile(curve, 0.95)).toEqual({ level: 0.95, seconds: 4, low: 3, high: null });
  });

  it('95 % of the pointwise intervals hold the truth', () => {
    const draw = normals('recovery');
    const trials = 2000;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const records = Array.from({ length: 6 }, (_, number) =>
        record(number, 100, [
          [60, 0.5 + 0.08 * draw()],
          [90, 1],
        ]),
      );
      const { seconds, low, high } = recoveryDistribution(records, 0, []);
      const at = seconds.indexOf(60);
      if (low![at]! <= 0.5 && high![at]! >= 0.5) held += 1;
    }
    expect(Math.abs(held / trials - 0.95)).toBeLessThan(fourStandardErrors(0.95, trials));
  });
});
