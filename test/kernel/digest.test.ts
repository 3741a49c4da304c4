import { describe, expect, it } from 'vitest';
import { combineDigests, Digest } from '../../src/kernel/digest.ts';

function digestOf(...values: number[]): string {
  const digest = new Digest();
  for (const value of values) digest.fold(value);
  return digest.hex();
}

describe('Digest', () => {
  it('is sixteen hexadecimal digits, the same for the same values', () => {
    expect(digestOf(1, 2, 3)).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf(1, 2, 3)).toBe(digestOf(1, 2, 3));
  });

  it('depends on every value, on its high bits, on order and on number', () => {
    const digests = [
      digestOf(),
      digestOf(0),
      digestOf(0, 0),
      digestOf(1, 2),
      digestOf(2, 1),
      digestOf(2 ** 32),
      digestOf(2 ** 52),
      digestOf(-1),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('tells each field of an event apart', () => {
    const events: [time: number, sequence: number, entity: number, kind: number][] = [
      [1, 1, 1, 1],
      [2, 1, 1, 1],
      [1, 2, 1, 1],
      [1, 1, 2, 1],
      [1, 1, 1, 2],
      [2 ** 40, 1, 1, 1],
    ];
    const digests = events.map((event) => {
      const digest = new Digest();
      digest.foldEvent(...event);
      return digest.hex();
    });
    expect(new Set(digests).size).toBe(events.length);
  });

  it('never collides in 200,000 runs that differ in one value, and every bit flips half the time', () => {
    const seen = new Set<string>();
    const flips = Array.from({ length: 64 }, () => 0);
    let previous = 0n;
    const runs = 200_000;
    for (let run = 0; run < runs; run++) {
      const digest = digestOf(7, run, 7, 7);
      seen.add(digest);
      const value = BigInt(`0x${digest}`);
      for (let bit = 0; bit < 64; bit++) flips[bit]! += Number(((value ^ previous) >> BigInt(bit)) & 1n);
      previous = value;
    }
    expect(seen.size).toBe(runs);
    for (const count of flips) expect(Math.abs(count / runs - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / runs));
  });
});

describe('combineDigests', () => {
  it('depends on order', () => {
    const [first, second] = [digestOf(1), digestOf(2)];
    expect(combineDigests([first, second])).toMatch(/^[0-9a-f]{16}$/);
    expect(combineDigests([first, second])).toBe(combineDigests([first, second]));
    expect(combineDigests([first, second])).not.toBe(combineDigests([second, first]));
  });
});
