/** Strategies of one scenario, compared on the replications that all of them have finished. */
import {
  type ComparisonResult,
  type MetricEstimate,
  quantileMetric,
  type StrategyDifference,
  type StrategySpread,
} from '../../measure/comparison.ts';
import type { ReplicationRecord } from '../../measure/record.ts';
import { firstFaultAt } from '../../model/world.ts';
import type { StrategyFrame } from '../aggregate.ts';
import { censoredEstimate, tidy } from '../estimate.ts';
import { availabilityBand } from './availability-band.ts';
import { type ComparedMetric, comparedMetrics, isPriced } from './metrics.ts';
import { pairedDifference } from './paired.ts';
import { dominators } from './pareto.ts';
import { recoveryDistribution } from './recovery-distribution.ts';

export const DEFAULT_QUANTILE = 0.99;
const LEVELS: readonly number[] = [0.5, 0.9, 0.95, 0.99];

/**
 * @param frames the strategies
 * @param records by strategy, in any order of replications
 * @param quantile of time to recovery to look at, above 0 and up to 1
 * @returns `undefined` when no replication has finished under every strategy
 */
export function compareStrategies(
  frames: readonly StrategyFrame[],
  records: readonly (readonly ReplicationRecord[])[],
  quantile: number = DEFAULT_QUANTILE,
): ComparisonResult | undefined {
  if (!(quantile > 0 && quantile <= 1)) throw new RangeError(`${quantile} is no quantile`);
  const paired = pairUp(frames.map((_, index) => records[index] ?? []));
  const replications = paired[0]?.length ?? 0;
  if (replications === 0) return undefined;
  const withoutCost = comparedMetrics(quantile);
  const withCost = comparedMetrics(quantile, true);
  const measured = frames.map((frame, index): Measured => {
    const list = paired[index]!;
    const metrics = list.every(isPriced) ? withCost : withoutCost;
    return { frame, metrics, values: metrics.map(({ of }) => list.map(of)) };
  });
  const spreads = measured.map(({ frame, metrics, values }, index) =>
    spreadOf(frame, paired[index]!, estimates(metrics, values), quantile),
  );
  const dominatedBy = dominators(
    spreads.map((spread) => ({ name: spread.name, ...placeOf(spread, quantile) })),
  );
  return {
    replications,
    quantile,
    strategies: spreads.map((spread, index) => ({ ...spread, dominatedBy: dominatedBy[index]! })),
    differences: allPairs(measured),
    precision: precisionOf(spreads, quantile),
  };
}

/** The replications that every strategy has, in order. */
function pairUp(records: readonly (readonly ReplicationRecord[])[]): ReplicationRecord[][] {
  const byNumber = records.map((list) => new Map(list.map((record) => [record.replication, record])));
  const common = [...(byNumber[0]?.keys() ?? [])]
    .filter((replication) => byNumber.every((known) => known.has(replication)))
    .sort((one, other) => one - other);
  return byNumber.map((known) => common.map((replication) => known.get(replication)!));
}

type Values = readonly (number | null)[];

/** What is compared of a strategy: its cost only where every price is known. */
interface Measured {
  readonly frame: StrategyFrame;
  readonly metrics: readonly ComparedMetric[];
  /** By metric, then by replication. */
  readonly values: readonly Values[];
}

type Spread = Omit<StrategySpread, 'dominatedBy'>;

function spreadOf(
  frame: StrategyFrame,
  records: readonly ReplicationRecord[],
  list: readonly MetricEstimate[],
  quantile: number,
): Spread {
  const levels = [...new Set([...LEVELS, quantile])].sort((one, other) => one - other);
  return {
    name: frame.name,
    estimates: list,
    availability: availabilityBand(records.map((record) => record.populations[0]!)),
    recovery: recoveryDistribution(records, firstFaultAt(frame), levels),
  };
}

function estimates(metrics: readonly ComparedMetric[], values: readonly Values[]): MetricEstimate[] {
  return metrics.map(({ name, range }, index) => ({
    metric: name,
    estimate: censoredEstimate(values[index]!, range),
    beyond: values[index]!.filter((value) => value === null).length,
  }));
}

/** Where a strategy stands between load and recovery. */
function placeOf({ estimates: list }: Spread, quantile: number): { load: number; recovery: number | null } {
  const meanOf = (metric: string): number | null =>
    list.find((entry) => entry.metric === metric)?.estimate?.mean ?? null;
  return { load: meanOf('load.authorities')!, recovery: meanOf(quantileMetric(quantile)) };
}

/** The metrics that both strategies of a pair have: cost comes last, so that places agree. */
function allPairs(measured: readonly Measured[]): StrategyDifference[] {
  return measured.flatMap((reference, first) =>
    measured.slice(first + 1).map((other) => ({
      reference: reference.frame.name,
      other: other.frame.name,
      metrics: reference.metrics.flatMap(({ name }, index) => {
        const theirs = other.values[index];
        return theirs ? [pairedDifference(name, reference.values[index]!, theirs)] : [];
      }),
    })),
  );
}

function precisionOf(spreads: readonly Spread[], quantile: number): number | null {
  const widths = spreads
    .map(({ estimates: list }) => list.find(({ metric }) => metric === quantileMetric(quantile))!.estimate)
    .filter((estimate) => estimate !== null)
    .map(({ mean, low, high }) => {
      if (low === undefined || high === undefined) return null;
      return mean === 0 ? 0 : (high - low) / 2 / mean;
    });
  if (widths.length === 0 || widths.includes(null)) return null;
  return tidy(Math.max(...widths.map((width) => width!)));
}
