/** The observed value of an expectation, in the unit of its metric. */
import type { ExpectationResult } from '../measure/result.ts';
import { formatCount, formatMoney, formatRate, formatSeconds, formatShare } from './numbers.ts';

type Format = (value: number) => string;

/** Units by how the name of a metric ends; the first that fits. */
const FORMATS: readonly (readonly [RegExp, Format])[] = [
  [/^cost\./, (value) => `${formatMoney(value)}\u00a0USD`],
  [/^load\..*\.(mean|peak)$/, formatRate],
  [/^load\..*\.hit-ratio$/, formatShare],
  [/(^|\.)availability\.budget$|^load\..*\.amplification$/, (value) => `x ${formatCount(value)}`],
  [/(^|\.)(recovery\.(affected|censored)|availability\.\w+|share)$/, formatShare],
  [/(^|\.)(recovery|phases|latency)\.\w+$/, formatSeconds],
];

/** `beyond the end` where the horizon hides the value, `unknown` where a price is. */
export function formatObserved({ text, observed }: ExpectationResult): string {
  const metric = text.split(/[<>=!]/)[0]!.trim();
  if (observed === null) return metric.startsWith('cost.') ? 'unknown' : 'beyond the end';
  const format = FORMATS.find(([pattern]) => pattern.test(metric))?.[1] ?? formatCount;
  return format(observed);
}
