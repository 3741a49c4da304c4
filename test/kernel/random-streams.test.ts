import alea from 'seedrandom/lib/alea.js';
import { describe, expect, it } from 'vitest';
import { FastGenerator } from '../../src/kernel/fast-generator.ts';
import { RandomStreams } from '../../src/kernel/random-streams.ts';

function draws(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw);
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let [product, squaresLeft, squaresRight] = [0, 0, 0];
  left.forEach((value, index) => {
    const [x, y] = [value - meanLeft, right[index]! - meanRight];
    product += x * y;
    squaresLeft += x * x;
    squaresRight += y * y;
  });
  return product / Math.sqrt(squaresLeft * squaresRight);
}

describe('golden values', () => {
  it("the first draw of alea('hello.')", () => {
    expect(alea('hello.')()).toBe(0.4783254903741181);
  });

  it('the first draws of a named stream', () => {
    const stream = new RandomStreams(7, 3).open('resolver/eu-1/rtt');
    expect(draws(3, stream.uniform)).toEqual([0.6966846827177067, 0.29519051519518424, 0.9842373218839134]);
    expect(draws(3, stream.int32)).toEqual([1972307186, 720004544, -965567971]);
  });

  it('the first draws of a fast generator', () => {
    const generator = new FastGenerator(new RandomStreams(7, 3).open('resolver/eu-1/rtt'));
    expect(draws(3, () => generator.uint32())).toEqual([2263445353, 1616093688, 1260369295]);
    expect(draws(3, () => generator.exponential())).toEqual([
      0.27890827944261376, 0.5813496930403914, 0.420783824570971,
    ]);
  });
});

describe('RandomStreams', () => {
  it('opens a name once', () => {
    const streams = new RandomStreams(1);
    streams.open('a');
    expect(() => streams.open('a')).toThrow('random stream a is already open');
    expect(() => new RandomStreams(1).open('a')).not.toThrow();
  });

  it('a stream opened in between disturbs no other', () => {
    const alone = new RandomStreams(1).open('a');
    const streams = new RandomStreams(1);
    const other = streams.open('newcomer');
    const accompanied = streams.open('a');
    for (let draw = 0; draw < 100; draw++) {
      other.uniform();
      expect(accompanied.uniform()).toBe(alone.uniform());
    }
  });

  it('seed, replication and name each make another stream, and do not run together', () => {
    const firsts = [
      new RandomStreams(1, 0).open('a'),
      new RandomStreams(2, 0).open('a'),
      new RandomStreams(1, 1).open('a'),
      new RandomStreams(1, 0).open('b'),
      new RandomStreams(11, 0).open('a'),
      new RandomStreams(1, 10).open('a'),
      new RandomStreams(1, 1).open('0/a'),
    ].map((stream) => stream.uniform());
    expect(new Set(firsts).size).toBe(firsts.length);
  });
});

describe('neighbouring names', () => {
  const names = [
    ...draws(200, () => 0).map((_, index) => `resolver/${index}`),
    ...draws(200, () => 0).map((_, index) => `client/eu-${index}/arrivals`),
  ];
  const length = 2000;
  const kinds = {
    'named streams': (name: string) => draws(length, new RandomStreams(1).open(name).uniform),
    'fast generators': (name: string) => {
      const generator = new FastGenerator(new RandomStreams(1).open(name));
      return draws(length, () => generator.uniform());
    },
  };

  it.each(Object.entries(kinds))('%s do not correlate', (_, open) => {
    const samples = names.map((name) => open(name));
    for (let index = 1; index < samples.length; index++) {
      const r = correlation(samples[index - 1]!, samples[index]!);
      expect(Math.abs(r), `${names[index - 1]} and ${names[index]}`).toBeLessThan(4 / Math.sqrt(length));
    }
  });

  it('the same name correlates with itself, so the test can fail', () => {
    const [left, right] = draws(2, () => 0).map(() =>
      draws(length, new RandomStreams(1).open('same').uniform),
    );
    expect(correlation(left!, right!)).toBeCloseTo(1);
  });
});

describe('below', () => {
  const stream = new RandomStreams(5).open('below');
  const fast = new FastGenerator(new RandomStreams(5).open('below, fast'));
  it.each([
    ['a named stream', (n: number) => stream.below(n)],
    ['a fast generator', (n: number) => fast.below(n)],
  ])('of %s takes each value equally often', (_, below) => {
    const count = 70_000;
    const tally = Array.from({ length: 7 }, () => 0);
    for (let draw = 0; draw < count; draw++) tally[below(7)]!++;
    const chiSquare = tally.reduce((sum, seen) => sum + (seen - count / 7) ** 2 / (count / 7), 0);
    expect(chiSquare).toBeLessThan(22.5); // 0.999 quantile with 6 degrees of freedom
    expect(below(1)).toBe(0);
  });
});
