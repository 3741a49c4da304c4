/**
 * The monthly bill of a world as it stands. The time before the first fault stands for the month: its rate of
 * queries times 730 hours, whatever the hour of the day was. What came after, beyond that rate, is the outage's own.
 *
 * Not modelled: queries that nobody in the scenario asks, taxes, discounts, support, traffic other than DNS.
 */
import { HOUR, type Micros } from '../../base/time.ts';
import { typeToText } from '../../dns/data/rrtype.ts';
import type { AnswerCount } from '../../model/answer-count.ts';
import type { BillingSpec } from '../../model/billing-spec.ts';
import type { WorldSpec } from '../../model/spec.ts';
import type { World } from '../../model/world.ts';
import {
  HOURS_PER_MONTH,
  isQueryPrice,
  PRICE_KEYS,
  type Price,
  type PriceKey,
  type PriceList,
} from '../../profiles/prices/price.ts';
import { standingQuantities } from './quantities.ts';
import type { AnswerVolume, CostBasis, CostItemRecord, CostRecord, ProviderCostRecord } from './record.ts';
import { routeOf } from './route.ts';
import { tierCost } from './tiers.ts';

/** @param scale represented queries for each simulated one */
export function billOf(world: World, scale: number): CostRecord | undefined {
  const { spec, faultWindow, now } = world;
  if (spec.billing === undefined || now === 0) return undefined;
  const total = world.outside.answers();
  const hasNormal = faultWindow.start > 0 && faultWindow.start < now && world.answersAtFault !== undefined;
  const basis: CostBasis = hasNormal
    ? 'before-faults'
    : faultWindow.start >= now
      ? 'whole-run'
      : 'with-faults';
  const basisMicros = hasNormal ? faultWindow.start : now;
  const normal = (hasNormal ? world.answersAtFault : undefined) ?? total;
  const times = { scale, basisMicros, ...(hasNormal ? { afterMicros: now - basisMicros } : {}) };
  return {
    basis,
    basisMicros,
    providers: spec.billing.map((billing) =>
      providerBill(spec, billing, billedAnswers(spec, billing, normal, total), times),
    ),
  };
}

interface Times {
  readonly scale: number;
  readonly basisMicros: Micros;
  /** From the first fault to the end; absent = nothing to compare. */
  readonly afterMicros?: Micros;
}

/** A count with what it costs. */
interface BilledAnswers extends Omit<AnswerVolume, 'millionsPerMonth'> {
  readonly normal: number;
  readonly total: number;
}

function billedAnswers(
  spec: WorldSpec,
  { provider, list }: BillingSpec,
  normal: readonly AnswerCount[],
  total: readonly AnswerCount[],
): BilledAnswers[] {
  const before = new Map(normal.map((count) => [identity(count), count.answers]));
  const merged = new Map<string, BilledAnswers>();
  for (const count of total) {
    if (count.provider !== provider) continue;
    const answers = {
      ...described(spec, list, count),
      normal: before.get(identity(count)) ?? 0,
      total: count.answers,
    };
    const key = [answers.type, answers.route, answers.kind, answers.chained].join(' ');
    const known = merged.get(key);
    merged.set(
      key,
      known
        ? { ...known, normal: known.normal + answers.normal, total: known.total + answers.total }
        : answers,
    );
  }
  return [...merged.values()];
}

function identity({ answers: _, ...what }: AnswerCount): string {
  return Object.values(what).join(' ');
}

function described(
  spec: WorldSpec,
  list: PriceList,
  count: AnswerCount,
): Pick<AnswerVolume, 'type' | 'route' | 'kind' | 'chained' | 'price'> {
  const policy = spec.policies[count.policy];
  const chosen = policy ? routeOf(policy) : 'plain';
  const route = count.private ? 'private' : chosen;
  const { kind, chained } = count;
  const billed = kind !== 'error' && (!chained || list.billsChains);
  const key = priceFor(list, count.private ? [route, chosen] : [route]);
  const price = billed && list.prices[key] ? { price: key } : {};
  return { type: typeToText(count.type), route, kind, chained, ...price };
}

/** The price of the first route that has one of its own; else that of a standard query. */
function priceFor({ routes, prices }: PriceList, chosen: readonly AnswerVolume['route'][]): PriceKey {
  const keys = chosen.flatMap((route) => routes[route] ?? []);
  return keys.find((key) => prices[key] !== undefined) ?? 'query';
}

function providerBill(
  spec: WorldSpec,
  billing: BillingSpec,
  answers: readonly BilledAnswers[],
  times: Times,
): ProviderCostRecord {
  const { list, quantities } = billing;
  const standing = standingQuantities(spec, billing);
  const monthly = (HOURS_PER_MONTH * HOUR * times.scale) / times.basisMicros / 1e6;
  const items = PRICE_KEYS.flatMap((key): CostItemRecord[] => {
    const price = list.prices[key];
    if (!price) return [];
    const own = answers.filter((one) => one.price === key);
    const simulated = own.reduce((sum, { normal }) => sum + normal, 0) * monthly;
    const quantity = quantities[key] ?? (isQueryPrice(key) ? simulated : (standing.get(key) ?? 0));
    const extra = isQueryPrice(key) ? extraOf(own, times) : undefined;
    return quantity === 0 && !extra ? [] : [itemOf(key, price, quantity, extra, covers(list))];
  });
  return {
    provider: spec.providers[billing.provider]!.name,
    list: list.id,
    title: list.title,
    answers: answers.map(({ normal, total: _, ...what }) => ({
      ...what,
      millionsPerMonth: normal * monthly,
    })),
    items,
  };
}

/** Millions of queries beyond the normal rate since the first fault. */
function extraOf(
  answers: readonly BilledAnswers[],
  { scale, basisMicros, afterMicros }: Times,
): number | undefined {
  if (afterMicros === undefined) return undefined;
  const before = answers.reduce((sum, { normal }) => sum + normal, 0);
  const after = answers.reduce((sum, { normal, total }) => sum + total - normal, 0);
  return ((after - (before * afterMicros) / basisMicros) * scale) / 1e6;
}

/** Whether a contract of a known price stands for prices that are not known. */
function covers({ prices }: PriceList): boolean {
  return prices.contract !== undefined && prices.contract.tiers !== null;
}

function itemOf(
  key: PriceKey,
  price: Price,
  quantity: number,
  extra: number | undefined,
  hasContract: boolean,
): CostItemRecord {
  const covered = hasContract && price.tiers === null;
  const costOf = (units: number): number | null =>
    covered ? 0 : price.tiers === null ? null : tierCost(price.tiers, units);
  const month = costOf(quantity);
  const more = extra === undefined || month === null ? null : costOf(quantity + extra)! - month;
  return {
    key,
    price,
    quantity,
    month,
    ...(covered ? { covered } : {}),
    ...(extra === undefined ? {} : { outage: { quantity: extra, cost: more } }),
  };
}
