/** A whole experiment: every strategy under every replication, aggregated, judged, and put into one document. */
import { type Micros, SECOND } from '../base/time.ts';
import { DEFINITIONS } from '../measure/definitions.ts';
import type { ReplicationRecord } from '../measure/record.ts';
import {
  type ExpectationResult,
  RESULT_SCHEMA_VERSION,
  type RunResult,
  type StrategyResult,
} from '../measure/result.ts';
import { aggregateStrategy, type StrategyFrame } from './aggregate.ts';
import { compareStrategies } from './compare/compare.ts';
import { tidy } from './estimate.ts';
import { type Executor, type ReplicateOptions, replicate } from './replicate.ts';

/** What to run and how to name it. */
export interface ExperimentPlan {
  /** Version of the program. */
  readonly version: string;
  readonly title: string;
  /** Hash of the scenario, hexadecimal. */
  readonly sha256: string;
  readonly duration: Micros;
  readonly seed: number;
  /** At least 1. */
  readonly replications: number;
  /** At least one. */
  readonly strategies: readonly StrategyPlan[];
}

export interface StrategyPlan extends StrategyFrame {
  /** Holds the result of the strategy against its expectations. */
  readonly judge: (result: StrategyResult) => readonly ExpectationResult[];
}

/**
 * Runs the plan. An interrupted run gives a partial document with the strategies that have finished
 * replications, possibly none.
 */
export async function runExperiment(
  plan: ExperimentPlan,
  execute: Executor,
  options: ReplicateOptions = {},
): Promise<RunResult> {
  const { strategies, replications, duration } = plan;
  const limits = { ...options, duration };
  const { records, partial } = await replicate(strategies.length, replications, execute, limits);
  return buildResult(plan, records, partial);
}

/**
 * @param records by strategy of the plan
 * @param quantile of time to recovery that a comparison looks at; default 0.99
 */
export function buildResult(
  plan: ExperimentPlan,
  records: readonly (readonly ReplicationRecord[])[],
  interrupted: boolean,
  quantile?: number,
): RunResult {
  const cut = records.some((list) => list.some((record) => record.reached < plan.duration));
  const comparison = cut ? undefined : compareStrategies(plan.strategies, records, quantile);
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    program: { name: 'dnsdrill', version: plan.version },
    scenario: { title: plan.title, sha256: plan.sha256, durationSeconds: tidy(plan.duration / SECOND) },
    seed: plan.seed,
    replications: Math.max(0, ...records.map((list) => list.length)),
    partial: interrupted || cut,
    definitions: DEFINITIONS,
    strategies: plan.strategies.flatMap((strategy, index) => judged(strategy, records[index] ?? [])),
    ...(comparison && { comparison }),
  };
}

function judged(strategy: StrategyPlan, records: readonly ReplicationRecord[]): StrategyResult[] {
  if (records.length === 0) return [];
  const result = aggregateStrategy(strategy, records);
  return [{ ...result, expectations: strategy.judge(result) }];
}
