/**
 * Time to recovery.
 *
 * Per affected client: from the start of the first fault to its first success after its last failure. A client
 * whose last request failed is censored at the horizon: it counts as not recovered at any time, and quantiles
 * that would fall on it are `null`, never averaged away. Groups carry weights, so that populations scaled
 * differently can be read together.
 */
import type { Micros } from '../base/time.ts';
import type { Population } from '../model/clients/population.ts';

/** Recovery times of one population, in rising order, and how many clients never recovered. */
export interface RecoveryGroup {
  readonly times: Float64Array;
  readonly censored: number;
  readonly weight: number;
}

export function recoveryGroup(population: Population, faultAt: Micros, weight: number): RecoveryGroup {
  const { brokenSince, recoveredAt } = population;
  let recovered = 0;
  let censored = 0;
  for (let client = 0; client < brokenSince.length; client++) {
    if (isCensored(brokenSince[client]!, faultAt)) censored += 1;
    else if (recoveredAt[client]! > 0) recovered += 1;
  }
  const numbers = new Float64Array(recovered);
  let at = 0;
  for (let client = 0; client < brokenSince.length; client++) {
    if (isCensored(brokenSince[client]!, faultAt) || !(recoveredAt[client]! > 0)) continue;
    numbers[at++] = recoveredAt[client]! - faultAt;
  }
  return { times: numbers.sort(), censored, weight };
}

function isCensored(brokenSince: Micros, faultAt: Micros): boolean {
  return brokenSince > 0 && brokenSince >= faultAt;
}

export function affectedWeight(groups: readonly RecoveryGroup[]): number {
  return groups.reduce((sum, group) => sum + group.weight * (group.times.length + group.censored), 0);
}

export function censoredWeight(groups: readonly RecoveryGroup[]): number {
  return groups.reduce((sum, group) => sum + group.weight * group.censored, 0);
}

/** Weight of the clients back by `time`. */
export function recoveredBy(groups: readonly RecoveryGroup[], time: Micros): number {
  return groups.reduce((sum, group) => sum + group.weight * countUpTo(group.times, time), 0);
}

/** The smallest time by which at least `share` of the affected clients are back; `null` beyond the horizon. */
export function recoveryQuantile(groups: readonly RecoveryGroup[], share: number): Micros | null {
  const wanted = share * affectedWeight(groups) * (1 - 1e-12);
  const latest = groups.reduce((time, { times }) => Math.max(time, times[times.length - 1] ?? 0), 0);
  if (wanted === 0 || recoveredBy(groups, latest) < wanted) return null;
  let low = 0;
  let high = latest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (recoveredBy(groups, middle) >= wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Number of values up to and including `limit` in a rising array. */
function countUpTo(times: Float64Array, limit: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** [time, share of the affected who are back], `points` steps up to the last recovery. */
export function recoveryCurve(
  groups: readonly RecoveryGroup[],
  points: number,
): readonly (readonly [Micros, number])[] {
  const affected = affectedWeight(groups);
  const latest = groups.reduce((time, { times }) => Math.max(time, times[times.length - 1] ?? 0), 0);
  if (affected === 0) return [];
  return Array.from({ length: points }, (_, index) => {
    const time = Math.round((latest * (index + 1)) / points);
    return [time, recoveredBy(groups, time) / affected] as const;
  });
}

/**
 * Time from the fault until availability is back at `target` or above and stays there for `hold`; 0 when it never
 * fell below, `null` when that does not happen before the horizon. Resolution: one bucket, which has to pass even
 * where no hold is asked for.
 */
export function populationRecovery(
  served: readonly number[],
  total: readonly number[],
  bucket: Micros,
  faultAt: Micros,
  target: number,
  hold: Micros,
): Micros | null {
  const first = Math.floor(faultAt / bucket);
  const isLow = (index: number): boolean => served[index]! < target * total[index]!;
  const needed = Math.max(hold, 1);
  let lastLow = -1;
  for (let index = first; index < total.length; index++) {
    const heldFor = (index - lastLow - 1) * bucket;
    if (lastLow >= 0 && heldFor >= needed) break;
    if (isLow(index)) lastLow = index;
  }
  if (lastLow < 0) return 0;
  const back = (lastLow + 1) * bucket;
  return total.length * bucket - back >= needed ? back - faultAt : null;
}
