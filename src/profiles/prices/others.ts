/** Providers without list prices: NS1 by quote, software by its licence, and the generic provider. */
import { type PriceList, pricesOf, unknownPrice } from './price.ts';

const BARE = { routes: {}, billsChains: false, options: [] } as const;

const QUOTE = 'by quote: queries, records, monitors and filter chains; write the contract price';

export const NS1_PRICES: PriceList = {
  id: 'ns1',
  title: 'NS1',
  prices: { contract: unknownPrice(QUOTE) },
  ...BARE,
};

const COMPUTE = 'your own computers and network are not counted';

function software(id: string, title: string, source: string, note: string): PriceList {
  const price = pricesOf({ asOf: '2026-08-20', confidence: 'licence', source });
  return { id, title, prices: { licence: price(0, note) }, ...BARE };
}

export const COREDNS_PRICES: PriceList = software(
  'coredns',
  'CoreDNS',
  'coredns/coredns, LICENSE (Apache-2.0)',
  COMPUTE,
);

export const POWERDNS_PRICES: PriceList = software(
  'powerdns',
  'PowerDNS Authoritative',
  'PowerDNS/pdns, COPYING (GPL-2.0)',
  `${COMPUTE}; support is by quote`,
);

const NOBODY = 'a provider that is nobody in particular: name one under prices, or write its prices';

export const GENERIC_PRICES: PriceList = {
  id: 'generic',
  title: 'any provider',
  prices: {
    zone: unknownPrice(NOBODY),
    query: unknownPrice(NOBODY),
    check: unknownPrice(NOBODY),
    'check-elsewhere': unknownPrice(NOBODY),
  },
  ...BARE,
  // For prices of one's own.
  routes: {
    latency: 'query-latency',
    geo: 'query-geo',
    ip: 'query-ip',
    private: 'query-private',
  },
};
