/** Arrivals drawn in batches are the ones drawn singly. */
import { describe, expect, it } from 'vitest';
import { FastGenerator } from '../../src/kernel/fast-generator.ts';
import { RandomStreams } from '../../src/kernel/random-streams.ts';

const generator = (name: string): FastGenerator => new FastGenerator(new RandomStreams(7).open(name));

describe('fillArrivals', () => {
  it.each([
    [1, 1_000],
    [997, 60_000_000],
    [1_000_000, 60],
  ])('gives what below(%i) and exponential() times %i give in turn', (n, mean) => {
    const [single, batched] = [generator('arrivals'), generator('arrivals')];
    const picks = new Uint32Array(100);
    const gaps = new Float64Array(100);
    for (let batch = 0; batch < 50; batch++) {
      batched.fillArrivals(picks, gaps, n, mean);
      for (let index = 0; index < 100; index++) {
        expect(picks[index]).toBe(single.below(n));
        expect(gaps[index]).toBe(Math.floor(single.exponential() * mean + 0.5));
      }
    }
  });

  it('goes on where single draws stopped', () => {
    const [single, batched] = [generator('mixed'), generator('mixed')];
    expect(batched.uint32()).toBe(single.uint32());
    batched.fillArrivals(new Uint32Array(3), new Float64Array(3), 10, 1);
    for (let draw = 0; draw < 6; draw++) single.uint32();
    expect(batched.uint32()).toBe(single.uint32());
  });
});
