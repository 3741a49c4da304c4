/** Answers meant for clients elsewhere, from a scenario to the report. */
import { expect, it } from 'vitest';
import { aggregateStrategy, loadScenario, playTask, type StrategyResult } from '../../src/index.ts';

const TEXT = `duration: 10m
network: { regions: [us-east, eu-west] }
zones: [{ name: example.com }]
endpoints:
  us: { address: 192.0.2.1, region: us-east }
  eu: { address: 192.0.2.2, region: eu-west }
policies: { app.example.com/A: { latency: [us, eu] } }
resolvers: { public: { profile: PROFILE, region: us-east, count: 1, fragments: 1 } }
clients:
  americans: { count: 30, region: us-east, resolvers: public, requests: { name: app.example.com } }
  europeans: { count: 10, region: eu-west, resolvers: public, requests: { name: app.example.com } }
`;

function played(profile: string): StrategyResult {
  const { scenario } = loadScenario({ text: TEXT.replace('PROFILE', profile), file: 'far.yaml' });
  const { spec } = scenario!.strategies[0]!;
  const record = playTask(scenario!, { strategy: 0, replication: 0 });
  const { timeline, recovery } = spec;
  return aggregateStrategy({ name: 'far', timeline, recovery }, [record]);
}

it('are all of those of clients far from a resolver that does not say where they are', () => {
  const { overall, populations } = played('unbound');
  expect(populations.map(({ farShare }) => farShare)).toEqual([undefined, 1]);
  expect(overall.farShare).toBeGreaterThan(0.15);
  expect(overall.farShare).toBeLessThan(0.35);
  expect(populations.map(({ staleShare }) => staleShare)).toEqual([0, 0]);
});

it('are none where the resolver says so', () => {
  const { overall, populations } = played('google-public-dns');
  expect([overall, ...populations].map(({ farShare }) => farShare)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
