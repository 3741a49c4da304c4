/**
 * The product-limit estimator of Kaplan and Meier (Journal of the American Statistical Association 53, 1958) for
 * right-censored times, with weights in place of counts.
 */

/** Clients that recovered, or were lost sight of, at one time. */
export interface Observed {
  readonly at: number;
  readonly recovered: number;
  readonly censored: number;
}

/** Share recovered by a time and at it. */
export type Step = readonly [at: number, recovered: number];

/**
 * 1 − Kaplan-Meier at every time at which somebody recovered, rising in both. At the same time recoveries come
 * before losses from sight, as is usual.
 * @param observations in any order; weights of 0 or more
 */
export function recoveredShare(observations: readonly Observed[]): Step[] {
  const ordered = [...observations].sort((one, other) => one.at - other.at);
  let atRisk = ordered.reduce((sum, { recovered, censored }) => sum + recovered + censored, 0);
  let broken = 1;
  const steps: Step[] = [];
  for (let index = 0; index < ordered.length; ) {
    const { at } = ordered[index]!;
    let recovered = 0;
    let censored = 0;
    for (; ordered[index]?.at === at; index++) {
      recovered += ordered[index]!.recovered;
      censored += ordered[index]!.censored;
    }
    if (recovered > 0) {
      broken *= Math.max(0, 1 - recovered / atRisk);
      steps.push([at, 1 - broken]);
    }
    atRisk -= recovered + censored;
  }
  return steps;
}

/** The value of a step function at a time: that of the last step up to it, 0 before the first. */
export function stepAt(steps: readonly Step[], at: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]![0] <= at) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.[1] ?? 0;
}
