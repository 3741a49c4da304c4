/**
 * About how many replications would decide, at 5 % significance (two-sided) and 80 % power, if the truth is what
 * has been observed so far. That is a rough guess: the observed difference is itself uncertain.
 */

/** Normal quantiles: 97.5 % for the test, 80 % for its power. */
const SIGNIFICANT = 1.959964;
const POWERFUL = 0.841621;

/**
 * For the paired t test: ((z₁ + z₂) · deviation / mean)² + z₁² / 2, where the second term makes up for the
 * unknown deviation (W. C. Guenther, The American Statistician 35, 1981).
 * @param deviation standard deviation of the differences
 * @returns replications in all; `undefined` where no difference was observed
 */
export function pairsForStudent(mean: number, deviation: number): number | undefined {
  if (mean === 0) return undefined;
  return atLeastTwo(((SIGNIFICANT + POWERFUL) * (deviation / mean)) ** 2 + SIGNIFICANT ** 2 / 2);
}

/**
 * For the sign test: (z₁ + z₂)² / (4 (p − 1/2)²), where p is the share of one sign (G. E. Noether, Journal of the
 * American Statistical Association 82, 1987); more in proportion when some pairs have no sign.
 * @returns replications in all; `undefined` where the signs are even
 */
export function pairsForSigns(lower: number, higher: number, pairs: number): number | undefined {
  if (lower === higher) return undefined;
  const excess = lower / (lower + higher) - 0.5;
  const signs = (SIGNIFICANT + POWERFUL) ** 2 / (4 * excess ** 2);
  return atLeastTwo((signs * pairs) / (lower + higher));
}

function atLeastTwo(count: number): number {
  return Math.max(2, Math.ceil(Math.min(count, Number.MAX_SAFE_INTEGER)));
}
