/** `dnsdrill run`: plays a scenario and reports. */
import { closeSync, openSync } from 'node:fs';
import { planScenario } from '../../experiment/plan.ts';
import { type ExperimentPlan, runExperiment } from '../../experiment/run.ts';
import type { RunResult } from '../../measure/result.ts';
import { renderJson } from '../../report/json.ts';
import { renderText } from '../../report/text.ts';
import { EXIT, type ExitCode, isFileError, RunFailure } from '../exit.ts';
import { checkWritable, inOneGo, STANDARD_INPUT, unwritable } from '../files.ts';
import { onInterrupt } from '../interrupt.ts';
import { checkOutputs, type Output, writeOutputs } from '../outputs.ts';
import { poolExecutor } from '../pool.ts';
import { makeProgress, type ProgressDisplay, SILENT } from '../progress.ts';
import { replayContext } from '../replay.ts';
import { chooseStrategies, loadFromPath, type ScenarioOptions } from '../scenario.ts';
import { say, surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';
import { programVersion } from '../version.ts';
import type { WorkerData } from '../worker.ts';

export interface RunOptions extends ScenarioOptions {
  readonly jobs: number;
  readonly strategy?: readonly string[];
  readonly json?: boolean;
  readonly out?: readonly Output[];
  readonly events?: string;
  readonly quiet?: boolean;
}

/** @throws CliFailure for what the user can put right */
export async function runRun(path: string, options: RunOptions): Promise<ExitCode> {
  const outputs = options.out ?? [];
  checkOutputs(outputs);
  if (options.events !== undefined && options.events !== STANDARD_INPUT) checkWritable(options.events);
  const { scenario, source } = loadFromPath(path, options, options.quiet);
  const strategies = chooseStrategies(scenario, options.strategy ?? []);
  const result = await withEventFile(options.events, (events) =>
    play(
      planScenario(scenario, programVersion(), strategies),
      { source, strategies, ...(events !== undefined && { events }) },
      options,
    ),
  );
  await writeOutputs(outputs, result, replayContext('run', path, options, result));
  if (options.events !== STANDARD_INPUT) await writeOut(render(result, options));
  return exitCodeOf(result, options.quiet === true);
}

/** Plays a plan on worker threads, with progress on standard error; an interrupt leaves a partial result. */
export async function play(
  plan: ExperimentPlan,
  data: WorkerData,
  options: Pick<RunOptions, 'jobs' | 'quiet'>,
): Promise<RunResult> {
  const interrupt = onInterrupt();
  const display = progressDisplay(options.quiet);
  const total = plan.strategies.length * plan.replications;
  const tasks = `of ${total === 1 ? '1 replication' : `${total} replications`}`;
  const execute = poolExecutor({
    module: new URL('../worker.js', import.meta.url),
    data,
    // Events are written in the order of tasks, so tasks then go one after the other.
    jobs: data.events === undefined ? options.jobs : 1,
    onProgress: (fraction) => display.update(fraction, tasks),
  });
  try {
    return await runExperiment(plan, execute, { stop: interrupt.signal });
  } catch (error) {
    throw isFileError(error) ? error : new RunFailure(plan.seed, error);
  } finally {
    display.close();
    interrupt.release();
  }
}

/** Progress on standard error. */
export function progressDisplay(quiet: boolean | undefined): ProgressDisplay {
  if (quiet) return SILENT;
  return makeProgress({
    isTerminal: process.stderr.isTTY === true,
    write: (text) => process.stderr.write(text),
    now: () => performance.now(),
  });
}

/** Events get their file at the end, interrupted or not; it is held open, since a pipe whose writer leaves is at its end. */
async function withEventFile(
  path: string | undefined,
  use: (events: string | undefined) => Promise<RunResult>,
): Promise<RunResult> {
  if (path === undefined) return await use(undefined);
  try {
    if (path === STANDARD_INPUT) return await use(path);
    return await inOneGo(path, async (place) => {
      const file = openSync(place, 'w');
      try {
        return await use(place);
      } finally {
        closeSync(file);
      }
    });
  } catch (error) {
    throw isFileError(error) ? unwritable(path, error) : error;
  }
}

function render(result: RunResult, options: RunOptions): string {
  return options.json
    ? renderJson(result)
    : renderText(result, textOptionsFor(options.color, surroundings()));
}

/** How a run ended, telling which expectations were missed. */
export function exitCodeOf(result: RunResult, quiet: boolean): ExitCode {
  if (result.partial) return EXIT.interrupted;
  const missed = result.strategies.flatMap(({ name, expectations }) =>
    expectations.filter(({ passed }) => !passed).map(({ text }) => `  ${text} (${name})`),
  );
  if (missed.length === 0) return EXIT.finished;
  if (!quiet)
    say(
      [`${missed.length === 1 ? 'An expectation was' : 'Expectations were'} missed:`, ...missed].join('\n'),
    );
  return EXIT.expectationFailed;
}
