/** What a month costs, by provider; nothing where no price is known. */
import type { CostResult, StrategyResult } from '../../measure/result.ts';
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

export function costSection({ cost }: StrategyResult, context: SectionContext): string[] {
  if (!hasKnownPrice(cost)) return [];
  context.shown.add('cost.month');
  const rows = cost.providers.map(({ provider, title, month, complete }) => [
    clean(provider),
    title,
    formatSum(month.mean, complete),
  ]);
  if (cost.outage) context.shown.add('cost.outage');
  const aside = cost.outage
    ? `${formatSum(cost.month.mean, cost.complete)} USD a month; the faults add ${formatMoney(cost.outage.mean)}`
    : `${formatSum(cost.month.mean, cost.complete)} USD a month`;
  return [heading(context, 'Cost', aside), ...table(COLUMNS, rows, context.style)];
}
