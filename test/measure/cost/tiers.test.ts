/** Prices in steps: what a quantity comes to. The upper end of a step belongs to it. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { tierCost, unitPriceAt } from '../../../src/measure/cost/tiers.ts';
import { priceListOf } from '../../../src/profiles/prices/catalogue.ts';
import type { PriceKey, PriceTier } from '../../../src/profiles/prices/price.ts';

const tiersOf = (list: string, key: PriceKey): readonly PriceTier[] => priceListOf(list).prices[key]!.tiers!;

describe('steps of list prices', () => {
  test.each<[string, PriceKey, number, number]>([
    ['route53', 'zone', 0, 0],
    ['route53', 'zone', 1, 0.5],
    ['route53', 'zone', 25, 12.5],
    ['route53', 'zone', 26, 12.6],
    ['route53', 'zone', 125, 22.5],
    ['route53', 'query', 1000, 400],
    ['route53', 'query', 1001, 400.2],
    ['route53', 'query', 2000, 600],
    ['route53', 'query-latency', 1500, 750],
    ['route53', 'query-geo', 1500, 875],
    ['route53', 'query-ip', 1500, 1000],
    ['route53', 'query-alias', 1500, 0],
    ['route53', 'query-private', 1500, 0],
    ['route53', 'check', 50, 0],
    ['route53', 'check', 52, 1],
    ['route53', 'check-elsewhere', 2, 1.5],
    ['google', 'query', 1001, 400.2],
    ['google', 'query-routed', 1500, 875],
    ['azure', 'zone', 30, 13],
    ['azure', 'query-routed', 2000, 915],
    ['cloudflare', 'query', 9000, 0],
    ['cloudflare', 'query-routed', 0.5, 0],
    ['cloudflare', 'query-routed', 2, 1.5],
    ['cloudflare', 'endpoint', 3, 5],
  ])('%s %s: %d units are %d USD', (list, key, quantity, cost) => {
    expect(tierCost(tiersOf(list, key), quantity)).toBeCloseTo(cost, 9);
  });

  // 730 hours a month; the page gives prices by the hour.
  test.each([
    [25, 25 * 0.000273973 * 730],
    [26, (25 * 0.000273973 + 0.000136986) * 730],
    [10_001, (25 * 0.000273973 + 9975 * 0.000136986 + 0.000041096) * 730],
  ])('google bills %d zones by the hour', (zones, cost) => {
    expect(tierCost(tiersOf('google', 'zone'), zones)).toBeCloseTo(cost, 9);
    expect(tierCost(tiersOf('google', 'zone'), 25) / 25).toBeCloseTo(0.2, 4);
  });

  it('the next unit has the price of its step', () => {
    expect([1000, 1000.001].map((at) => unitPriceAt(tiersOf('route53', 'query'), at))).toEqual([0.4, 0.2]);
  });

  it('never falls as the quantity rises, and is continuous', () => {
    const quantity = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(quantity, quantity, (one, other) => {
        const tiers = tiersOf('route53', 'query');
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const gap = tierCost(tiers, more) - tierCost(tiers, less);
        expect(gap).toBeGreaterThanOrEqual(-1e-9);
        expect(gap).toBeLessThanOrEqual((more - less) * 0.4 + 1e-9);
      }),
      { seed: 7 },
    );
  });
});
