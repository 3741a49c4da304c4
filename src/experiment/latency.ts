/**
 * Latency quantiles from counts by bin. Bin b covers [2^(b/4), 2^((b+1)/4)) µs, so a bin is 19 % wide. Bin 0
 * also holds everything below, which is above all what took no time, and counts as 0. Inside
 * a bin values are taken as spread evenly on the logarithmic scale, which errs by at most that 19 % and
 * usually by half of it.
 */
import { SECOND } from '../base/time.ts';
import { tidy } from './estimate.ts';

const BINS_PER_DOUBLING = 4;

/** Adds up bins position by position; the result is as long as the longest. */
export function mergeBins(records: readonly (readonly number[])[]): number[] {
  const merged: number[] = [];
  for (const bins of records) {
    for (const [bin, count] of bins.entries()) merged[bin] = (merged[bin] ?? 0) + count;
  }
  return merged;
}

/**
 * The latency in seconds that a share `level` (0 to 1) of the observations stays at or below; 0 when there
 * are none.
 */
export function latencyQuantile(bins: readonly number[], level: number): number {
  const target = level * bins.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [bin, count] of bins.entries()) {
    if (count > 0 && below + count >= target) {
      if (bin === 0) return 0;
      return tidy(2 ** ((bin + (target - below) / count) / BINS_PER_DOUBLING) / SECOND);
    }
    below += count;
  }
  return 0;
}
