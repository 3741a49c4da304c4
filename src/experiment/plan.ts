/** From a loaded scenario to a plan, and from a task of that plan to its record. */
import type { ReplicationRecord } from '../measure/record.ts';
import { type SimulateOptions, simulateReplication } from '../measure/simulate.ts';
import { evaluateExpectations } from '../scenario/expect.ts';
import type { Scenario } from '../scenario/load.ts';
import type { Task } from './replicate.ts';
import type { ExperimentPlan } from './run.ts';

/**
 * @param version of the program, for the result document
 * @param chosen indexes into the strategies of the scenario; all of them when absent
 */
export function planScenario(
  scenario: Scenario,
  version: string,
  chosen?: readonly number[],
): ExperimentPlan {
  const { title, sha256, duration, seed, replications, strategies } = scenario;
  const list = chosen?.map((index) => strategies[index]!) ?? strategies;
  return {
    version,
    title,
    sha256,
    duration,
    seed,
    replications,
    strategies: list.map(({ name, spec, expectations }) => ({
      name,
      timeline: spec.timeline,
      recovery: spec.recovery,
      judge: (result) => evaluateExpectations(expectations, result),
    })),
  };
}

/** Plays one task of the plan of a scenario. @param chosen as for `planScenario` */
export function playTask(
  scenario: Scenario,
  { strategy, replication }: Task,
  options: SimulateOptions = {},
  chosen?: readonly number[],
): ReplicationRecord {
  const { spec } = scenario.strategies[chosen?.[strategy] ?? strategy]!;
  return simulateReplication(spec, scenario.seed, replication, options);
}
