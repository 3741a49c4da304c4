/** Prices of Amazon Route 53. */
import { type PriceList, pricesOf } from './price.ts';

const price = pricesOf({
  asOf: '2026-09-20',
  confidence: 'captured',
  source:
    'aws.amazon.com/route53/pricing via api-evangelist/amazon-route53-resolver, plans/amazon-route53-resolver-plans-pricing.yml',
});

/** Queries up to and including the first thousand million of a month, in millions. */
const FIRST = 1000;

export const ROUTE53_PRICES: PriceList = {
  id: 'route53',
  title: 'Amazon Route 53',
  prices: {
    zone: price(
      [
        [25, 0.5],
        [null, 0.1],
      ],
      'not prorated; free when deleted within 12 hours; private zones cost the same',
    ),
    record: price(0.0015, 'each record of a zone beyond 10,000'),
    query: price(
      [
        [FIRST, 0.4],
        [null, 0.2],
      ],
      'simple, weighted, failover and multivalue; negative answers too',
    ),
    'query-latency': price([
      [FIRST, 0.6],
      [null, 0.3],
    ]),
    'query-geo': price(
      [
        [FIRST, 0.7],
        [null, 0.35],
      ],
      'geolocation and geoproximity',
    ),
    'query-ip': price([
      [FIRST, 0.8],
      [null, 0.4],
    ]),
    'query-alias': price(0, 'aliases to AWS resources are free'),
    'query-private': price(0, 'queries to private zones are free'),
    check: price(
      [
        [50, 0],
        [null, 0.5],
      ],
      'the first 50 checks of AWS endpoints are free; disabled checks are billed',
    ),
    'check-elsewhere': price(0.75, 'disabled checks are billed'),
    'check-option': price(1, 'HTTPS, string matching, 10 s interval'),
    'check-option-elsewhere': price(2, 'HTTPS, string matching, 10 s interval'),
    'policy-record': price(50, 'Traffic Flow'),
  },
  routes: {
    latency: 'query-latency',
    geo: 'query-geo',
    ip: 'query-ip',
    resource: 'query-alias',
    private: 'query-private',
  },
  billsChains: true,
  recordsIncluded: 10_000,
  options: ['https', 'fast', 'string-matching'],
};
