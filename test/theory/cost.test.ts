/**
 * The bill of a population in closed form: behind R resolvers that ask again once per TTL and wait for the next
 * request, queries come at R / (T + 1/λ) per second, λ being the requests one resolver hears.
 */
import { expect, it } from 'vitest';
import { loadScenario, playTask } from '../../src/index.ts';
import { billItem } from '../measure/cost/items.ts';

const RESOLVERS = 40;
const CLIENTS = 800;
const EVERY_SECONDS = 100;
const RUNS = 6;
const SECONDS_PER_MONTH = 730 * 3600;

it.each([30, 300])('TTL %d s: queries and cost of a month are as the renewal theorem says', (ttl) => {
  const { scenario, issues } = loadScenario({
    text: `
duration: 4h
replications: ${RUNS}
providers: { main: { kind: route53 } }
zones:
  - name: example.com
    records: app ${ttl} IN A 203.0.113.10
resolvers: { isp: { profile: rfc-reference, count: ${RESOLVERS} } }
clients:
  all: { count: ${CLIENTS}, represents: ${CLIENTS * 100}, app: none, os: none,
         requests: { name: app.example.com, every: ${EVERY_SECONDS}s } }
`,
    file: 'drill.yaml',
  });
  if (!scenario) throw new Error(JSON.stringify(issues));
  const bills = Array.from({ length: RUNS }, (_, replication) =>
    billItem(playTask(scenario, { strategy: 0, replication }), 'main', 'query'),
  );
  const perResolver = CLIENTS / RESOLVERS / EVERY_SECONDS;
  const perSecond = RESOLVERS / (ttl + 1 / perResolver);
  const millions = (perSecond * SECONDS_PER_MONTH * 100) / 1e6;
  const quantities = bills.map(({ quantity }) => quantity);
  const mean = quantities.reduce((sum, one) => sum + one, 0) / RUNS;
  const variance = quantities.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (RUNS - 1);
  const error = Math.sqrt(variance / RUNS);
  expect(Math.abs(mean - millions)).toBeLessThan(3 * error);
  expect(error / millions).toBeLessThan(0.01);
  for (const { quantity, month } of bills) expect(month).toBeCloseTo(quantity * 0.4, 6);
});
