/** The command that gives the same numbers again, for reports. */
import type { RunResult } from '../measure/result.ts';
import type { ReportContext } from '../report/replay.ts';
import type { ScenarioOptions } from './scenario.ts';

/** What of the options the numbers depend on. */
export interface ReplayOptions extends ScenarioOptions {
  readonly strategy?: readonly string[];
  readonly quantile?: number;
}

/** Seed and replications are named even where the scenario says them, so that a change there does no harm. */
export function replayContext(
  command: string,
  path: string,
  { set = [], strategy = [], quantile }: ReplayOptions,
  { seed, replications }: RunResult,
): ReportContext {
  const words = [
    'dnsdrill',
    command,
    path,
    ...set.flatMap((assignment) => ['--set', assignment]),
    ...strategy.flatMap((name) => ['--strategy', name]),
    ...(quantile === undefined ? [] : ['--quantile', String(quantile)]),
    ...['--seed', String(seed), '--reps', String(replications)],
  ];
  return { command: words.map(quoted).join(' ') };
}

/** A word for a POSIX shell (IEEE 1003.1, Shell Command Language, 2.2.2). */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
