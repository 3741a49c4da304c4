/** The report of `cost`: totals, line items, traps, and the prices with their dates; at most 80 columns. */
import type { CostItem, CostResult, ProviderCost, RunResult } from '../../measure/result.ts';
import {
  isQueryPrice,
  PRICE_CONFIDENCE_MEANINGS,
  PRICE_UNITS,
  type PriceConfidence,
} from '../../profiles/prices/price.ts';
import { type Column, clean, table, wrap } from '../layout.ts';
import { formatCount, formatInterval, formatMoney, formatSeconds, formatSum } from '../numbers.ts';
import { heading, type SectionContext } from '../sections/context.ts';
import { layOut, type TextOptions } from '../text.ts';
import { eachText, stepsText } from './prices.ts';

export interface CostTextOptions extends TextOptions {
  /** What to watch out for, a sentence each. */
  readonly traps?: readonly string[];
  /** How old a price is, in words, by its date. */
  readonly age?: (asOf: string) => string;
}

/** The text, ending in a newline. The same result and options give the same bytes. */
export function renderCost(result: RunResult, options: CostTextOptions = {}): string {
  const priced = result.strategies.flatMap(({ name, cost }) => (cost ? [{ name, cost }] : []));
  const body = (context: SectionContext): string[][] => {
    return [
      totals(priced, context),
      ...priced.flatMap(({ name, cost }) =>
        cost.providers.map((provider) => providerTable(priced.length > 1 ? name : '', provider, context)),
      ),
      basisSection(priced[0]?.cost, context),
      trapsSection(options.traps ?? [], context),
      pricesSection(priced, options, context),
    ];
  };
  return layOut(result, { ...options, headline: headline(priced) }, body);
}

/** The cheapest and the dearest strategy, as far as prices are known. */
function headline(priced: readonly Priced[]): string {
  const sorted = [...priced].sort((one, other) => one.cost.month.mean - other.cost.month.mean || 0);
  const [cheap, dear] = [sorted[0], sorted.at(-1)];
  if (!cheap || !dear) return 'Nothing was played, so nothing has a cost.';
  const sum = ({ cost }: Priced): string =>
    cost.complete || cost.month.mean > 0
      ? `${formatSum(cost.month.mean, cost.complete)}\u00a0USD a month`
      : 'an unknown sum';
  if (cheap === dear || formatMoney(cheap.cost.month.mean) === formatMoney(dear.cost.month.mean)) {
    return `${priced.length > 1 ? 'Every strategy' : 'It'} costs ${sum(cheap)}.`;
  }
  return `Cheapest is ${clean(cheap.name)} at ${sum(cheap)}, dearest ${clean(dear.name)} at ${sum(dear)}.`;
}

interface Priced {
  readonly name: string;
  readonly cost: CostResult;
}

const TOTALS: readonly Column[] = [
  { heading: 'strategy', align: 'left', atMost: 28 },
  { heading: 'USD a month', align: 'right', atMost: 18 },
  { heading: '95 % interval', align: 'right', atMost: 18 },
  { heading: 'faults add', align: 'right', atMost: 12 },
];

function totals(priced: readonly Priced[], context: SectionContext): string[] {
  if (priced.length === 0) return [];
  context.shown.add('cost.month');
  if (priced.some(({ cost }) => cost.outage)) context.shown.add('cost.outage');
  const rows = priced.map(({ name, cost }) => [
    clean(name),
    formatSum(cost.month.mean, cost.complete),
    formatInterval(cost.month, formatMoney).replaceAll(/[()]/g, ''),
    cost.outage ? formatMoney(cost.outage.mean) : '',
  ]);
  return [heading(context, 'Cost a month'), ...table(TOTALS, rows, context.style)];
}

const ITEMS: readonly Column[] = [
  { heading: 'item', align: 'left', atMost: 22 },
  { heading: 'quantity', align: 'right', atMost: 13 },
  { heading: 'each', align: 'right', atMost: 8 },
  { heading: 'a month', align: 'right', atMost: 10 },
  { heading: 'as of', align: 'left', atMost: 10 },
  { heading: 'price is', align: 'left', atMost: 10 },
];

function providerTable(strategy: string, cost: ProviderCost, context: SectionContext): string[] {
  const name = [strategy, cost.provider].filter((part) => part !== '').join(': ');
  const sum = ['together', '', '', formatSum(cost.month.mean, cost.complete), '', ''];
  const wide = cost.complete
    ? ITEMS
    : ITEMS.map((one) => (one.heading === 'a month' ? { ...one, atMost: 18 } : one));
  return [
    heading(context, clean(name), `prices of ${cost.title}; ${volumeText(cost)}`),
    ...table(wide, [...cost.items.map(itemCells), sum], context.style),
  ];
}

function itemCells(item: CostItem): string[] {
  const { key, price, quantity, month } = item;
  return [
    PRICE_UNITS[key].label,
    isQueryPrice(key) ? formatCount(quantity * 1e6) : formatCount(quantity),
    eachText(item),
    month === null ? 'unknown' : formatMoney(month),
    price.asOf ?? '',
    price.confidence,
  ];
}

function volumeText({ answers }: ProviderCost): string {
  const millions = answers.reduce((sum, one) => sum + (one.chained ? 0 : one.millionsPerMonth), 0);
  return `${formatCount(millions * 1e6)} queries`;
}

const BASIS = {
  'before-faults': (time: string) =>
    `The month goes on as the ${time} before the first fault did: 730 hours at that rate.`,
  'whole-run': (time: string) => `The month goes on as the ${time} of the run did: 730 hours at that rate.`,
  'with-faults': (time: string) =>
    `The month goes on as the ${time} of the run did, faults included: there is no time before them.`,
} as const;

function basisSection(cost: CostResult | undefined, { style }: SectionContext): string[] {
  if (cost === undefined) return [];
  return wrap(BASIS[cost.basis](formatSeconds(cost.basisSeconds)), '  ').map(style.dim);
}

function trapsSection(traps: readonly string[], context: SectionContext): string[] {
  if (traps.length === 0) return [];
  return [heading(context, 'Watch out'), ...traps.flatMap((trap) => wrap(clean(trap), '    ', '  - '))];
}

function pricesSection(
  priced: readonly Priced[],
  { age = () => '' }: CostTextOptions,
  context: SectionContext,
): string[] {
  const texts = new Map<string, string[]>();
  const confidences = new Set<PriceConfidence>();
  for (const { cost } of priced) {
    for (const { items, title } of cost.providers) {
      for (const { key, price } of items) {
        confidences.add(price.confidence);
        const old = price.asOf === undefined ? '' : age(price.asOf);
        const seen = price.asOf === undefined ? '' : ` (as of ${price.asOf}${old === '' ? '' : `, ${old}`})`;
        const from = `${title}, from ${price.source}${seen}`;
        const line = `${PRICE_UNITS[key].label}: ${stepsText(key, price)}${price.note ? `; ${price.note}` : ''}`;
        const lines = texts.get(from) ?? [];
        if (!lines.includes(line)) lines.push(line);
        texts.set(from, lines);
      }
    }
  }
  if (texts.size === 0) return [];
  const meanings = [...confidences].map((one) => `${one}: ${PRICE_CONFIDENCE_MEANINGS[one]}`);
  const sources = [...texts].flatMap(([from, lines]) => [
    ...wrap(clean(from), '  '),
    ...lines.flatMap((line) => wrap(clean(line), '      ', '    ')),
  ]);
  return [
    heading(context, 'Prices', 'US dollars, before tax and discounts'),
    ...[...sources, ...meanings.flatMap((one) => wrap(one, '    ', '  '))].map(context.style.dim),
  ];
}
