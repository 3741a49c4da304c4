/** Loading scenarios for commands. */
import { formatIssue } from '../base/issue.ts';
import { didYouMean } from '../base/suggest.ts';
import type { ReadFile } from '../scenario/files.ts';
import { type LoadResult, loadScenario, type Scenario } from '../scenario/load.ts';
import { CliFailure, EXIT, invalidScenario } from './exit.ts';
import { readText, STANDARD_INPUT } from './files.ts';
import { readBeside, type ScenarioSource } from './source.ts';
import { say } from './streams.ts';

/** What every command on a scenario takes from the command line. */
export interface ScenarioOptions {
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly reps?: number;
  readonly color?: boolean;
}

export interface Loaded {
  readonly scenario: Scenario;
  /** Loads the same scenario again. */
  readonly source: ScenarioSource;
}

/**
 * Reads and checks a scenario. Warnings go to stderr unless `quiet`.
 * @throws CliFailure when it cannot be read or is invalid, with every problem
 */
export function loadFromPath(path: string, options: ScenarioOptions, quiet: boolean = false): Loaded {
  const asked: Omit<ScenarioSource, 'files'> = {
    text: readText(path),
    file: path === STANDARD_INPUT ? 'standard input' : path,
    sets: options.set ?? [],
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.reps !== undefined && { replications: options.reps }),
  };
  const { scenario, issues } = load(asked, readBeside(path));
  if (scenario === undefined) throw invalidScenario(issues);
  if (!quiet) for (const issue of issues) say(formatIssue(issue));
  return { scenario, source: { ...asked, files: scenario.files } };
}

/** Loads a scenario that was loaded before, from its plain data alone. */
export function loadAgain(source: ScenarioSource): Scenario {
  const { scenario, issues } = load(source, (path) => source.files[path]);
  if (scenario === undefined) throw invalidScenario(issues);
  return scenario;
}

function load(source: Omit<ScenarioSource, 'files'>, readFile: ReadFile): LoadResult {
  const { text, file, sets, seed, replications } = source;
  return loadScenario({
    text,
    file,
    readFile,
    sets,
    ...(seed !== undefined && { seed }),
    ...(replications !== undefined && { replications }),
  });
}

/**
 * Indexes of the strategies asked for, in the order of the scenario; all when none is named.
 * @throws CliFailure with every name the scenario does not have
 */
export function chooseStrategies(scenario: Scenario, names: readonly string[]): number[] {
  const known = scenario.strategies.map((strategy) => strategy.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const messages = unknown.map((name) => `There is no strategy '${name}': ${didYouMean(name, known)}`);
    throw new CliFailure(EXIT.wrongUsage, messages.join('\n'));
  }
  return known.flatMap((name, index) => (names.length === 0 || names.includes(name) ? [index] : []));
}
