/** Every preset can be played: while all is well it serves every request, and none when the endpoint is dead. */
import { expect, test } from 'vitest';
import { planScenario, playTask, runExperiment, sequentialExecutor } from '../../src/index.ts';
import type { StrategyResult } from '../../src/measure/result.ts';
import { PROFILE_KINDS } from '../../src/scenario/settings/profile-kinds.ts';
import { mustLoad } from '../scenario/base.ts';

function drill(section: string, id: string, timeline: string): string {
  const app = section === 'resolvers' ? '' : `${section === 'os' ? 'os' : 'app'}: ${id}, `;
  return `duration: 4m
replications: 1
zones:
  - name: example.com
    records: |
      app 5 IN A 203.0.113.10
endpoints:
  main: { address: 203.0.113.10 }
resolvers:
  one: { count: 1${section === 'resolvers' ? `, profile: ${id}` : ''} }
clients:
  users: { count: 5, ${app}requests: { name: app.example.com, every: 20s } }
timeline: [${timeline}]
`;
}

async function play(text: string): Promise<StrategyResult> {
  const scenario = mustLoad(text);
  const execute = sequentialExecutor((task) => playTask(scenario, task));
  return (await runExperiment(planScenario(scenario, '0.0.0'), execute)).strategies[0]!;
}

const EACH = PROFILE_KINDS.flatMap(({ section, family }) =>
  family.presets.map(({ id }) => [section, id] as const),
);

test.each(EACH)('%s %s', async (section, id) => {
  const well = await play(drill(section, id, ''));
  expect(well.overall.outcomes).toEqual({ ...well.overall.outcomes, served: well.requests });
  const dead = await play(drill(section, id, '{ at: 0s, fail: endpoint main }'));
  expect(dead.overall.outcomes.served).toBe(0);
});
