/**
 * The distribution of time to recovery of one strategy over the clients of all replications.
 *
 * Records keep a curve of 200 points instead of every client's time, so recoveries are moved to the next point:
 * late by at most 1/200 of the longest recovery of the replication, and by nothing at the quantiles a record
 * keeps. Clients of one replication share one fault and are not independent, so the interval comes from the
 * spread between replications (Student's t on the ratio of recovered to affected clients), not from Greenwood's
 * formula, which would be too sure.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import { type RecoveryDistribution, readQuantile } from '../../measure/comparison.ts';
import type { RecoveryRecord, ReplicationRecord } from '../../measure/record.ts';
import { estimate, SHARE, share, tidy } from '../estimate.ts';
import { studentQuantile } from '../student.ts';
import { type Observed, recoveredShare, type Step, stepAt } from './kaplan-meier.ts';

const POINTS_AT_MOST = 200;

/** The recovery of one replication, times since the first fault. */
interface Sample {
  readonly recovery: RecoveryRecord;
  readonly horizon: Micros;
  readonly steps: readonly Step[];
}

/**
 * @param records at least one
 * @param faultAt when the first fault starts
 * @param levels quantiles to list
 */
export function recoveryDistribution(
  records: readonly ReplicationRecord[],
  faultAt: Micros,
  levels: readonly number[],
): RecoveryDistribution {
  const samples = records.map((record): Sample => {
    const { recovery } = record.populations[0]!;
    return { recovery, horizon: Math.max(0, record.reached - faultAt), steps: anchored(recovery) };
  });
  const horizon = Math.min(...samples.map((sample) => sample.horizon));
  const pooled = recoveredShare(samples.flatMap(observed)).filter(([at]) => at <= horizon);
  const curve = withInterval(pooled, samples);
  return {
    horizonSeconds: tidy(horizon / SECOND),
    affected: samples.reduce((sum, { recovery }) => sum + recovery.affected, 0),
    notRecovered: estimate(
      samples.map(({ recovery }) => share(recovery.censored, recovery.affected)),
      SHARE,
    ),
    ...thin(curve),
    quantiles: levels.map((level) => readQuantile(curve, level)),
  };
}

/** The curve of a record with the exact quantiles it keeps put in. */
function anchored({ affected, curve, p50, p90, p95, p99 }: RecoveryRecord): Step[] {
  if (affected === 0) return [];
  const quantiles = [
    [p50, 0.5],
    [p90, 0.9],
    [p95, 0.95],
    [p99, 0.99],
  ] as const;
  const anchors = quantiles.flatMap(([at, level]): Step[] => (at === null ? [] : [[at, level]]));
  const all = [...curve, ...anchors].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  let reached = 0;
  return all.map(([at, level]) => {
    reached = Math.max(reached, level);
    return [at, reached] as const;
  });
}

function observed({ recovery, horizon, steps }: Sample): Observed[] {
  let before = 0;
  const recoveries = steps.map(([at, reached]) => {
    const gain = (reached - before) * recovery.affected;
    before = reached;
    return { at, recovered: gain, censored: 0 };
  });
  return [...recoveries, { at: horizon, recovered: 0, censored: (1 - before) * recovery.affected }];
}

type Curve = Pick<RecoveryDistribution, 'seconds' | 'recovered' | 'low' | 'high'>;

function withInterval(pooled: readonly Step[], samples: readonly Sample[]): Curve {
  const affected = samples.filter(({ recovery }) => recovery.affected > 0);
  const seconds = pooled.map(([at]) => tidy(at / SECOND));
  const recovered = pooled.map(([, reached]) => tidy(reached));
  if (affected.length < 2) return { seconds, recovered };
  const halves = pooled.map((step) => halfWidth(step, affected));
  return {
    seconds,
    recovered,
    low: pooled.map(([, reached], index) => tidy(Math.max(0, reached - halves[index]!))),
    high: pooled.map(([, reached], index) => tidy(Math.min(1, reached + halves[index]!))),
  };
}

/** Half the interval of a ratio: the spread of what each replication has above or below the common share. */
function halfWidth([at, reached]: Step, samples: readonly Sample[]): number {
  const count = samples.length;
  const weight = samples.reduce((sum, { recovery }) => sum + recovery.affected, 0) / count;
  const squares = samples.reduce((sum, { recovery, steps }) => {
    return sum + ((recovery.affected * (stepAt(steps, at) - reached)) / weight) ** 2;
  }, 0);
  return studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
}

/** Evenly chosen points, the first and the last among them. */
function thin(curve: Curve): Curve {
  const { length } = curve.seconds;
  if (length <= POINTS_AT_MOST) return curve;
  const chosen = Array.from({ length: POINTS_AT_MOST }, (_, index) =>
    Math.round((index * (length - 1)) / (POINTS_AT_MOST - 1)),
  );
  const pick = (values: readonly number[]): number[] => chosen.map((index) => values[index]!);
  const { seconds, recovered, low, high } = curve;
  return {
    seconds: pick(seconds),
    recovered: pick(recovered),
    ...(low && high && { low: pick(low), high: pick(high) }),
  };
}
