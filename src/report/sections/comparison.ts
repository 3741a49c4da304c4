/** Strategies beside one another. */

import type { CostResult, HopLoad, StrategyResult } from '../../measure/result.ts';
import { isAuthoritative } from '../../model/authoritative-hop.ts';
import { type Column, clean, table, wrap } from '../layout.ts';
import { formatCount, formatShare, formatWait } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';
import { costText, hasKnownPrice, missingPrices } from './cost.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'strategy', align: 'left', atMost: 30, whole: true },
  { heading: 'affected', align: 'right', atMost: 8 },
  { heading: 'p50', align: 'right', atMost: 12 },
  { heading: 'p99', align: 'right', atMost: 12 },
  { heading: 'user-min', align: 'right', atMost: 12 },
  { heading: 'worst', align: 'right', atMost: 9 },
];

const LOAD: Column = { heading: 'auth q/s', align: 'right', atMost: 12 };
/** Instead of the load, where some price is known: the line has no room for both. */
const COST: Column = { heading: 'USD/month', align: 'right', atMost: 18 };

/** One row per strategy, in the order of the scenario. */
export function comparisonSection(strategies: readonly StrategyResult[], context: SectionContext): string[] {
  context.shown
    .add('recovery.affected')
    .add('recovery')
    .add('recovery.quantiles')
    .add('user-minutes')
    .add('availability.min');
  const priced = strategies.some(({ cost }) => hasKnownPrice(cost));
  context.shown.add(priced ? 'cost.month' : 'load');
  const rows = strategies.map(({ name, overall, load, cost }) => [
    clean(name),
    formatShare(overall.recovery.affected.mean),
    formatWait(overall.recovery, overall.recovery.quantiles.p50),
    formatWait(overall.recovery, overall.recovery.quantiles.p99),
    formatCount(overall.userMinutesLost.mean),
    formatShare(overall.availability.min.mean),
    priced ? costCell(cost) : formatCount(authorityRate(load)),
  ]);
  return [
    heading(context, 'Strategies compared'),
    ...table([...COLUMNS, priced ? COST : LOAD], rows, context.style),
    ...unknownLine(strategies),
  ];
}

/** Said where a strategy's cost cannot be. */
function unknownLine(strategies: readonly StrategyResult[]): string[] {
  const costs = strategies.map(({ cost }) => cost);
  if (costs.every((cost) => cost?.complete)) return [];
  const what = costs.some(hasKnownPrice) ? 'Some costs are lower bounds' : 'Cost a month: unknown';
  return wrap(`${what}: ${missingPrices(costs)}.`, '  ');
}

/** `≥ 12.50` where a price is unknown. */
function costCell(cost: CostResult | undefined): string {
  return costText(cost).replace('at\u00a0least', '≥');
}

/** Mean queries per second to all authoritative servers: root, top-level domains and providers. */
function authorityRate(load: readonly HopLoad[]): number {
  return load
    .filter(({ hop }) => isAuthoritative(hop))
    .reduce((sum, { queriesPerSecond }) => sum + queriesPerSecond.mean, 0);
}
