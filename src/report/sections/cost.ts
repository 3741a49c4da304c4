/** What a month costs, by provider; nothing where no price is known. */
import type { CostResult, StrategyResult } from '../../measure/result.ts';
import { listing } from '../charts/drawing.ts';
import { type Column, clean, table } from '../layout.ts';
import { formatMoney, formatSum } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'provider', align: 'left', atMost: 28 },
  { heading: 'prices of', align: 'left', atMost: 28 },
  { heading: 'USD a month', align: 'right', atMost: 18 },
];

/** True when some price of the bill is known. */
export function hasKnownPrice(cost: CostResult | undefined): cost is CostResult {
  return cost?.providers.some(({ items }) => items.some(({ month }) => month !== null)) ?? false;
}

/** What a month costs in a cell of a table: a sum, its lower bound, or `unknown`. */
export function costText(cost: CostResult | undefined): string {
  return hasKnownPrice(cost) ? formatSum(cost.month.mean, cost.complete) : 'unknown';
}

/** Whose prices are missing: `no price of main is known`, `not every price of ns1 is known`. */
export function missingPrices(costs: readonly (CostResult | undefined)[]): string {
  const names = costs.flatMap((cost) =>
    (cost?.providers ?? []).flatMap(({ provider, complete }) => (complete ? [] : [clean(provider)])),
  );
  const list = [...new Set(names)];
  if (list.length === 0) return 'nothing has a price';
  return `${costs.some(hasKnownPrice) ? 'not every' : 'no'} price of ${listing(list)} is known`;
}

/** What the faults add: unknown where some price is, as a part of it may be more or less than nothing. */
export function outageText({ outage, complete }: CostResult): string {
  if (!outage) return '';
  return complete ? formatMoney(outage.mean) : 'unknown';
}

export function costSection({ cost }: StrategyResult, context: SectionContext): string[] {
  if (!hasKnownPrice(cost)) return [heading(context, 'Cost', `unknown: ${missingPrices([cost])}`)];
  context.shown.add('cost.month');
  const rows = cost.providers.map(({ provider, title, month, complete }) => [
    clean(provider),
    title,
    formatSum(month.mean, complete),
  ]);
  if (cost.outage) context.shown.add('cost.outage');
  const aside = cost.outage
    ? `${formatSum(cost.month.mean, cost.complete)} USD a month; the faults add ${outageText(cost)}`
    : `${formatSum(cost.month.mean, cost.complete)} USD a month`;
  return [heading(context, 'Cost', aside), ...table(COLUMNS, rows, context.style)];
}
