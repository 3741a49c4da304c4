/**
 * List prices as dated, cited data: what a provider charges for zones, queries and health checks.
 *
 * All amounts are US dollars before tax and discounts. A price nobody could find is `unknown`, which is not zero:
 * sums with one say "at least".
 */

/** How far a price can be trusted. */
export type PriceConfidence =
  | 'captured'
  | 'secondary'
  | 'stale'
  | 'licence'
  | 'unverified'
  | 'unknown'
  | 'given';

/** What each confidence means, for people. */
export const PRICE_CONFIDENCE_MEANINGS: Readonly<Record<PriceConfidence, string>> = {
  captured: "a dated copy of the vendor's price page, published by others",
  secondary: "the vendor's figure as others quote it",
  stale: 'older than a year: look it up before you rely on it',
  licence: 'free software: no price, but servers of your own',
  unverified: 'no source that can be named',
  unknown: 'no public price found',
  given: 'written in the scenario',
};

/** One step of a price: it holds for the units above the previous step up to and including `upTo`. */
export interface PriceTier {
  /** Inclusive; `null` = without end. */
  readonly upTo: number | null;
  /** US dollars per unit of the price. */
  readonly price: number;
}

export interface Price {
  /** Steps in rising order, the last without end; `null` = unknown. */
  readonly tiers: readonly PriceTier[] | null;
  /** Day the price was seen, `2026-09-20`; absent when nobody says. */
  readonly asOf?: string;
  readonly confidence: PriceConfidence;
  /** Where it was read. */
  readonly source: string;
  readonly note?: string;
}

/** What can be priced, in which unit, and what people call it. */
export const PRICE_UNITS = {
  zone: { unit: 'zone', label: 'zones' },
  record: { unit: 'record', label: 'extra records' },
  query: { unit: 'million', label: 'queries, standard' },
  'query-latency': { unit: 'million', label: 'queries, latency' },
  'query-geo': { unit: 'million', label: 'queries, geo' },
  'query-ip': { unit: 'million', label: 'queries, by address' },
  'query-routed': { unit: 'million', label: 'queries, routed' },
  'query-alias': { unit: 'million', label: 'queries, alias' },
  'query-private': { unit: 'million', label: 'queries, private' },
  check: { unit: 'check', label: 'checks inside' },
  'check-elsewhere': { unit: 'check', label: 'health checks' },
  'check-option': { unit: 'option', label: 'options inside' },
  'check-option-elsewhere': { unit: 'option', label: 'check options' },
  'policy-record': { unit: 'record', label: 'policy records' },
  balancing: { unit: 'subscription', label: 'load balancing' },
  endpoint: { unit: 'endpoint', label: 'balanced endpoints' },
  contract: { unit: 'contract', label: 'contract' },
  licence: { unit: 'licence', label: 'licence' },
} as const;

export type PriceKey = keyof typeof PRICE_UNITS;

export const PRICE_KEYS: readonly PriceKey[] = Object.keys(PRICE_UNITS) as PriceKey[];

/** True for prices per million queries. */
export function isQueryPrice(key: PriceKey): boolean {
  return PRICE_UNITS[key].unit === 'million';
}

/** How an answer came about, as far as some provider's prices tell it apart. */
export type AnswerRoute =
  /** A record of the zone. */
  | 'plain'
  /** Weighted, failover, multivalue, simple and whatever else looks at no place. */
  | 'policy'
  | 'latency'
  | 'geo'
  | 'ip'
  /** An alias to a resource in the provider's own cloud. */
  | 'resource'
  /** Whatever a private zone answers. */
  | 'private';

/** Things about a health check that some provider charges for. */
export type CheckOption = 'https' | 'fast' | 'string-matching';

export interface PriceList {
  /** The word of the provider's kind. */
  readonly id: string;
  readonly title: string;
  readonly prices: Readonly<Partial<Record<PriceKey, Price>>>;
  /** The price of a query by the route of its answer; routes not listed have `query`. */
  readonly routes: Readonly<Partial<Record<AnswerRoute, PriceKey>>>;
  /** Whether a CNAME and each further name of its chain in one answer are queries of their own. */
  readonly billsChains: boolean;
  /** Record sets of a zone that its price covers; absent = all. */
  readonly recordsIncluded?: number;
  /** Options of checks it charges for. */
  readonly options: readonly CheckOption[];
}

/** Where whatever a policy decides costs the same. */
export const ALL_ROUTED: PriceList['routes'] = {
  policy: 'query-routed',
  latency: 'query-routed',
  geo: 'query-routed',
  ip: 'query-routed',
  resource: 'query-routed',
};

/** Hours in a month, for prices by the hour. */
export const HOURS_PER_MONTH = 730;

/** Makes the prices of one page. */
export function pricesOf(
  page: Pick<Price, 'asOf' | 'confidence' | 'source'>,
): (tiers: number | readonly (readonly [upTo: number | null, price: number])[], note?: string) => Price {
  return (tiers, note) => ({
    tiers:
      typeof tiers === 'number'
        ? [{ upTo: null, price: tiers }]
        : tiers.map(([upTo, price]) => ({ upTo, price })),
    ...page,
    ...(note === undefined ? {} : { note }),
  });
}

/** A price nobody could find. @param note what to do about it */
export function unknownPrice(note: string): Price {
  return { tiers: null, confidence: 'unknown', source: 'no public list price found', note };
}
