/** Means over replications with 95 % intervals, also where the horizon cuts observations off. */
import type { CensoredEstimate, Estimate } from '../measure/result.ts';
import { studentQuantile } from './student.ts';

/** The possible values of a measure; intervals are cut off there. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const SHARE: Range = { from: 0, to: 1 };
/** Times, counts and rates. */
export const AMOUNT: Range = { from: 0, to: Number.MAX_VALUE };

/**
 * Rounds to six decimals (microseconds, where the unit is seconds), so that documents hold no digits that
 * only binary fractions explain. Never −0.
 */
export function tidy(value: number): number {
  const scaled = value * 1e6;
  return Math.abs(scaled) < Number.MAX_SAFE_INTEGER ? Math.round(scaled) / 1e6 + 0 : value;
}

/** The arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Part of a whole; 0 of nothing. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Mean and interval of one value per replication; a single replication gives no interval. */
export function estimate(values: readonly number[], range: Range): Estimate {
  const centre = mean(values);
  if (values.length < 2) return { mean: tidy(centre) };
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1) / values.length);
  const half = studentQuantile(values.length - 1) * deviation;
  return {
    mean: tidy(centre),
    low: tidy(Math.max(range.from, centre - half)),
    high: tidy(Math.min(range.to, centre + half)),
  };
}

/**
 * As `estimate`, where `null` stands for a value beyond the horizon. One such replication makes the result
 * `null`: a mean that leaves it out, or puts the horizon in its place, would look better than the truth.
 */
export function censoredEstimate(values: readonly (number | null)[], range: Range): CensoredEstimate {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? estimate(known, range) : null;
}
