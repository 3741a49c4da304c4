/** The data of the availability chart, and what it says in words and numbers. */
import type { TimelineMark } from '../../measure/result.ts';
import { clean } from '../layout.ts';
import { formatSeconds, formatShare } from '../numbers.ts';
import type { Cell, ChartTable, TableColumn } from './chart.ts';
import { spaced } from './drawing.ts';
import { endOf } from './lanes.ts';

export interface AvailabilityData {
  /** Start of the stretch that is shown; default 0. */
  readonly fromSeconds?: number;
  /** End of the run, or of the stretch that is shown. */
  readonly durationSeconds: number;
  /** Availability counts as restored at this share. */
  readonly target: number;
  readonly marks: readonly TimelineMark[];
  readonly strategies: readonly AvailabilitySeries[];
}

/** Shares served per bucket; `null` without requests. */
export interface AvailabilitySeries {
  readonly name: string;
  readonly bucketSeconds: number;
  /** Median over runs, or the mean where there is nothing else. */
  readonly middle: readonly (number | null)[];
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

/** Only what lies in the stretch that is shown; buckets keep their numbers. */
export function stretchOf(data: AvailabilityData): AvailabilityData {
  const { fromSeconds = 0, durationSeconds } = data;
  const isInside = (bucket: number, bucketSeconds: number): boolean =>
    (bucket + 1) * bucketSeconds > fromSeconds && bucket * bucketSeconds < durationSeconds;
  const cut = (shares: readonly (number | null)[], bucketSeconds: number): (number | null)[] =>
    shares.map((share, bucket) => (isInside(bucket, bucketSeconds) ? share : null));
  return {
    ...data,
    marks: data.marks.filter(
      (mark) => mark.atSeconds <= durationSeconds && endOf(mark, durationSeconds) >= fromSeconds,
    ),
    strategies: data.strategies.map(({ low, high, middle, ...series }) => ({
      ...series,
      middle: cut(middle, series.bucketSeconds),
      ...(low && high && { low: cut(low, series.bucketSeconds), high: cut(high, series.bucketSeconds) }),
    })),
  };
}

/** What there is to say in a corner of the panel, from long to short. */
export function summaryOf(series: AvailabilitySeries, target: number): string[] {
  const lowest = lowestOf(series);
  if (lowest === undefined) return ['no requests'];
  const below = secondsBelow(series, target);
  const duration =
    below === 0
      ? `never below ${formatShare(target)}`
      : `${formatSeconds(below)} below ${formatShare(target)}`;
  return [`lowest ${formatShare(lowest)}, ${duration}`, duration];
}

function lowestOf({ middle }: AvailabilitySeries): number | undefined {
  const known = middle.filter((share) => share !== null);
  return known.length === 0 ? undefined : Math.min(...known);
}

function secondsBelow({ middle, bucketSeconds }: AvailabilitySeries, target: number): number {
  return middle.filter((share) => share !== null && share < target).length * bucketSeconds;
}

/** Neighbouring buckets with the same values are one row. */
export function availabilityTable({
  strategies,
  durationSeconds,
  fromSeconds = 0,
}: AvailabilityData): ChartTable {
  const bucket = strategies[0]?.bucketSeconds ?? 1;
  const series = strategies.flatMap(({ name, middle, low, high }) => [
    { heading: name, shares: middle },
    ...(low && high
      ? [
          { heading: `${name}, 5\u00a0%`, shares: low },
          { heading: `${name}, 95\u00a0%`, shares: high },
        ]
      : []),
  ]);
  const rows: Cell[][] = [];
  const length = Math.max(0, ...series.map(({ shares }) => shares.length));
  const end = Math.min(length, Math.ceil(durationSeconds / bucket));
  for (let index = Math.floor(fromSeconds / bucket); index < end; index++) {
    const values = series.map(({ shares }) => shares[index] ?? null);
    const until = Math.min(durationSeconds, (index + 1) * bucket);
    const last = rows.at(-1);
    if (last !== undefined && values.every((value, at) => value === last[at + 2])) last[1] = until;
    else rows.push([index * bucket, until, ...values]);
  }
  const shares = series.map(({ heading }): TableColumn => ({ heading, format: 'share' }));
  return {
    columns: [{ heading: 'from', format: 'seconds' }, { heading: 'to', format: 'seconds' }, ...shares],
    rows,
  };
}

/** How long availability is below the target, at best and at worst. */
export function availabilityFinding({ strategies, target }: AvailabilityData): string {
  const known = strategies
    .filter((series) => lowestOf(series) !== undefined)
    .map((series) => ({ name: series.name, below: secondsBelow(series, target) }))
    .sort((one, other) => one.below - other.below);
  const [best, worst] = [known[0], known.at(-1)];
  if (best === undefined || worst === undefined) return 'No requests were made.';
  const goal = formatShare(target);
  if (worst.below === 0) return spaced(`Availability never falls below ${goal}.`);
  if (known.length === 1) return spaced(`Availability is below ${goal} for ${formatSeconds(best.below)}.`);
  if (best.below === worst.below)
    return spaced(`Availability is below ${goal} for ${formatSeconds(best.below)} with every strategy.`);
  const shortest =
    best.below === 0
      ? `never falls below ${goal} with ${clean(best.name)}`
      : `is below ${goal} for ${formatSeconds(best.below)} with ${clean(best.name)}`;
  return spaced(
    `Availability ${shortest}, ${best.below === 0 ? 'but is for' : 'for'} ${formatSeconds(worst.below)} with ${clean(worst.name)}.`,
  );
}
