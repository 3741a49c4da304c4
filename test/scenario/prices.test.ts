/** `prices:`: whose list holds, prices of one's own, and every way to write them wrong. */
import { describe, expect, it, test } from 'vitest';
import { loadScenario } from '../../src/index.ts';
import { describeSource } from '../../src/scenario/effective.ts';
import { BASE, mustLoad } from './base.ts';

const withPrices = (prices: string): string => `${BASE}\nprices:\n  main: ${prices}\n`;

const listOf = (text: string, sets: readonly string[] = []) => {
  const { scenario, issues } = loadScenario({ text, file: 'drill.yaml', sets });
  if (!scenario) throw new Error(JSON.stringify(issues));
  return scenario.strategies[0]!.spec.billing![0]!.list;
};

describe('prices in force', () => {
  it('are those of the kind of provider, or of the list named', () => {
    expect(listOf(BASE).id).toBe('generic');
    expect(listOf(withPrices('{ as: route53 }')).prices.query!.tiers).toEqual([
      { upTo: 1000, price: 0.4 },
      { upTo: null, price: 0.2 },
    ]);
    expect(listOf(BASE, ['prices.main.as=google']).id).toBe('google');
  });

  it('can be written, with note and day, in steps', () => {
    const { query, zone } = listOf(
      withPrices(
        '{ as: route53, query: { price: 0.3, note: our contract, as-of: 2026-11-01 }, zone: { tiers: [{ up-to: 10, price: 1 }, { price: 0.5 }] } }',
      ),
    ).prices;
    expect(query).toEqual({
      tiers: [{ upTo: null, price: 0.3 }],
      asOf: '2026-11-01',
      confidence: 'given',
      source: 'our contract',
    });
    expect(zone!.tiers).toEqual([
      { upTo: 10, price: 1 },
      { upTo: null, price: 0.5 },
    ]);
  });

  it('are explained with source and day; unknown ones are not made up', () => {
    const told = (text: string): Map<string, string> =>
      new Map(
        mustLoad(text).strategies[0]!.effective.map(({ path, value, from }) => [
          path,
          `${value} | ${describeSource(from)}`,
        ]),
      );
    const values = told(withPrices('{ as: route53, zone: 1 }'));
    expect(values.get('prices.main.query')).toMatch(
      /^0\.4 to 1000, then 0\.2 \| list price of Amazon Route 53, as of 2026-09-20 \(.*; captured\)$/,
    );
    expect(values.get('prices.main.zone')).toMatch(/^1 \| written at /);
    expect(told(BASE).has('prices.main.query')).toBe(false);
  });
});

describe('problems', () => {
  test.each([
    ['{ as: route35 }', 'scenario-bad-word', "did you mean 'route53'?"],
    ['{ querry: 1 }', 'scenario-unknown-key', "did you mean 'query'?"],
    ['{ query: -1 }', 'scenario-bad-number', undefined],
    ['{ query: free }', 'scenario-bad-number', undefined],
    ['{ query: { price: 1, as-of: 1.11.2026 } }', 'scenario-bad-date', 'write 2026-09-20'],
    ['{ query: { note: cheap } }', 'scenario-price', 'write one of price: 0.40, tiers: [...]'],
    [
      '{ query: { tiers: [{ price: 1 }, { up-to: 5, price: 2 }] } }',
      'scenario-price-tiers',
      'write tiers: [{ up-to: 1000, price: 0.40 }, { price: 0.20 }]',
    ],
    ['{ as: google, query-latency: 1 }', 'scenario-unused-price', 'write one of query, query-routed'],
    ['{ inside: nowhere }', 'scenario-unknown-check', undefined],
  ])('%s: %s', (prices, code, hint) => {
    const { scenario, issues } = loadScenario({ text: withPrices(prices), file: 'drill.yaml' });
    expect(scenario).toBeUndefined();
    const issue = issues.find((one) => one.code === code);
    expect(issue, JSON.stringify(issues)).toBeDefined();
    if (hint !== undefined) expect(issue!.hint).toBe(hint);
    expect(issue!.path).toMatch(/^prices\.main/);
  });

  it('a provider that is not there', () => {
    const { issues } = loadScenario({ text: `${BASE}\nprices: { mian: { zone: 1 } }\n`, file: 'drill.yaml' });
    expect(issues).toMatchObject([{ code: 'scenario-unknown-provider', hint: "did you mean 'main'?" }]);
  });
});

describe('expectations of cost', () => {
  test.each(['cost.month < 50', 'cost.outage <= 1', 'cost.main.month > 3'])('%s', (text) => {
    const { issues } = loadScenario({ text: `${BASE}\nexpect: ['${text}']\n`, file: 'drill.yaml' });
    expect(issues).toEqual([]);
  });

  it('of providers that are not there are refused', () => {
    const { issues } = loadScenario({ text: `${BASE}\nexpect: [cost.man.month < 5]\n`, file: 'drill.yaml' });
    expect(issues).toMatchObject([
      { code: 'scenario-unknown-metric', hint: "did you mean 'cost.main.month'?" },
    ]);
  });
});
