/** Every shipped scenario is played once, smaller where it is long, and meets its own expectations. */
import { expect, test } from 'vitest';
import { planScenario, playTask } from '../../src/experiment/plan.ts';
import { runExperiment } from '../../src/experiment/run.ts';
import { sequentialExecutor } from '../../src/experiment/sequential.ts';
import { loadShipped, SHIPPED } from './shipped.ts';

/** Fewer clients where the expectations do not need them. */
const SMALLER: Readonly<Record<string, readonly string[]>> = {
  'failover-ttl.yaml': ['clients.browsers.count=4000', 'resolvers.isp.count=50'],
  'provider-outage.yaml': ['clients.visitors.count=2400'],
  'migration.yaml': ['clients.customers.count=500'],
  'empty-zone.yaml': ['clients.applications.count=6000'],
  'every-type.yaml': ['clients.browsers.count=1000'],
  starter: ['clients.browsers.count=2000'],
};

test.each(SHIPPED)('%s meets its expectations', async (name, text) => {
  const scenario = loadShipped(name, text, SMALLER[name]).scenario!;
  const execute = sequentialExecutor((task) => playTask(scenario, task));
  const result = await runExperiment(planScenario(scenario, '0'), execute);
  const judged = result.strategies.flatMap((one) =>
    one.expectations.map((each) => ({ strategy: one.name, ...each })),
  );
  expect(judged.length).toBeGreaterThan(0);
  expect(judged.filter(({ passed }) => !passed)).toEqual([]);
});
