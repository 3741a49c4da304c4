/** The bills of all replications of one strategy as one. */
import { SECOND } from '../base/time.ts';
import type { AnswerVolume, CostItemRecord, CostRecord, ProviderCostRecord } from '../measure/cost/record.ts';
import type { CostItem, CostResult, ProviderCost } from '../measure/cost/result.ts';
import type { ReplicationRecord } from '../measure/record.ts';
import { AMOUNT, estimate, mean, type Range, tidy } from './estimate.ts';

/** Extra cost may be negative: clients that are cut off ask less. */
const EITHER_WAY: Range = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE };

/** Nothing when the records hold no bills. */
export function aggregateCost(records: readonly ReplicationRecord[]): CostResult | undefined {
  const bills = records.flatMap(({ cost }) => cost ?? []);
  const [first] = bills;
  if (first === undefined) return undefined;
  const providers = first.providers.map((_, index) =>
    providerCost(bills.map((bill) => bill.providers[index]!)),
  );
  const hasOutage = bills.every((bill) => bill.basis === 'before-faults');
  return {
    currency: 'USD',
    basis: first.basis,
    basisSeconds: tidy(mean(bills.map(({ basisMicros }) => basisMicros)) / SECOND),
    month: estimate(bills.map(monthOf), AMOUNT),
    complete: providers.every(({ complete }) => complete),
    ...(hasOutage && { outage: estimate(bills.map(outageOf), EITHER_WAY) }),
    providers,
  };
}

/** Known prices of one replication, per month. */
export function monthOf({ providers }: CostRecord): number {
  return providers.reduce((sum, provider) => sum + providerMonth(provider), 0);
}

function providerMonth({ items }: ProviderCostRecord): number {
  return items.reduce((sum, { month }) => sum + (month ?? 0), 0);
}

function outageOf({ providers }: CostRecord): number {
  return providers.reduce(
    (sum, { items }) => sum + items.reduce((part, { outage }) => part + (outage?.cost ?? 0), 0),
    0,
  );
}

function providerCost(records: readonly ProviderCostRecord[]): ProviderCost {
  const { provider, list, title } = records[0]!;
  const items = firstOfEach(
    records.flatMap((record) => record.items),
    ({ key }) => key,
  ).map((item) => itemCost(item, records));
  return {
    provider,
    list,
    title,
    month: estimate(records.map(providerMonth), AMOUNT),
    complete: items.every(({ month }) => month !== null),
    items,
    answers: firstOfEach(
      records.flatMap((record) => record.answers),
      kindOf,
    ).map((volume) => answerVolume(volume, records)),
  };
}

function itemCost(first: CostItemRecord, records: readonly ProviderCostRecord[]): CostItem {
  const { key, price, covered } = first;
  const all = records.map(({ items }) => items.find((item) => item.key === key));
  const average = (of: (item: CostItemRecord) => number): number =>
    tidy(mean(all.map((item) => (item ? of(item) : 0))));
  const known = price.tiers !== null;
  return {
    key,
    price,
    quantity: average(({ quantity }) => quantity),
    month: known || covered ? average(({ month }) => month ?? 0) : null,
    ...(covered && { covered }),
    ...(first.outage && {
      outage: {
        quantity: average(({ outage }) => outage?.quantity ?? 0),
        cost: known ? average(({ outage }) => outage?.cost ?? 0) : null,
      },
    }),
  };
}

function answerVolume(first: AnswerVolume, records: readonly ProviderCostRecord[]): AnswerVolume {
  const key = kindOf(first);
  const volumes = records.map(
    ({ answers }) => answers.find((one) => kindOf(one) === key)?.millionsPerMonth ?? 0,
  );
  return { ...first, millionsPerMonth: tidy(mean(volumes)) };
}

function kindOf({ type, route, kind, chained }: AnswerVolume): string {
  return [type, route, kind, chained].join(' ');
}

function firstOfEach<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const one of list) if (!seen.has(keyOf(one))) seen.set(keyOf(one), one);
  return [...seen.values()];
}
