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

describe.skipIf(!existsSync(FACTS))(
  'against the collected facts (skipped where they are not at hand)',
  () => {
    const providers = existsSync(FACTS)
      ? (JSON.parse(readFileSync(FACTS, 'utf8')) as { providers: Record<string, unknown> }).providers
      : {};

    it.each(ROWS)('%s %s is as %s', (list, key, path) => {
      const fact = path
        .split('.')
        .reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], providers);
      const units = isQueryPrice(key) ? 1e6 : 1;
      const expected = (fact as FactTier[]).map(({ upTo, price }) => ({
        upTo: upTo === null ? null : upTo / units,
        price,
      }));
      expect(priceListOf(list).prices[key]!.tiers).toEqual(expected);
    });
  },
);
