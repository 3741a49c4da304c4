/** The report of `cost`: totals, line items, traps, and the prices with their dates; at most 80 columns. */
import type { CostItem, CostResult, ProviderCost, RunResult } from '../../measure/result.ts';
import {
  isQueryPrice,
  PRICE_CONFIDENCE_MEANINGS,
  PRICE_UNITS,
  type PriceConfidence,
} from '../../profiles/prices/price.ts';
import { listing } from '../charts/drawing.ts';
import { COLUMNS, type Column, clean, table, wrap } from '../layout.ts';
import { formatCount, formatInterval, formatMoney, formatSeconds, formatSum } from '../numbers.ts';
import { heading, type SectionContext } from '../sections/context.ts';
import { outageText } from '../sections/cost.ts';
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
      ...providerTables(priced, context),
      basisSection(priced[0]?.cost, context),
      trapsSection(options.traps ?? [], context),
      pricesSection(priced, options, context),
    ];
  };
  return layOut(result, { ...options, headline: headline(priced) }, body);
}

/** The cheapest and the dearest of the strategies whose prices are all known; the others may be either. */
function headline(priced: readonly Priced[]): string {
  const known = priced.filter(({ cost }) => cost.complete);
  const sorted = [...(known.length > 0 ? known : priced)].sort(
    (one, other) => one.cost.month.mean - other.cost.month.mean || 0,
  );
  const [cheap, dear] = [sorted[0], sorted.at(-1)];
  if (!cheap || !dear) return 'Nothing was played, so nothing has a cost.';
  const open = priced.length - known.length;
  const rest =
    known.length === 0 || open === 0
      ? ''
      : ` Not every price is known of ${open === 1 ? 'one strategy' : `${open} strategies`}.`;
  const sum = ({ cost }: Priced): string =>
    cost.complete || cost.month.mean > 0
      ? `${formatSum(cost.month.mean, cost.complete)}\u00a0USD a month`
      : 'an unknown sum';
  if (cheap === dear || formatMoney(cheap.cost.month.mean) === formatMoney(dear.cost.month.mean)) {
    const who = priced.length === 1 ? 'It' : rest === '' ? 'Every strategy' : 'Every other strategy';
    return rest === '' ? `${who} costs ${sum(cheap)}.` : `${rest.trim()} ${who} costs ${sum(cheap)}.`;
  }
  if (known.length === 0)
    return `No strategy has all its prices known: ${clean(cheap.name)} costs ${sum(cheap)}.`;
  return `Cheapest is ${clean(cheap.name)} at ${sum(cheap)}, dearest ${clean(dear.name)} at ${sum(dear)}.${rest}`;
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
    outageText(cost),
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

/** A table for each provider that bills something; strategies that pay it the same share one. */
function providerTables(priced: readonly Priced[], context: SectionContext): string[][] {
  const strategies = new Map<string, string[]>();
  const tables = new Map<string, ProviderCost>();
  for (const { name, cost } of priced) {
    for (const provider of cost.providers.filter(({ items }) => items.length > 0)) {
      const key = providerTable('', provider, context).join('\n');
      tables.set(key, tables.get(key) ?? provider);
      strategies.set(key, [...(strategies.get(key) ?? []), name]);
    }
  }
  return [...tables].map(([key, provider]) => {
    const names = strategies.get(key)!;
    const who = names.length === priced.length ? '' : listing(names);
    return providerTable(who, provider, context);
  });
}

function providerTable(strategies: string, cost: ProviderCost, context: SectionContext): string[] {
  const name = [strategies, cost.provider].filter((part) => part !== '').join(': ');
  const sum = ['together', '', '', formatSum(cost.month.mean, cost.complete), '', ''];
  const wide = cost.complete
    ? ITEMS
    : ITEMS.map((one) => (one.heading === 'a month' ? { ...one, atMost: 18 } : one));
  return [
    ...wideHeading(clean(name), `prices of ${cost.title}; ${volumeText(cost)}`, context),
    ...table(wide, [...cost.items.map(itemCells), sum], context.style),
  ];
}

/** A heading with what is told aside, on lines of its own where the two are too wide for one. */
function wideHeading(title: string, aside: string, context: SectionContext): string[] {
  if (title.length + aside.length + 2 <= COLUMNS) return [heading(context, title, aside)];
  return [...wrap(title).map(context.style.heading), ...wrap(aside, '  ').map(context.style.dim)];
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

/** The source of a price that stands in the scenario without a note (`buildBilling`). */
const AS_WRITTEN = 'written in the scenario';

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
        const from = `${title}, ${price.source === AS_WRITTEN ? 'as' : 'from'} ${price.source}${seen}`;
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
