/**
 * Numbers for people: rounded, with units, never NaN or Infinity. A no-break space stands between number and
 * unit, so that wrapping keeps them together.
 */
import { DAY, describeDuration, HOUR, MILLISECOND, MINUTE, type Micros, SECOND } from '../base/time.ts';
import type { CensoredEstimate, Estimate, RecoveryResult } from '../measure/result.ts';

export const NO_BREAK = '\u00a0';
const UNKNOWN = '–';

/** `0`, `0.4`, `7.2`, `412`, `12,400`, `3.1 million`: three significant digits from 100 on. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  if (value < 0) return `-${formatCount(-value)}`;
  if (value >= 1e9) return scaled(value, 1e9, 'billion');
  if (value >= 1e6) return scaled(value, 1e6, 'million');
  if (value >= 1000) return grouped(significant(value));
  if (value >= 10 || value === 0) return grouped(Math.round(value));
  return value < 0.05 ? '<0.1' : String(Math.round(value * 10) / 10);
}

/** US dollars: `0`, `<0.01`, `0.40`, `12.35`, `1,234.50`. */
export function formatMoney(value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  if (value < 0) return value > -0.005 ? '0.00' : `-${formatMoney(-value)}`;
  if (value === 0) return '0';
  if (value < 0.005) return '<0.01';
  const [whole, cents] = value.toFixed(2).split('.') as [string, string];
  return `${grouped(Number(whole))}.${cents}`;
}

/** A sum of money: `at least` where a price in it is unknown, `unknown` where nothing is known. */
export function formatSum(sum: number, complete: boolean): string {
  if (!complete && sum === 0) return 'unknown';
  return complete ? formatMoney(sum) : `at${NO_BREAK}least${NO_BREAK}${formatMoney(sum)}`;
}

/** A whole number with all its digits: `12,413`. */
export function formatExact(value: number): string {
  return Number.isFinite(value) ? grouped(Math.round(value)) : UNKNOWN;
}

function scaled(value: number, unit: number, name: string): string {
  const amount = value / unit;
  return `${amount >= 1000 ? grouped(significant(amount)) : String(significant(amount))}${NO_BREAK}${name}`;
}

function significant(value: number): number {
  return value < Number.MAX_SAFE_INTEGER ? Number(value.toPrecision(3)) : Number.MAX_SAFE_INTEGER;
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `0 %`, `0.3 %`, `41 %`, `99.95 %`, `100 %`: 0 and 100 only where they are exact. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${percent(share * 100)}${NO_BREAK}%` : UNKNOWN;
}

function percent(value: number): string {
  if (value > 0 && value < 0.01) return '<0.01';
  if (value > 99.99 && value < 100) return '>99.99';
  const nearEnd = Math.min(value, 100 - value);
  const digits = nearEnd >= 10 ? 0 : nearEnd >= 1 ? 1 : 2;
  return value
    .toFixed(digits)
    .replace(/\.0+$/, '')
    .replace(/(\.\d)0$/, '$1');
}

/** `12 q/s`. */
export function formatRate(perSecond: number): string {
  return `${formatCount(perSecond)}${NO_BREAK}q/s`;
}

/** Durations below the first number are shown in steps of the second, microseconds. */
const RESOLUTIONS: readonly (readonly [Micros, Micros])[] = [
  [MILLISECOND, 1],
  [SECOND, MILLISECOND],
  [10 * SECOND, SECOND / 10],
  [HOUR, SECOND],
  [2 * DAY, MINUTE],
];

/** `2 min 31 s`, from seconds. Rounded first, so that 59.9 s reads `1 min` and not `60 s`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  const micros = seconds * SECOND;
  const [, step] = RESOLUTIONS.find(([below]) => micros < below) ?? [0, HOUR];
  return describeDuration(Math.round(micros / step) * step).replaceAll(' ', NO_BREAK);
}

/** A duration, or the text `beyond` where it lies beyond the horizon. */
export function formatCensored(value: CensoredEstimate, beyond: string): string {
  return value === null ? beyond : formatSeconds(value.mean);
}

/** A wait in a table: a dash where nobody waited, `> end` beyond the horizon. */
export function formatWait({ affected }: RecoveryResult, value: CensoredEstimate): string {
  return affected.mean === 0 ? UNKNOWN : formatCensored(value, '> end');
}

/** `(low–high)` with both ends formatted alike; empty without an interval or when both ends read the same. */
export function formatInterval(estimate: Estimate | null, format: (value: number) => string): string {
  if (estimate?.low === undefined || estimate.high === undefined) return '';
  const low = format(estimate.low);
  const high = format(estimate.high);
  return low === high ? '' : `(${low}${NO_BREAK}–${NO_BREAK}${high})`;
}
