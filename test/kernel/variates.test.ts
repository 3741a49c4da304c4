import { describe, expect, it } from 'vitest';
import { RandomStreams, type UniformSource } from '../../src/kernel/random-streams.ts';
import {
  bernoulli,
  between,
  exponential,
  geometric,
  Lognormal,
  normalQuantile,
  poisson,
  stratifiedPhases,
  WeightedChoice,
} from '../../src/kernel/variates.ts';

const COUNT = 200_000;

/** Standard error of a sample variance needs the kurtosis (fourth central moment over variance squared). */
interface Expected {
  readonly mean: number;
  readonly variance: number;
  readonly kurtosis: number;
}

const stream = (name: string) => new RandomStreams(1).open(name);

function moments(values: readonly number[], centre: number): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
  return { mean, variance };
}

function lognormalMoments(median: number, p95: number): Expected {
  const s2 = (Math.log(p95 / median) / 1.644853626951472) ** 2;
  const w = Math.exp(s2);
  return {
    mean: median * Math.sqrt(w),
    variance: median ** 2 * w * (w - 1),
    kurtosis: w ** 4 + 2 * w ** 3 + 3 * w ** 2 - 3,
  };
}

const poissonMoments = (mean: number): Expected => ({ mean, variance: mean, kurtosis: 3 + 1 / mean });

const lognormal = new Lognormal(20_000, 60_000);
const cases: [string, (source: UniformSource) => number, Expected][] = [
  ['exponential of 60 s', (s) => exponential(s, 60e6), { mean: 60e6, variance: 60e6 ** 2, kurtosis: 9 }],
  ['between 10 and 19', (s) => between(s, 10, 19), { mean: 14.5, variance: 8.25, kurtosis: 1.7758 }],
  ['bernoulli of 0.3', (s) => Number(bernoulli(s, 0.3)), { mean: 0.3, variance: 0.21, kurtosis: 1.7619 }],
  ['geometric of 0.25', (s) => geometric(s, 0.25), { mean: 3, variance: 12, kurtosis: 9 + 0.0625 / 0.75 }],
  ['lognormal 20 ms, p95 60 ms', (s) => lognormal.draw(s), lognormalMoments(20_000, 60_000)],
  ...[0.01, 1, 29.9, 30.1, 100, 12_345, 1e9].map(
    (mean): [string, (source: UniformSource) => number, Expected] => [
      `Poisson of ${mean}`,
      (source) => poisson(source, mean),
      poissonMoments(mean),
    ],
  ),
];

describe('moments within four standard errors', () => {
  it.each(cases)('%s', (name, draw, expected) => {
    const source = stream(name);
    const values = Array.from({ length: COUNT }, () => draw(source));
    const { mean, variance } = moments(values, expected.mean);
    expect(values.every(Number.isSafeInteger)).toBe(true);
    expect(Math.abs(mean - expected.mean)).toBeLessThan(4 * Math.sqrt(expected.variance / COUNT));
    const varianceError = expected.variance * Math.sqrt((expected.kurtosis - 1) / COUNT);
    expect(Math.abs(variance - expected.variance)).toBeLessThan(4 * varianceError);
  });
});

describe('quantiles', () => {
  it('of the lognormal are the median and the p95 it was given', () => {
    const source = stream('lognormal quantiles');
    const values = Array.from({ length: COUNT }, () => lognormal.draw(source));
    for (const [quantile, limit] of [
      [0.5, 20_000],
      [0.95, 60_000],
    ] as const) {
      const below = values.filter((value) => value <= limit).length / COUNT;
      expect(Math.abs(below - quantile)).toBeLessThan(4 * Math.sqrt((quantile * (1 - quantile)) / COUNT));
    }
  });

  it.each([
    // From an independent implementation of double precision.
    [1e-12, -7.034483825301131],
    [1e-6, -4.753424308822899],
    [0.025, -1.9599639845400545],
    [0.074, -1.4466320671589785],
    [0.076, -1.4325027208258114],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.841344746068543, 1],
    [0.95, 1.6448536269514722],
    [0.999999, 4.753424308822899],
  ])('of the standard normal at %d', (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1.2e-7 * Math.abs(z) + 1e-15);
  });

  it('of the standard normal are finite at the ends of [0, 1)', () => {
    expect(normalQuantile(0)).toBeCloseTo(-8.29, 2);
    expect(normalQuantile(1 - 2 ** -53)).toBeCloseTo(8.21, 2);
  });
});

/** Tally of a Poisson draw against its exact masses, cells of less than 10 expected counts merged. */
function poissonChiSquare(mean: number, values: readonly number[]): { chiSquare: number; cells: number } {
  const tally = new Map<number, number>();
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
  let [mass, expected, seen, chiSquare, cells] = [Math.exp(-mean), 0, 0, 0, 0];
  for (let count = 0; count < mean * 3 + 20; count++) {
    expected += mass * values.length;
    seen += tally.get(count) ?? 0;
    mass *= mean / (count + 1);
    if (expected < 10) continue;
    chiSquare += (seen - expected) ** 2 / expected;
    cells++;
    [expected, seen] = [0, 0];
  }
  return { chiSquare, cells };
}

describe('poisson', () => {
  it.each([0.5, 5, 29, 31, 60, 200])('of mean %d has the exact masses', (mean) => {
    const source = stream(`poisson ${mean}`);
    const { chiSquare, cells } = poissonChiSquare(
      mean,
      Array.from({ length: COUNT }, () => poisson(source, mean)),
    );
    expect(cells).toBeGreaterThan(3);
    expect(chiSquare).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  it('of another mean has not, so the test can fail', () => {
    const source = stream('poisson 61');
    const { chiSquare, cells } = poissonChiSquare(
      60,
      Array.from({ length: COUNT }, () => poisson(source, 60.5)),
    );
    expect(chiSquare).toBeGreaterThan(cells + 4 * Math.sqrt(2 * cells));
  });

  it('of mean 0 is 0, and the ends of the uniform give finite counts', () => {
    expect(poisson({ uniform: () => 1 - 2 ** -53 }, 0)).toBe(0);
    for (const mean of [1e-9, 1, 30, 30.5, 1e6]) {
      const [least, most] = [0, 1 - 2 ** -53].map((uniform) => poisson({ uniform: () => uniform }, mean));
      expect(least).toBeGreaterThanOrEqual(0);
      expect(least).toBeLessThan(mean);
      expect(most).toBeLessThan(mean + 9 * Math.sqrt(mean) + 20);
    }
  });
});

describe('WeightedChoice', () => {
  it('takes each index as often as its weight says, and never one of weight 0', () => {
    const weights = [0, 1, 2, 0, 3, 4, 0];
    const choice = new WeightedChoice(weights);
    const source = stream('weights');
    const tally = weights.map(() => 0);
    for (let draw = 0; draw < COUNT; draw++) tally[choice.draw(source)]!++;
    weights.forEach((weight, index) => {
      const share = weight / 10;
      const error = Math.sqrt((share * (1 - share)) / COUNT);
      expect(Math.abs(tally[index]! / COUNT - share)).toBeLessThanOrEqual(4 * error);
    });
  });

  it('takes neither an end of weight 0 at the ends of the uniform', () => {
    const choice = new WeightedChoice([0, 0.1, 0.2, 0]);
    expect(choice.draw({ uniform: () => 0 })).toBe(1);
    expect(choice.draw({ uniform: () => 1 - 2 ** -53 })).toBe(2);
  });

  it.each([[[]], [[0, 0]], [[1, -1, 3]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])(
    'refuses %j',
    (weights) => {
      expect(() => new WeightedChoice(weights)).toThrow(RangeError);
    },
  );
});

describe('every variate', () => {
  const choice = new WeightedChoice([1, 2, 3]);
  it.each([
    ...cases.map(([name, draw]): [string, (source: UniformSource) => unknown] => [name, draw]),
    ['weighted choice', (source: UniformSource) => choice.draw(source)],
    ['stratified phases', (source: UniformSource) => stratifiedPhases(100, source)],
  ] as [string, (source: UniformSource) => unknown][])('%s takes exactly one uniform', (_, draw) => {
    for (const uniform of [0, 0.001, 0.5, 0.999, 1 - 2 ** -53]) {
      let taken = 0;
      draw({ uniform: () => [uniform][taken++]! });
      expect(taken).toBe(1);
    }
  });

  it('grows with its uniform, so that paired runs stay alike', () => {
    for (const [name, draw] of cases.filter(([name]) => !name.startsWith('bernoulli'))) {
      const low = draw({ uniform: () => 0.2 });
      expect(draw({ uniform: () => 0.999 }), name).toBeGreaterThanOrEqual(low);
    }
  });
});

describe('rounding', () => {
  it('is to the nearest microsecond', () => {
    const half = { uniform: () => 0.5 };
    expect(exponential(half, 10)).toBe(7); // 6.93
    expect(exponential(half, 9)).toBe(6); // 6.24
    expect(new Lognormal(10.6, 20).draw(half)).toBe(11);
  });
});

describe('limits', () => {
  it('exponential, geometric and lognormal are finite at the ends of the uniform', () => {
    for (const uniform of [0, 1 - 2 ** -53]) {
      const source = { uniform: () => uniform };
      for (const value of [exponential(source, 1e6), geometric(source, 0.01), lognormal.draw(source)]) {
        expect(Number.isSafeInteger(value) && value >= 0, `${value} of ${uniform}`).toBe(true);
      }
    }
  });

  it('geometric of a certain success is 0', () => {
    expect(geometric({ uniform: () => 0.7 }, 1)).toBe(0);
  });

  it('a lognormal of equal median and p95 is constant', () => {
    expect(new Lognormal(500, 500).draw(stream('constant'))).toBe(500);
  });

  it.each([
    [0, 5],
    [5, 4],
    [Number.NaN, 5],
    [5, Number.POSITIVE_INFINITY],
  ])('a lognormal of median %d and p95 %d is refused', (median, p95) => {
    expect(() => new Lognormal(median, p95)).toThrow('a lognormal needs');
  });
});

describe('stratifiedPhases', () => {
  it('fills [0, 1) evenly: no gap reaches 1 + 2/sqrt(5) times the mean, whatever the count', () => {
    for (let count = 2; count < 600; count++) {
      const phases = [...stratifiedPhases(count, stream(`phases ${count}`))].sort(
        (left, right) => left - right,
      );
      expect(phases).toHaveLength(count);
      expect(phases[0]).toBeGreaterThanOrEqual(0);
      expect(phases.at(-1)).toBeLessThan(1);
      const gaps = phases.map((phase, index) => phase - (phases[index - 1] ?? phases.at(-1)! - 1));
      expect(Math.max(...gaps) * count, `count ${count}`).toBeLessThan(1 + 2 / Math.sqrt(5));
    }
  });

  it('differs between replications and is uniform over them', () => {
    const firsts = Array.from({ length: 2000 }, (_, replication) => {
      return stratifiedPhases(3, new RandomStreams(1, replication).open('phases'))[2]!;
    });
    const { mean, variance } = moments(firsts, 0.5);
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / firsts.length));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan((4 / 12) * Math.sqrt(0.8 / firsts.length));
  });
});
