/** Price lists against the collected facts, where those are at hand; and what every price must carry. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { PRICE_LISTS, priceListOf } from '../../src/profiles/prices/catalogue.ts';
import { isQueryPrice, type PriceKey } from '../../src/profiles/prices/price.ts';

const FACTS = '../shared/facts/pricing.json';

describe('every price', () => {
  const all = PRICE_LISTS.flatMap(({ id, prices }) =>
    Object.entries(prices).map(([key, price]) => [`${id} ${key}`, price] as const),
  );

  test.each(all)('%s has a source, and a day unless nobody knows it', (_, price) => {
    expect(price.source).not.toBe('');
    expect(price.tiers === null).toBe(price.confidence === 'unknown');
    if (price.tiers) {
      expect(price.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      const ends = price.tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect([...ends].sort((a, b) => a - b)).toEqual(ends);
      expect(ends.at(-1)).toBe(Number.POSITIVE_INFINITY);
    }
  });
});

interface FactTier {
  readonly upTo: number | null;
  readonly price: number;
}

const ROWS: readonly (readonly [list: string, key: PriceKey, fact: string])[] = [
  ['route53', 'zone', 'route53.hostedZonePerMonth'],
  ['route53', 'query', 'route53.queriesPerMillion.standard'],
  ['route53', 'query-latency', 'route53.queriesPerMillion.latency'],
  ['route53', 'query-geo', 'route53.queriesPerMillion.geolocationOrGeoproximity'],
  ['route53', 'query-ip', 'route53.queriesPerMillion.ipBased'],
  ['route53', 'query-alias', 'route53.queriesPerMillion.aliasToAwsResource'],
  ['route53', 'query-private', 'route53.queriesPerMillion.privateZone'],
  ['google', 'query', 'googleCloudDns.queriesPerMillion.standard'],
  ['google', 'query-routed', 'googleCloudDns.queriesPerMillion.routingPolicy'],
  ['azure', 'zone', 'azureDns.hostedZonePerMonth'],
  ['azure', 'query', 'azureDns.queriesPerMillion.standard'],
  ['azure', 'query-routed', 'azureTrafficManager.queriesPerMillion.standard'],
  ['cloudflare', 'query', 'cloudflare.queriesPerMillion.standard'],
];

/** Prices with one step that counts, in dollars a month: where it stands among the facts, and what it is multiplied by. */
const SINGLE: readonly (readonly [list: string, key: PriceKey, fact: string, times: number])[] = [
  ['route53', 'record', 'route53.hostedZoneRules.extraRecordPerMonth', 1],
  ['route53', 'policy-record', 'route53.trafficFlowPolicyRecordPerMonth', 1],
  ['route53', 'check', 'route53.healthCheckPerMonth.aws', 1],
  ['route53', 'check-elsewhere', 'route53.healthCheckPerMonth.nonAws', 1],
  ['route53', 'check-option', 'route53.healthCheckPerMonth.perOptionalFeatureAws', 1],
  ['route53', 'check-option-elsewhere', 'route53.healthCheckPerMonth.perOptionalFeatureNonAws', 1],
  ['google', 'check', 'googleCloudDns.healthCheckPerMonthApprox.internalFast', 1],
  ['google', 'check-elsewhere', 'googleCloudDns.healthCheckPerHour.externalFast', 730],
  ['azure', 'check', 'azureTrafficManager.healthCheckPerEndpointMonth.azure', 1],
  ['azure', 'check-elsewhere', 'azureTrafficManager.healthCheckPerEndpointMonth.external', 1],
  ['azure', 'check-option', 'azureTrafficManager.fastIntervalAddOnPerEndpointMonth.azure', 1],
  ['azure', 'check-option-elsewhere', 'azureTrafficManager.fastIntervalAddOnPerEndpointMonth.external', 1],
  ['cloudflare', 'balancing', 'cloudflare.loadBalancing.basePerMonthFrom', 1],
  ['cloudflare', 'endpoint', 'cloudflare.loadBalancing.extraEndpointPerMonth.price', 1],
  ['cloudflare', 'query-routed', 'cloudflare.loadBalancing.extraPer500kQueries.price', 2],
];

const LISTS: readonly (readonly [list: string, fact: string])[] = [
  ['route53', 'route53'],
  ['google', 'googleCloudDns'],
  ['azure', 'azureDns'],
  ['cloudflare', 'cloudflare'],
  ['coredns', 'coredns'],
  ['powerdns', 'powerdns'],
];

describe.skipIf(!existsSync(FACTS))(
  'against the collected facts (skipped where they are not at hand)',
  () => {
    const providers = existsSync(FACTS)
      ? (JSON.parse(readFileSync(FACTS, 'utf8')) as { providers: Record<string, unknown> }).providers
      : {};

    const factAt = (path: string): unknown =>
      path.split('.').reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], providers);

    it.each(SINGLE)('%s %s is as %s', (list, key, path, times) => {
      const { tiers } = priceListOf(list).prices[key]!;
      expect(tiers!.at(-1)!.price).toBeCloseTo((factAt(path) as number) * times, 9);
    });

    it.each(LISTS)(
      'the list %s has the day and the confidence of %s, prices told apart aside',
      (list, path) => {
        const { asOf, confidence } = factAt(path) as { asOf: string; confidence: string };
        const prices = Object.values(priceListOf(list).prices);
        expect(new Set(prices.map((price) => price.asOf))).toEqual(new Set([asOf]));
        expect(prices.map((price) => price.confidence)).toContain(confidence);
      },
    );

    it('includes as many records, and has nothing for NS1, whose prices nobody publishes', () => {
      expect(priceListOf('route53').recordsIncluded).toBe(factAt('route53.hostedZoneRules.recordsIncluded'));
      expect(factAt('ns1.quoteOnly')).toBe(true);
      expect(Object.values(priceListOf('ns1').prices).every(({ tiers }) => tiers === null)).toBe(true);
    });

    it.each(ROWS)('%s %s is as %s', (list, key, path) => {
      const fact = factAt(path);
      const units = isQueryPrice(key) ? 1e6 : 1;
      const expected = (fact as FactTier[]).map(({ upTo, price }) => ({
        upTo: upTo === null ? null : upTo / units,
        price,
      }));
      expect(priceListOf(list).prices[key]!.tiers).toEqual(expected);
    });
  },
);
