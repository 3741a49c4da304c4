/** Every price list that ships; a new one is a file beside this one and a line here. */
import { AZURE_PRICES } from './azure.ts';
import { CLOUDFLARE_PRICES } from './cloudflare.ts';
import { GOOGLE_PRICES } from './google.ts';
import { COREDNS_PRICES, GENERIC_PRICES, NS1_PRICES, POWERDNS_PRICES } from './others.ts';
import type { PriceList } from './price.ts';
import { ROUTE53_PRICES } from './route53.ts';

export const PRICE_LISTS: readonly PriceList[] = [
  ROUTE53_PRICES,
  GOOGLE_PRICES,
  AZURE_PRICES,
  CLOUDFLARE_PRICES,
  NS1_PRICES,
  COREDNS_PRICES,
  POWERDNS_PRICES,
  GENERIC_PRICES,
];

/** Names of the lists, as `prices.*.as` takes them: those of the kinds of provider. */
export const PRICE_LIST_IDS: readonly string[] = PRICE_LISTS.map(({ id }) => id);

/** The list of a kind of provider; that of the generic one for a kind without. */
export function priceListOf(id: string): PriceList {
  return PRICE_LISTS.find((list) => list.id === id) ?? GENERIC_PRICES;
}
