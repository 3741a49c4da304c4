/** What is wrong with a scenario, and what it comes to, for the editor. */
import { describeSource, type Issue, loadScenario } from '../../src/index.ts';
import type { Source } from '../engine/messages.ts';
import { type Vocabulary, vocabularyOf } from './language/vocabulary.ts';

/** A value in force, and where it comes from in words. */
export interface Effective {
  readonly path: string;
  readonly value: string;
  readonly source: string;
}

export interface Checked {
  readonly issues: readonly Issue[];
  /** Of the first strategy; empty while there are errors. */
  readonly effective: readonly Effective[];
  /** Names of the strategies; empty while there are errors. */
  readonly strategies: readonly string[];
  /** Absent while the text is no YAML. */
  readonly words?: Vocabulary;
}

/** @param sets as `--set` takes them */
export function check({ text, file, files }: Source, sets: readonly string[] = []): Checked {
  const { scenario, issues } = loadScenario({ text, file, sets, readFile: (path) => files[path] });
  const strategies = scenario?.strategies ?? [];
  const effective = strategies[0]?.effective ?? [];
  const words = vocabularyOf(text);
  return {
    issues,
    effective: effective.map(({ path, value, from }) => ({ path, value, source: describeSource(from) })),
    strategies: strategies.map(({ name }) => name),
    ...(words === undefined ? {} : { words }),
  };
}
