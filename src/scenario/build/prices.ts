/** `prices:` and the price lists that ship, settled for every provider of the scenario. */
import { SECOND } from '../../base/time.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { BilledCheck, BillingSpec } from '../../model/billing-spec.ts';
import type { CheckSpec, EndpointSpec, NamedCheckSpec, ProviderSpec } from '../../model/spec.ts';
import { priceListOf } from '../../profiles/prices/catalogue.ts';
import {
  isQueryPrice,
  PRICE_KEYS,
  type Price,
  type PriceKey,
  type PriceList,
} from '../../profiles/prices/price.ts';
import { IMPLIED } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { numberKind, textKind } from '../kinds.ts';
import { formatOf } from '../providers/catalogue.ts';
import type { PriceDoc, ProviderPricesDoc } from '../schema/prices.ts';
import type { Draft } from './draft.ts';

/** What bills are about. */
export interface Billed {
  /** The zones listed. */
  readonly zones: readonly { readonly zone: Zone; readonly providers: readonly number[] }[];
  readonly endpoints: readonly EndpointSpec[];
  readonly checks: readonly NamedCheckSpec[];
}

/** @param own the providers of the scenario, which come first in its world */
export function buildBilling(
  draft: Draft,
  own: readonly ProviderSpec[],
  { zones, endpoints, checks }: Billed,
): BillingSpec[] {
  return own.map(({ name, kind }, provider) => {
    const doc = draft.doc.prices?.[name] ?? {};
    const path = ['prices', name];
    const base = priceListOf(doc.as ?? kind);
    draft.ledger.derive([...path, 'as'], doc.as, textKind, base.id, `kind of the provider: ${base.title}`);
    return {
      provider,
      list: settledList(draft, base, doc, path),
      zones: zones.flatMap(({ zone, providers }) => (providers.includes(provider) ? [zone.origin] : [])),
      checks: checksOf(draft, name, endpoints, checks, doc),
      quantities: quantitiesOf(draft, doc, [...path, 'quantities']),
    };
  });
}

/** A price that nothing would ever be billed by is a slip. */
function checkUse({ issues }: Draft, base: PriceList, key: PriceKey, path: Path): void {
  const known = ['query', ...Object.values(base.routes)];
  if (!isQueryPrice(key) || known.includes(key)) return;
  const message = `the prices of ${base.title} know no ${key}`;
  const hint = `write one of ${[...new Set(known)].join(', ')}`;
  issues.add(path, 'scenario-unused-price', message, { hint, atKey: true });
}

function settledList(draft: Draft, base: PriceList, doc: ProviderPricesDoc, path: Path): PriceList {
  const prices = PRICE_KEYS.flatMap((key) => {
    if (doc[key]) checkUse(draft, base, key, [...path, key]);
    const price = settledPrice(draft, base, key, doc[key], [...path, key]);
    return price ? [[key, price] as const] : [];
  });
  return { ...base, prices: Object.fromEntries(prices) };
}

function settledPrice(
  { ledger }: Draft,
  base: PriceList,
  key: PriceKey,
  doc: PriceDoc | undefined,
  path: Path,
): Price | undefined {
  const listed = base.prices[key];
  if (doc === undefined) {
    if (listed?.tiers) ledger.note(path, priceText(listed), { kind: 'derived', why: originOf(base, listed) });
    return listed;
  }
  const price: Price = {
    tiers: doc.tiers?.map((one) => ({ upTo: one['up-to'] ?? null, price: one.price })) ?? [
      { upTo: null, price: doc.price! },
    ],
    ...(doc['as-of'] === undefined ? {} : { asOf: doc['as-of'] }),
    confidence: 'given',
    source: doc.note ?? 'written in the scenario',
  };
  ledger.note(path, priceText(price), ledger.authorOf(path));
  return price;
}

/** `0.4 to 1000, then 0.2`. */
function priceText({ tiers }: Price): string {
  return (tiers ?? [])
    .map(({ upTo, price }) => `${Number(price.toPrecision(6))}${upTo === null ? '' : ` to ${upTo}`}`)
    .join(', then ');
}

function originOf({ title }: PriceList, { asOf, confidence, source }: Price): string {
  return `list price of ${title}, as of ${asOf ?? 'an unknown day'} (${source}; ${confidence})`;
}

function quantitiesOf(
  { ledger }: Draft,
  { quantities = {} }: ProviderPricesDoc,
  path: Path,
): Record<string, number> {
  const given = PRICE_KEYS.flatMap((key) => {
    const quantity = quantities[key];
    if (quantity === undefined) return [];
    return [[key, ledger.written([...path, key], quantity, numberKind(0))] as const];
  });
  return Object.fromEntries(given);
}

/** Route 53 and Traffic Manager ask extra for an interval of 10 s (their price pages). */
const FAST = 10 * SECOND;

/** Checks run by a provider: those that name it, and for the first with checkers those that name nobody. */
function checksOf(
  draft: Draft,
  provider: string,
  endpoints: readonly EndpointSpec[],
  named: readonly NamedCheckSpec[],
  { inside = [], 'string-matching': matching = [] }: ProviderPricesDoc,
): BilledCheck[] {
  const { doc } = draft;
  const usual = usualChecker(draft);
  const options = (name: string, { kind, interval }: CheckSpec): BilledCheck['options'] => [
    ...(kind === 'https' ? (['https'] as const) : []),
    ...(interval <= FAST ? (['fast'] as const) : []),
    ...(matching.includes(name) ? (['string-matching'] as const) : []),
  ];
  const ofEndpoints = endpoints.flatMap(({ name, check }): BilledCheck[] => {
    if (!check || (doc.endpoints?.[name]?.check?.by ?? usual) !== provider) return [];
    return [{ name, inside: inside.includes(name), options: options(name, check) }];
  });
  const standing = named.flatMap(({ name, check }): BilledCheck[] => {
    if ((doc.checks?.[name]?.by ?? usual) !== provider) return [];
    // Assumption: a check that counts others, or listens to an alarm, costs as much as one inside the cloud.
    if (check.kind !== 'probe') return [{ name, inside: true, options: [] }];
    const target = endpoints[check.endpoint]!.name;
    const isInside = inside.includes(name) || inside.includes(target);
    return [{ name, inside: isInside, options: options(name, check.probe) }];
  });
  return [...ofEndpoints, ...standing];
}

function usualChecker({ doc: { providers = {} } }: Draft): string {
  const names = Object.keys(providers);
  return names.find((name) => formatOf(providers[name]!.kind).checkers) ?? names[0] ?? IMPLIED.provider;
}
