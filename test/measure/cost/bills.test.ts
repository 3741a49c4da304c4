/**
 * Ten bills as a person works them out with pencil and price page, against what a scenario is billed. Volumes are written
 * as quantities (in millions of queries), so that nothing but prices is compared. Dollars a month.
 */
import { expect, test } from 'vitest';
import { monthOf } from '../../../src/experiment/cost.ts';
import { loadScenario, playTask } from '../../../src/index.ts';

const SCENARIO = `
duration: 2m
replications: 1
providers: { main: { kind: generic } }
zones: [{ name: example.com, records: "app 60 A 203.0.113.10\\nold 60 A 203.0.113.11" }]
endpoints:
  east: { address: 203.0.113.10, check: { https: /health, interval: 10s } }
  west: { address: 198.51.100.20, check: { tcp: true, interval: 30s } }
policies: { app.example.com/A: { failover: { primary: east, secondary: west }, provider: main } }
resolvers: { isp: { count: 1 } }
clients: { all: { count: 1, app: none, os: none, requests: { name: app.example.com, every: 30s } } }
`;

/** What stands under `prices: main:`, and the sum with how it comes about. */
const BILLS: readonly [what: string, prices: string, sum: number][] = [
  [
    'Route 53: a zone, 120 million queries, an HTTPS check every 10 s and a TCP check, both outside AWS',
    '{ as: route53, quantities: { query: 120 } }',
    // zone 0.50; 120 x 0.40; two checks 0.75 each; HTTPS and fast at 2.00 each
    0.5 + 48 + 1.5 + 4,
  ],
  [
    'Route 53: the same in AWS, body matched too: fifty checks are free, their options are not',
    '{ as: route53, inside: [east, west], string-matching: east, quantities: { query: 120 } }',
    0.5 + 48 + 0 + 3 * 1,
  ],
  [
    'Route 53: thirty zones, 1.5 thousand million plain and 2 thousand million latency queries',
    '{ as: route53, quantities: { zone: 30, query: 1500, query-latency: 2000 } }',
    // 25 x 0.50 + 5 x 0.10; 1000 x 0.40 + 500 x 0.20; 1000 x 0.60 + 1000 x 0.30; checks and options as above
    13 + 500 + 900 + 5.5,
  ],
  [
    'Route 53: geolocation, IP-based, aliases to AWS and private queries, one record of Traffic Flow',
    '{ as: route53, quantities: { query: 0, query-geo: 10, query-ip: 10, query-alias: 900, query-private: 50, policy-record: 1 } }',
    0.5 + 7 + 8 + 0 + 0 + 50 + 5.5,
  ],
  [
    'Route 53: two zones of 12,000 and of 25,000 records: ten thousand of each are included',
    '{ as: route53, quantities: { zone: 2, query: 0, record: 17000 } }',
    // 2,000 + 15,000 records at 0.0015
    1 + 25.5 + 5.5,
  ],
  [
    'Google: 26 zones, 1,200 million plain and 300 million routed queries, two external checks',
    '{ as: google, quantities: { zone: 26, query: 1200, query-routed: 300 } }',
    // by the hour of 730: 25 x 0.000273973 + 0.000136986; 400 + 40; 300 x 0.70; 2 x 0.002739726
    730 * (25 * 0.000273973 + 0.000136986) + 440 + 210 + 730 * 2 * 0.002739726,
  ],
  [
    'Azure: a zone, 50 million plain queries and 100 million of Traffic Manager, a fast check and a plain one',
    '{ as: azure, quantities: { query: 50, query-routed: 100 } }',
    // 0.50 + 20 + 54; two external endpoints at 0.54; 10 s at 2.00
    0.5 + 20 + 54 + 1.08 + 2,
  ],
  [
    'Azure: both endpoints inside Azure, 1,100 million queries of Traffic Manager',
    '{ as: azure, inside: [east, west], quantities: { query: 0, query-routed: 1100 } }',
    // 540 + 100 x 0.375; 2 x 0.36; 10 s at 1.00
    0.5 + 577.5 + 0.72 + 1,
  ],
  [
    'Cloudflare: load balancing of two endpoints, three million queries of which half a million is free',
    '{ as: cloudflare, quantities: { query-routed: 3 } }',
    5 + 2.5 + 0,
  ],
  [
    'NS1 by contract: whatever it covers is in it',
    '{ as: ns1, contract: { price: 1800, note: "offer of September", as-of: 2026-09-01 } }',
    1800,
  ],
];

test.each(BILLS)('%s', (_, prices, sum) => {
  const text = `${SCENARIO}prices: { main: ${prices} }\n`;
  const { scenario, issues } = loadScenario({ text, file: 'drill.yaml' });
  if (!scenario) throw new Error(JSON.stringify(issues));
  const { cost } = playTask(scenario, { strategy: 0, replication: 0 });
  // Queries of the little that is played are a few thousandths of a cent where their price is not overridden.
  expect(monthOf(cost!)).toBeCloseTo(sum, 2);
  expect(cost!.providers[0]!.items.every(({ month }) => month !== null)).toBe(true);
});

test('Route 53 bills the record sets of a zone beyond ten thousand', () => {
  // 12,000 hosts, SOA and NS: 2,002 more than are included.
  const big = SCENARIO.replace(
    'app 60 A 203.0.113.10',
    '$GENERATE 1-11998 h-$ 60 A 203.0.113.10\\napp 60 A 203.0.113.10',
  );
  const text = `${big}prices: { main: { as: route53, quantities: { query: 0 } } }\n`;
  const { scenario, issues } = loadScenario({ text, file: 'drill.yaml' });
  if (!scenario) throw new Error(JSON.stringify(issues));
  const { items } = playTask(scenario, { strategy: 0, replication: 0 }).cost!.providers[0]!;
  const item = items.find(({ key }) => key === 'record');
  expect(item?.quantity).toBe(2002);
  expect(item?.month).toBeCloseTo(2002 * 0.0015, 9);
});
