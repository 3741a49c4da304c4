/**
 * Whether the best of several strategies is better than the worst beyond chance.
 *
 * Best and worst are picked by looking, and the more strategies there are the further apart chance alone puts
 * them. So the p-value of their paired difference is held against 5 % divided by the number of pairs it was
 * picked from (Bonferroni): strict, but it errs on the honest side.
 */
import { type ComparisonResult, differencesBetween, SIGNIFICANCE } from '../../measure/comparison.ts';
import { moreRunsText } from './difference.ts';

/**
 * Why user-minutes do not tell the two apart, as a clause; `undefined` when they do.
 * @param best name of a compared strategy
 * @param worst name of another
 */
export function doubtBetween(comparison: ComparisonResult, best: string, worst: string): string | undefined {
  const pair = differencesBetween(comparison, best, worst).find(({ metric }) => metric === 'user-minutes');
  if (pair === undefined) return 'they were not compared';
  if (pair.pairs === 1) return 'one run each cannot tell that from chance';
  if (pair.equal === pair.pairs) return 'they are the same in every run';
  if (pair.evidence === 'none') return `with ${pair.pairs} runs that may be chance, ${moreRunsText(pair)}`;
  const picked = comparison.differences.length;
  if (pair.pValue! * picked < SIGNIFICANCE) return undefined;
  return `with ${pair.pairs} runs that may be chance, the best of ${comparison.strategies.length} being picked`;
}
