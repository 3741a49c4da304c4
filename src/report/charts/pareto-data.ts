/** The data of the chart of load against recovery, and what it says in words and numbers. */
import {
  type ComparisonResult,
  estimateOf,
  quantileMetric,
  type StrategySpread,
} from '../../measure/comparison.ts';
import type { CensoredEstimate, Estimate } from '../../measure/estimate.ts';
import { clean } from '../layout.ts';
import { formatMoney, formatRate, formatSeconds } from '../numbers.ts';
import type { Cell, ChartTable } from './chart.ts';
import { listing, spaced } from './drawing.ts';

export interface ParetoData {
  /** How the quantile is called: `p99`. */
  readonly quantile: string;
  readonly horizonSeconds: number;
  readonly points: readonly ParetoSpot[];
  /** Strategies with a letter at their upper left, where no name shall stand. */
  readonly lettered?: readonly string[];
  /** What would be good enough; the box up to it is shaded. */
  readonly goal?: { readonly load: number; readonly seconds: number };
  /** Stands on the x axis instead of load: what a month costs by the providers' price lists. */
  readonly across?: 'cost';
  /** Turns load into money per 30 days: the price of a million queries. */
  readonly price?: { readonly perMillion: number; readonly currency: string };
}

export interface ParetoSpot {
  readonly name: string;
  /** Queries per second of represented users. */
  readonly load: Estimate;
  /** Seconds; `null` = beyond the horizon. */
  readonly recovery: CensoredEstimate;
  /** US dollars a month, where every price is known. */
  readonly cost?: Estimate;
  readonly dominatedBy: readonly string[];
}

const SECONDS_PER_MONTH = 30 * 86_400;

/** The points of a comparison, at its quantile. */
export function paretoData(comparison: ComparisonResult): ParetoData {
  const metric = quantileMetric(comparison.quantile);
  return {
    quantile: metric.replace('recovery.', ''),
    horizonSeconds: Math.max(...comparison.strategies.map(({ recovery }) => recovery.horizonSeconds)),
    points: comparison.strategies.map((spread: StrategySpread) => ({
      name: spread.name,
      ...costOf(spread),
      load: estimateOf(spread, 'load.authorities').estimate ?? { mean: 0 },
      recovery: estimateOf(spread, metric).estimate,
      dominatedBy: spread.dominatedBy,
    })),
  };
}

function costOf({ estimates }: StrategySpread): Pick<ParetoSpot, 'cost'> {
  const cost = estimates.find(({ metric }) => metric === 'cost.month')?.estimate;
  return cost ? { cost } : {};
}

/** Loads as money where a price is given. */
export function pricedData(data: ParetoData): ParetoData {
  const { price } = data;
  if (data.across === 'cost') return costedData(data);
  if (price === undefined) return data;
  const perRate = (price.perMillion * SECONDS_PER_MONTH) / 1e6;
  const scale = ({ mean, low, high }: Estimate): Estimate => ({
    mean: mean * perRate,
    ...(low !== undefined && high !== undefined && { low: low * perRate, high: high * perRate }),
  });
  const { goal } = data;
  return {
    ...data,
    points: data.points.map((point) => ({ ...point, load: scale(point.load) })),
    ...(goal && { goal: { ...goal, load: goal.load * perRate } }),
  };
}

/** Strategies whose every price is known, by cost in place of load; who beats whom follows from that. */
function costedData(data: ParetoData): ParetoData {
  const points = data.points.flatMap((point) => (point.cost ? [{ ...point, load: point.cost }] : []));
  const beats = (one: ParetoSpot, other: ParetoSpot): boolean => {
    const gains = [other.load.mean - one.load.mean, waitOf(other) - waitOf(one)];
    return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
  };
  const { price: _, ...rest } = data;
  return {
    ...rest,
    points: points.map((point) => ({
      ...point,
      dominatedBy: points.filter((other) => beats(other, point)).map(({ name }) => name),
    })),
  };
}

/** Seconds; what lies beyond the horizon is longer than any other, and two of those are equal. */
function waitOf({ recovery }: ParetoSpot): number {
  return recovery?.mean ?? Number.MAX_VALUE;
}

/** One row per strategy. */
export function paretoTable({ points, quantile, price, across }: ParetoData): ChartTable {
  const load = across ? 'USD a month' : price ? `${price.currency} for 30 days` : 'queries per second';
  const format = across ? 'money' : price ? 'count' : 'rate';
  const priced = !across && points.some(({ cost }) => cost !== undefined);
  return {
    columns: [
      { heading: 'strategy' },
      { heading: load, format },
      { heading: `${load}, low`, format },
      { heading: `${load}, high`, format },
      { heading: quantile, format: 'seconds' },
      { heading: `${quantile}, low`, format: 'seconds' },
      { heading: `${quantile}, high`, format: 'seconds' },
      ...(priced ? [{ heading: 'USD a month', format: 'money' as const }] : []),
      { heading: 'beaten in both by' },
    ],
    rows: points.map(({ name, load: amount, recovery, cost, dominatedBy }): Cell[] => [
      name,
      ...spread(amount),
      ...(recovery === null ? [null, null, null] : spread(recovery)),
      ...(priced ? [cost ? formatMoney(cost.mean) : 'unknown'] : []),
      dominatedBy.length === 0 ? 'none: on the front' : dominatedBy.join(', '),
    ]),
  };
}

function spread({ mean, low, high }: Estimate): number[] {
  return [mean, low ?? mean, high ?? mean];
}

/** Who is on the front, and what being faster costs. */
export function paretoFinding({ points, quantile, across }: ParetoData): string {
  const what = across === 'cost' ? 'cost' : 'load';
  const amount = ({ load }: ParetoSpot): string =>
    across === 'cost' ? `${formatMoney(load.mean)} USD a month` : formatRate(load.mean);
  const front = points.filter(({ dominatedBy }) => dominatedBy.length === 0);
  const beaten = points.filter(({ dominatedBy }) => dominatedBy.length > 0);
  if (points.length === 0) return 'There is nothing to weigh.';
  if (beaten.length === 0 && points.length > 1) {
    const [dear, cheap] = [...points]
      .sort((one, other) => other.load.mean - one.load.mean || 0)
      .flatMap((point, at, all) => (at === 0 || at === all.length - 1 ? [point] : []));
    const wait = ({ recovery }: ParetoSpot): string =>
      recovery === null ? 'beyond the end' : formatSeconds(recovery.mean);
    return spaced(
      `Faster costs ${what === 'cost' ? 'more' : 'load'}: ${quantile} is ${wait(dear!)} at ${amount(dear!)} with ${clean(dear!.name)}, ${wait(cheap!)} at ${amount(cheap!)} with ${clean(cheap!.name)}.`,
    );
  }
  const names = (list: readonly ParetoSpot[]): string => listing(list.map(({ name }) => name));
  const rest = beaten.length === 0 ? '' : `; beaten in both ${what} and recovery: ${names(beaten)}`;
  return `On the front: ${names(front)}${rest}.`;
}
