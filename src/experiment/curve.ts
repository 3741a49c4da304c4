/** The distribution of times to recovery over the affected clients of all replications, for charts. */
import { SECOND } from '../base/time.ts';
import type { RecoveryRecord } from '../measure/record.ts';
import { tidy } from './estimate.ts';

const POINTS_AT_MOST = 200;

interface Step {
  readonly at: number;
  readonly gain: number;
}

/**
 * Pools the step functions of the replications, each weighted by its affected clients.
 * @returns [seconds, share recovered], rising in both, at most 200 points; empty when nobody was affected
 */
export function poolCurves(records: readonly RecoveryRecord[]): (readonly [number, number])[] {
  const affected = records.reduce((sum, record) => sum + record.affected, 0);
  if (affected === 0) return [];
  const steps = records.flatMap((record) => stepsOf(record, record.affected / affected));
  steps.sort((one, other) => one.at - other.at || one.gain - other.gain);
  return thin(climb(steps));
}

function stepsOf(record: RecoveryRecord, weight: number): Step[] {
  let before = 0;
  return record.curve.map(([at, share]) => {
    const gain = (share - before) * weight;
    before = share;
    return { at, gain };
  });
}

/** One point per instant, with the share reached after every step of that instant. */
function climb(steps: readonly Step[]): (readonly [number, number])[] {
  const heights = new Map<number, number>();
  let height = 0;
  for (const step of steps) {
    height += step.gain;
    heights.set(step.at, height);
  }
  return [...heights].map(([at, share]) => [tidy(at / SECOND), Math.min(1, tidy(share))] as const);
}

/** Keeps the first and last point and evenly chosen ones between them. */
function thin<T>(points: readonly T[]): T[] {
  if (points.length <= POINTS_AT_MOST) return [...points];
  const stride = (points.length - 1) / (POINTS_AT_MOST - 1);
  return Array.from({ length: POINTS_AT_MOST }, (_, index) => points[Math.round(index * stride)]!);
}
