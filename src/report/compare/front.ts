/** Which strategies nothing beats in both load and time to recovery. */
import {
  type ComparisonResult,
  estimateOf,
  quantileMetric,
  type StrategySpread,
} from '../../measure/comparison.ts';
import { clean, clip, padEnd, width, wrap } from '../layout.ts';
import { formatCensored, formatMoney, formatRate } from '../numbers.ts';
import { heading, type SectionContext } from '../sections/context.ts';
import { wordsFor } from './metrics.ts';

const NAME = 24;

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
  const cost = spread.estimates.find(({ metric }) => metric === 'cost.month')?.estimate;
  const sum = cost ? padEnd(`${formatMoney(cost.mean)} USD/month`, 19) : '';
  const lead = `  ${name}  ${load}${wait}${sum}`;
  const note = isOnFront(spread)
    ? 'on the front'
    : `beaten in both by ${spread.dominatedBy.map(clean).join(', ')}`;
  return wrap(note, ' '.repeat(width(lead) + 1), `${lead} `);
}
