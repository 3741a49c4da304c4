/** `dnsdrill replay`: test scripts of resolvers, played through the simulated resolver. */
import { formatIssue, type Issue } from '../../base/issue.ts';
import { didYouMean } from '../../base/suggest.ts';
import { REPLAY_PROFILES, readSetting, type SettingValues } from '../../experiment/replay/options/options.ts';
import { replayScript } from '../../experiment/replay/replay.ts';
import { LEVELS, type Level, type ReplayVerdict } from '../../measure/script-verdict.ts';
import { renderJson } from '../../report/json.ts';
import { type ReplayReport, renderReplay, replayAgrees, replayDocument } from '../../report/scripts.ts';
import { CliFailure, EXIT, type ExitCode } from '../exit.ts';
import { readText, STANDARD_INPUT } from '../files.ts';
import { scriptPaths } from '../script-paths.ts';
import { say, surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';
import { programVersion } from '../version.ts';

export interface ReplayCommandOptions {
  readonly profile: string;
  readonly with?: readonly string[];
  readonly level: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

/** @throws CliFailure for what the user can put right */
export async function runReplay(paths: readonly string[], options: ReplayCommandOptions): Promise<ExitCode> {
  const level = readLevel(options.level);
  const profile = readProfile(options.profile);
  const settings = readSettings(options.with ?? []);
  const { verdicts, issues } = playAll(scriptPaths(paths), profile, settings);
  for (const issue of issues) say(formatIssue(issue));
  const report: ReplayReport = { profile, settings: options.with ?? [], level, verdicts };
  if (verdicts.length > 0) await writeOut(textOf(report, options));
  if (issues.some(({ severity }) => severity === 'error')) return EXIT.scenarioInvalid;
  return replayAgrees(report) ? EXIT.finished : EXIT.expectationFailed;
}

function playAll(
  paths: readonly string[],
  profile: string,
  settings: SettingValues,
): { verdicts: ReplayVerdict[]; issues: Issue[] } {
  const verdicts: ReplayVerdict[] = [];
  const issues: Issue[] = [];
  for (const path of paths) {
    const file = path === STANDARD_INPUT ? 'standard input' : path;
    const outcome = replayScript({ text: readText(path), file, profile, settings });
    if (outcome.verdict) verdicts.push(outcome.verdict);
    issues.push(...outcome.issues);
  }
  return { verdicts, issues };
}

function textOf(report: ReplayReport, { json, verbose = false, color }: ReplayCommandOptions): string {
  if (json) return renderJson(replayDocument(report, programVersion(), verbose));
  return renderReplay(report, { ...textOptionsFor(color, surroundings()), verbose });
}

function readLevel(text: string): Level {
  const level = LEVELS.find((one) => one === text);
  if (level !== undefined) return level;
  throw new CliFailure(EXIT.wrongUsage, `There is no level '${text}': ${didYouMean(text, LEVELS)}`);
}

function readProfile(text: string): string {
  if (REPLAY_PROFILES.includes(text)) return text;
  const hint = didYouMean(text, REPLAY_PROFILES);
  throw new CliFailure(EXIT.wrongUsage, `There is no resolver profile '${text}': ${hint}`);
}

/** @throws CliFailure with every setting that cannot be used */
function readSettings(texts: readonly string[]): SettingValues {
  const problems: string[] = [];
  const settings = texts.flatMap((text) => {
    try {
      return [readSetting(text)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push(`--with ${text}: ${error.message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new CliFailure(EXIT.wrongUsage, problems.join('\n'));
  return new Map(settings);
}
