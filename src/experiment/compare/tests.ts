/** P-values of the two tests for paired data, two-sided, exact. */

/**
 * Student's t: the chance that |T| is at least |t|. Finite series for whole degrees of freedom, Abramowitz &
 * Stegun 26.7.3 and 26.7.4; good to about 1e-12 absolute.
 * @param freedom degrees of freedom, a whole number of at least 1
 */
export function studentPValue(t: number, freedom: number): number {
  if (!Number.isInteger(freedom) || freedom < 1) throw new RangeError(`no t distribution for ${freedom}`);
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const squared = Math.cos(angle) ** 2;
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * squared;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, 1 - within);
}

/**
 * The sign test: the chance of a split at least as uneven when both signs are equally likely (binomial, 1/2).
 * @param lower pairs of one sign
 * @param higher pairs of the other; ties are not counted in either
 */
export function signPValue(lower: number, higher: number): number {
  const pairs = lower + higher;
  const fewer = Math.min(lower, higher);
  let chance = 0.5 ** pairs;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += chance;
    chance *= (pairs - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}
