/**
 * Quantiles of Student's t distribution for two-sided 95 % intervals.
 *
 * Up to 30 degrees of freedom from the usual table (NIST/SEMATECH e-Handbook, 1.3.6.7.2); beyond, the
 * expansion of Abramowitz & Stegun 26.7.5 around the normal quantile, exact to better than 0.0001 there.
 */
const TABLE: readonly number[] = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Normal quantile at 0.975. */
const Z = 1.959964;

/**
 * The value a t-distributed variable stays below with probability 0.975.
 * @param freedom degrees of freedom, a whole number of at least 1
 */
export function studentQuantile(freedom: number): number {
  if (!Number.isInteger(freedom) || freedom < 1) throw new RangeError(`no t quantile for ${freedom}`);
  return TABLE[freedom - 1] ?? expansion(freedom);
}

function expansion(freedom: number): number {
  const first = (Z ** 3 + Z) / 4;
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  return Z + first / freedom + second / freedom ** 2;
}
