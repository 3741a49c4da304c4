/** The words a form offers for the common fields of a scenario. */
import { readDocument } from '../../../src/scenario/document/read.ts';
import { METRIC_NAMES } from '../../../src/scenario/expect.ts';
import { definedNames } from '../../../src/scenario/names.ts';
import type { Path } from '../document/outline.ts';
import { valueWords } from './references.ts';

export interface Vocabulary {
  readonly applications: readonly string[];
  readonly systems: readonly string[];
  readonly resolvers: readonly string[];
  readonly metrics: readonly string[];
  /** What a fault may aim at, by the key that names the fault. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

const FAULTS = ['fail', 'slow', 'lossy', 'wrong', 'flood', 'errors', 'false-alarm'];

/** @returns undefined when the text is no YAML */
export function vocabularyOf(text: string): Vocabulary | undefined {
  const { tree } = readDocument(text, '');
  if (!tree) return undefined;
  const names = definedNames(tree);
  const at = (...path: Path): string[] => valueWords(path, names).map((word) => word.text);
  return {
    applications: at('clients', '*', 'app'),
    systems: at('clients', '*', 'os'),
    resolvers: at('resolvers', '*', 'profile'),
    metrics: METRIC_NAMES,
    targets: Object.fromEntries(FAULTS.map((fault) => [fault, at('timeline', 0, fault)])),
  };
}
