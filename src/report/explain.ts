/** Every effective value of a scenario and where it comes from. */
import { toAscii } from './ascii.ts';
import { type Column, clean, finish, table } from './layout.ts';
import { PLAIN } from './style.ts';
import type { TextOptions } from './text.ts';

/** One effective value. */
export interface ExplainedValue {
  /** Path in the scenario, for example `clients.browsers.count`. */
  readonly path: string;
  /** As it would be written in the scenario. */
  readonly value: string;
  /** `scenario line 12`, `--set`, `default`, or the source of a default. */
  readonly source: string;
}

const COLUMNS: readonly Column[] = [
  { heading: 'value', align: 'left', atMost: 44 },
  { heading: 'is', align: 'left', atMost: 24 },
  { heading: 'because', align: 'left', atMost: 44 },
];

/** A table of all values, ending in a newline. */
export function renderExplanation(values: readonly ExplainedValue[], options: TextOptions = {}): string {
  const rows = values.map(({ path, value, source }) => [clean(path), clean(value), clean(source)]);
  const text = finish(table(COLUMNS, rows, options.style ?? PLAIN));
  return options.unicode === false ? toAscii(text) : text;
}
