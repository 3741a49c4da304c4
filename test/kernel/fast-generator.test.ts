import { describe, expect, it } from 'vitest';
import { FastGenerator } from '../../src/kernel/fast-generator.ts';
import type { RandomStream } from '../../src/kernel/random-streams.ts';
import { RandomStreams } from '../../src/kernel/random-streams.ts';

/** A generator whose next 32 bits are chosen, to reach the corners of what is made from them. */
class ChosenBits extends FastGenerator {
  bits = 0;

  override uint32(): number {
    return this.bits;
  }
}

const chosen = new ChosenBits(new RandomStreams(1).open('unused'));

function exponentialOf(bits: number): number {
  chosen.bits = bits;
  return chosen.exponential();
}

/** sfc32 as its author writes it, on unsigned arithmetic of arbitrary size. */
function* sfc32(seeds: readonly number[]): Generator<number> {
  const mask = 0xffff_ffffn;
  let [a, b, c] = seeds.map((seed) => BigInt(seed) & mask) as [bigint, bigint, bigint];
  for (let counter = 1n; ; counter++) {
    const result = (a + b + counter) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = ((((c << 21n) | (c >> 11n)) & mask) + result) & mask;
    yield Number(result);
  }
}

describe('uint32', () => {
  it('is sfc32 after twelve rounds', () => {
    const seeds = [-5, 2 ** 31 - 1, -(2 ** 31)];
    const remaining = [...seeds];
    const generator = new FastGenerator({ int32: () => remaining.shift()! } as RandomStream);
    const reference = sfc32(seeds);
    for (let round = 0; round < 12; round++) reference.next();
    for (let draw = 0; draw < 10_000; draw++) expect(generator.uint32()).toBe(reference.next().value);
  });

  it('sets every bit half the time', () => {
    const generator = new FastGenerator(new RandomStreams(1).open('bits'));
    const count = 100_000;
    const set = Array.from({ length: 32 }, () => 0);
    for (let draw = 0; draw < count; draw++) {
      const bits = generator.uint32();
      for (let bit = 0; bit < 32; bit++) set[bit]! += (bits >>> bit) & 1;
    }
    for (const seen of set) expect(Math.abs(seen / count - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / count));
  });
});

describe('exponential', () => {
  it('is the logarithm within 4e-12, at the corners and all over', () => {
    const generator = new FastGenerator(new RandomStreams(1).open('logarithm'));
    const corners = Array.from({ length: 32 }, (_, power) => [
      2 ** power,
      2 ** (power + 1) - 1,
      3 * 2 ** power,
    ]).flat();
    const everywhere = Array.from({ length: 200_000 }, () => generator.uint32());
    let worst = 0;
    for (const bits of [0, ...corners.map((value) => value % 2 ** 32), ...everywhere]) {
      const exact = -Math.log(((bits | 1) >>> 0) / 2 ** 32);
      worst = Math.max(worst, Math.abs(exponentialOf(bits) - exact));
    }
    expect(worst).toBeLessThan(4e-12);
    expect(worst).toBeGreaterThan(1e-12); // the table's own error is seen, so the comparison looks at something
  });

  it('lies between its documented ends', () => {
    expect(exponentialOf(0)).toBeCloseTo(32 * Math.LN2, 11);
    expect(exponentialOf(0xffff_ffff)).toBeCloseTo(2 ** -32, 11);
    expect(exponentialOf(0xffff_ffff)).toBeGreaterThan(0);
  });

  it('never grows when the bits do', () => {
    let previous = Number.POSITIVE_INFINITY;
    let falls = true;
    for (let bits = 1; bits < 2 ** 32; bits += 65_538) {
      const value = exponentialOf(bits);
      falls &&= value < previous;
      previous = value;
    }
    expect(falls).toBe(true);
  });

  it('has mean 1 and variance 1', () => {
    const generator = new FastGenerator(new RandomStreams(1).open('moments'));
    const count = 1_000_000;
    let [sum, squares] = [0, 0];
    for (let draw = 0; draw < count; draw++) {
      const value = generator.exponential();
      sum += value;
      squares += (value - 1) ** 2;
    }
    expect(Math.abs(sum / count - 1)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(8 / count));
  });
});
