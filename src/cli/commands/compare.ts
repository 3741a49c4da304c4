/** `dnsdrill compare`: plays the strategies of a scenario on the same random draws and says how they differ. */
import { didYouMean } from '../../base/suggest.ts';
import { compareProgressively } from '../../experiment/compare/progressive.ts';
import { planScenario } from '../../experiment/plan.ts';
import type { Executor } from '../../experiment/replicate.ts';
import type { ExperimentPlan } from '../../experiment/run.ts';
import type { RunResult } from '../../measure/result.ts';
import { renderComparison } from '../../report/compare/text.ts';
import { renderJson } from '../../report/json.ts';
import type { Scenario } from '../../scenario/load.ts';
import { CliFailure, EXIT, type ExitCode, RunFailure } from '../exit.ts';
import { onInterrupt } from '../interrupt.ts';
import { checkOutputs, type Output, writeOutputs } from '../outputs.ts';
import { poolExecutor } from '../pool.ts';
import { replayContext } from '../replay.ts';
import { chooseStrategies, loadFromPath, type ScenarioOptions } from '../scenario.ts';
import { surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';
import { programVersion } from '../version.ts';
import type { WorkerData } from '../worker.ts';
import { exitCodeOf, progressDisplay } from './run.ts';

/** More cannot be told apart in one picture. */
export const STRATEGIES_AT_MOST = 8;
/** Rounds of fewer replications would stop at the first lucky one. */
const LEAST_ROUND = 10;

export interface CompareCommandOptions extends ScenarioOptions {
  readonly jobs: number;
  readonly strategy?: readonly string[];
  readonly baseline?: string;
  /** Level of the quantile, 0 to 1. */
  readonly quantile: number;
  /** Relative precision of the quantile, above 0. */
  readonly untilPrecision?: number;
  readonly json?: boolean;
  readonly out?: readonly Output[];
  readonly quiet?: boolean;
}

/** @throws CliFailure for what the user can put right */
export async function runCompare(path: string, options: CompareCommandOptions): Promise<ExitCode> {
  const outputs = options.out ?? [];
  checkOutputs(outputs);
  const { scenario, source } = loadFromPath(path, options, options.quiet);
  const strategies = choose(scenario, options);
  const plan = planScenario(scenario, programVersion(), strategies);
  const result = await play(inRounds(plan, options), { source, strategies }, options);
  await writeOutputs(outputs, result, replayContext('compare', path, options, result));
  await writeOut(render(result, options));
  return exitCodeOf(result, options.quiet === true);
}

/** Two to eight strategies, the baseline among them. */
function choose(scenario: Scenario, { strategy = [], baseline }: CompareCommandOptions): number[] {
  const chosen = chooseStrategies(scenario, strategy);
  const names = chosen.map((index) => scenario.strategies[index]!.name);
  if (chosen.length < 2) throw wrongUsage(`There is only one strategy, ${names[0]}: a comparison needs two.`);
  if (chosen.length > STRATEGIES_AT_MOST) {
    throw wrongUsage(
      `There are ${chosen.length} strategies; choose at most ${STRATEGIES_AT_MOST} with --strategy.`,
    );
  }
  if (baseline !== undefined && !names.includes(baseline)) {
    throw wrongUsage(
      `There is no strategy '${baseline}' to compare with: ${didYouMean(baseline, names) ?? ''}`,
    );
  }
  return chosen;
}

function wrongUsage(message: string): CliFailure {
  return new CliFailure(EXIT.wrongUsage, message);
}

function inRounds(plan: ExperimentPlan, { untilPrecision, reps }: CompareCommandOptions): ExperimentPlan {
  if (untilPrecision === undefined || reps !== undefined) return plan;
  return { ...plan, replications: Math.max(LEAST_ROUND, plan.replications) };
}

async function play(
  plan: ExperimentPlan,
  data: WorkerData,
  options: CompareCommandOptions,
): Promise<RunResult> {
  const { quantile, untilPrecision } = options;
  const interrupt = onInterrupt();
  try {
    return await compareProgressively(plan, roundsExecutor(data, options), {
      quantile,
      ...(untilPrecision !== undefined && { untilPrecision }),
      stop: interrupt.signal,
    });
  } catch (error) {
    throw new RunFailure(plan.seed, error);
  } finally {
    interrupt.release();
  }
}

/** Workers and a progress display for each round. */
function roundsExecutor(data: WorkerData, { jobs, quiet }: CompareCommandOptions): Executor {
  return async (tasks, report, stop) => {
    const display = progressDisplay(quiet);
    const note = `of replications ${tasks[0]!.replication + 1} to ${tasks.at(-1)!.replication + 1}`;
    const onProgress = (fraction: number): void => display.update(fraction, note);
    try {
      const module = new URL('../worker.js', import.meta.url);
      await poolExecutor({ module, data, jobs, onProgress })(tasks, report, stop);
    } finally {
      display.close();
    }
  };
}

function render(result: RunResult, options: CompareCommandOptions): string {
  if (options.json) return renderJson(result);
  const { baseline, color } = options;
  return renderComparison(result, {
    ...textOptionsFor(color, surroundings()),
    ...(baseline !== undefined && { baseline }),
  });
}
