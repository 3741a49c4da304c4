/** The observed value of an expectation, in the unit of its metric. */
import type { ExpectationResult } from '../measure/result.ts';
import { formatCount, formatSeconds, formatShare } from './numbers.ts';

type Format = (value: number) => string;

/** Units by the parts of a metric's name; the first that fits. */
const FORMATS: readonly (readonly [RegExp, Format])[] = [
  [/^(.*\.)?(affected|censored|hitRatio|hit-ratio|stale\w*)\b/i, formatShare],
  [/availability/i, formatShare],
  [/share/i, formatShare],
  [/latency|recovery|phases/i, formatSeconds],
];

/** `beyond the end` where the horizon hides the value. */
export function formatObserved({ text, observed }: ExpectationResult): string {
  if (observed === null) return 'beyond the end';
  const metric = text.split(/[<>=!]/)[0]!.trim();
  const format = FORMATS.find(([pattern]) => pattern.test(metric))?.[1] ?? formatCount;
  return format(observed);
}
