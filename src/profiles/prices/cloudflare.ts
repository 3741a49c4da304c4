/** Prices of Cloudflare DNS and load balancing; the plan itself (free to enterprise) is not counted. */
import { ALL_ROUTED, type PriceList, pricesOf } from './price.ts';

const SEEN = {
  asOf: '2026-10-01',
  source: 'www.cloudflare.com/plans and developers.cloudflare.com/billing, as quoted by others',
} as const;
const price = pricesOf({ ...SEEN, confidence: 'secondary' });
const unverified = pricesOf({ ...SEEN, confidence: 'unverified' });

export const CLOUDFLARE_PRICES: PriceList = {
  id: 'cloudflare',
  title: 'Cloudflare',
  prices: {
    zone: price(0, 'on every plan; the plan itself is not counted'),
    query: price(0, 'DNS queries are not billed'),
    'query-routed': unverified(
      [
        [0.5, 0],
        [null, 1],
      ],
      'queries to balanced names: 500,000 a month are free, 0.50 for every further 500,000',
    ),
    balancing: price(5, 'from 5.00 a month'),
    endpoint: unverified(
      [
        [2, 0],
        [null, 5],
      ],
      'two endpoints are included',
    ),
  },
  routes: ALL_ROUTED,
  billsChains: false,
  options: [],
};
