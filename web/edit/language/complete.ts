/** What can be written at a place of a scenario. */
import { readDocument } from '../../../src/scenario/document/read.ts';
import { HOP_METRIC_NAMES, METRIC_NAMES } from '../../../src/scenario/expect.ts';
import { isOpenMap, knownKeys } from '../../../src/scenario/json-schema.ts';
import { type DefinedNames, definedNames } from '../../../src/scenario/names.ts';
import type { Effective } from '../check.ts';
import type { Path } from '../document/outline.ts';
import { type Cursor, cursorsAt } from './cursor.ts';
import { keyWords, valueWords } from './references.ts';
import { meaningOf, samplesOf, wordsOf } from './schema-notes.ts';

/** One thing to write. */
export interface Option {
  /** What is chosen by. */
  readonly label: string;
  /** What is written in place of the word at the cursor. */
  readonly insert: string;
  /** A few words beside the label. */
  readonly detail: string;
  /** Sentences about it. */
  readonly about: string;
}

export interface Completion {
  /** Offset at which the word at the cursor begins. */
  readonly from: number;
  readonly options: readonly Option[];
}

/**
 * @param effective values of the last scenario that could be played, for the paths of strategies
 * @returns undefined where nothing can be said
 */
export function complete(
  text: string,
  offset: number,
  effective: readonly Effective[] = [],
): Completion | undefined {
  for (const cursor of cursorsAt(text, offset)) {
    const names = namesOf(text) ?? namesOf(cursor.whole);
    const options =
      cursor.kind === 'key' ? keyOptions(cursor, names, effective) : valueOptions(cursor.path, names);
    if (options.length > 0) return { from: cursor.from, options };
  }
  return undefined;
}

function namesOf(text: string): DefinedNames | undefined {
  const { tree } = readDocument(text, '');
  return tree && definedNames(tree);
}

function keyOptions(
  { path, present }: Cursor,
  names: DefinedNames | undefined,
  effective: readonly Effective[],
): Option[] {
  if (path.length === 2 && path[0] === 'strategies') return pathOptions(present, effective);
  const own = knownKeys(path, present).map((key) => keyOption(key, path));
  const others = names
    ? keyWords(path, names).map(({ text, about }) => option(text, `${text}: `, about))
    : [];
  return [...own, ...others].filter(({ label }) => !present.includes(label));
}

function keyOption(key: string, path: Path): Option {
  const here = [...path, key];
  const isMap = knownKeys(here).length > 0 || isOpenMap(here);
  return option(key, `${key}: `, isMap ? 'map' : '', meaningOf(here).join(' '));
}

/** Paths a strategy may set: those of every value in force. */
function pathOptions(present: readonly string[], effective: readonly Effective[]): Option[] {
  return effective
    .filter(({ path }) => !present.includes(path))
    .map(({ path, value, source }) => option(path, `${path}: `, value, source));
}

function valueOptions(path: Path, names: DefinedNames | undefined): Option[] {
  if (path[0] === 'expect' && names) return metricOptions(names);
  const words = names ? valueWords(path, names) : [];
  const fixed = wordsOf(path).map((text) => option(text, text, ''));
  const samples = words.length > 0 || fixed.length > 0 ? [] : samplesOf(path);
  const all = [...words, ...samples].map(({ text, about }) => option(text, text, about));
  return unique([...all, ...fixed]);
}

function metricOptions({ resolver, provider }: DefinedNames): Option[] {
  const loads = [...resolver.map((name) => `resolver ${name}`), ...provider].flatMap((hop) =>
    HOP_METRIC_NAMES.map((what) => `load.${hop}.${what}`),
  );
  return [...METRIC_NAMES, ...loads].map((metric) => option(metric, `${metric} < `, ''));
}

function option(label: string, insert: string, detail: string, about = ''): Option {
  return { label, insert, detail, about };
}

function unique(options: readonly Option[]): Option[] {
  return [...new Map(options.map((one) => [one.label, one])).values()];
}
