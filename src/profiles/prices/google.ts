/** Prices of Google Cloud DNS. */
import { ALL_ROUTED, HOURS_PER_MONTH, type PriceList, pricesOf } from './price.ts';

const price = pricesOf({
  asOf: '2026-09-20',
  confidence: 'captured',
  source:
    'cloud.google.com/dns/pricing via api-evangelist/google-cloud-dns, plans/google-cloud-dns-plans-pricing.yml',
});

const FIRST = 1000;
const perHour = (amount: number): number => amount * HOURS_PER_MONTH;

export const GOOGLE_PRICES: PriceList = {
  id: 'google',
  title: 'Google Cloud DNS',
  prices: {
    zone: price(
      [
        [25, perHour(0.000273973)],
        [10_000, perHour(0.000136986)],
        [null, perHour(0.000041096)],
      ],
      'by the hour, 730 hours a month',
    ),
    query: price([
      [FIRST, 0.4],
      [null, 0.2],
    ]),
    'query-routed': price(
      [
        [FIRST, 0.7],
        [null, 0.35],
      ],
      'answers of routing policies',
    ),
    check: price(0.5, 'internal endpoint'),
    'check-elsewhere': price(
      perHour(0.002739726),
      'external endpoint; premium 4.00 a month; the page and the documentation differ on the interval',
    ),
  },
  routes: ALL_ROUTED,
  billsChains: false,
  options: [],
};
