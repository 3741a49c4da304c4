/** Which strategies nothing beats in both load and time to recovery, and in both cost and time to recovery. */
import {
  type ComparisonResult,
  estimateOf,
  quantileMetric,
  type StrategySpread,
} from '../../measure/comparison.ts';
import { paretoData, pricedData } from '../charts/pareto-data.ts';
import { clean, clip, padEnd, width, wrap } from '../layout.ts';
import { formatCensored, formatMoney, formatRate } from '../numbers.ts';
import { heading, type SectionContext } from '../sections/context.ts';
import { wordsFor } from './metrics.ts';

const NAME = 24;

/** The same against what a month costs; nothing where no cost is known. */
export function costFrontSection(comparison: ComparisonResult, context: SectionContext): string[] {
  const { quantile, points } = pricedData({ ...paretoData(comparison), across: 'cost' });
  if (points.length === 0 || comparison.strategies.length < 2) return [];
  context.shown.add('front').add('cost.month').add('recovery.quantiles');
  const known = new Set(points.map(({ name }) => name));
  const unknown = comparison.strategies.filter(({ name }) => !known.has(name));
  const sorted = [...points].sort(
    (one, other) =>
      Math.sign(one.dominatedBy.length) - Math.sign(other.dominatedBy.length) ||
      one.load.mean - other.load.mean ||
      (one.name < other.name ? -1 : 1),
  );
  const room = Math.min(NAME, Math.max(...comparison.strategies.map(({ name }) => width(clean(name)))));
  const nameCell = (name: string): string => padEnd(clip(clean(name), room), room);
  return [
    heading(context, 'Cost against recovery', `USD a month by price lists, ${quantile}`),
    ...sorted.flatMap(({ name, load, recovery, dominatedBy }) => {
      const cost = padEnd(formatMoney(load.mean), 14);
      const wait = padEnd(formatCensored(recovery, 'beyond the end'), 16);
      const lead = `  ${nameCell(name)}  ${cost}${wait}`;
      return wrap(noteOf(dominatedBy), ' '.repeat(width(lead) + 1), `${lead} `);
    }),
    ...unknown.map(({ name }) => `  ${nameCell(name)}  unknown`),
  ];
}

function noteOf(dominatedBy: readonly string[]): string {
  return dominatedBy.length === 0 ? 'on the front' : `beaten in both by ${dominatedBy.map(clean).join(', ')}`;
}

/** The front by rising load, then the strategies beaten by it. */
export function frontSection(comparison: ComparisonResult, context: SectionContext): string[] {
  context.shown.add('front').add('load').add('recovery.quantiles');
  const metric = quantileMetric(comparison.quantile);
  const byLoad = [...comparison.strategies].sort(
    (one, other) => loadOf(one) - loadOf(other) || (one.name < other.name ? -1 : 1),
  );
  const room = Math.min(NAME, Math.max(...byLoad.map(({ name }) => width(clean(name)))));
  const line = (spread: StrategySpread): string[] => frontLines(spread, metric, room);
  return [
    heading(context, 'Load against recovery', `authoritative servers, ${wordsFor(metric).label}`),
    ...byLoad.filter(isOnFront).flatMap(line),
    ...byLoad.filter((spread) => !isOnFront(spread)).flatMap(line),
  ];
}

/** True when no other strategy is at least as good in both and better in one. */
export function isOnFront({ dominatedBy }: StrategySpread): boolean {
  return dominatedBy.length === 0;
}

/** Mean queries per second at all authoritative servers. */
export function loadOf(spread: StrategySpread): number {
  return estimateOf(spread, 'load.authorities').estimate?.mean ?? 0;
}

function frontLines(spread: StrategySpread, metric: string, room: number): string[] {
  const name = padEnd(clip(clean(spread.name), room), room);
  const load = padEnd(formatRate(loadOf(spread)), 14);
  const wait = padEnd(formatCensored(estimateOf(spread, metric).estimate, 'beyond the end'), 16);
  const lead = `  ${name}  ${load}${wait}`;
  return wrap(noteOf(spread.dominatedBy), ' '.repeat(width(lead) + 1), `${lead} `);
}
