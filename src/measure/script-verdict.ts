/** How a test script of a resolver fared: levels, differences, and what of the script is not modelled. */

/** How closely behaviour is looked at, from the weakest claim to the strongest. */
export type Level = 'rcode' | 'answer' | 'ttl' | 'authority' | 'upstream';

/** Every level, the weakest first: rcode, answer set, its TTLs, the other sections, queries to servers. */
export const LEVELS: readonly Level[] = ['rcode', 'answer', 'ttl', 'authority', 'upstream'];

/** How a script fared on one level; `unchecked`: it does not look at it. */
export type LevelVerdict = 'agrees' | 'differs' | 'unchecked';

/** One difference between what a script expects and what happened. */
export interface Difference {
  readonly level: Level;
  readonly step: number;
  /** Line of the step in the script, from 1. */
  readonly line: number;
  /** One record (presentation format), query or rcode a line. */
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

/** Something a script uses and the simulator does not model. */
export interface Gap {
  readonly feature: string;
  /** Where it is used first, from 1. */
  readonly line: number;
  /** Whether answers depend on it, so that a difference may come from it alone. */
  readonly decisive: boolean;
}

/** One line of what happened. */
export interface LogLine {
  /** Step under way. */
  readonly step: number;
  readonly text: string;
}

/** What came of one script. */
export interface ReplayVerdict {
  readonly file: string;
  readonly title: string;
  readonly levels: Readonly<Record<Level, LevelVerdict>>;
  /** In the order they were found. */
  readonly differences: readonly Difference[];
  readonly gaps: readonly Gap[];
  readonly log: readonly LogLine[];
}

/** Whether a script agrees on a level and all weaker ones; what it does not look at cannot differ. */
export function agreesUpTo({ levels }: Pick<ReplayVerdict, 'levels'>, level: Level): boolean {
  return LEVELS.slice(0, LEVELS.indexOf(level) + 1).every((one) => levels[one] !== 'differs');
}
