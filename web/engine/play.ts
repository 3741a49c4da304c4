import type { Source } from './messages.ts';

/** A scenario as it is to be played. */
export interface Play {
  readonly source: Source;
  /** `path=value`, in order. */
  readonly sets: readonly string[];
  /** Instead of what the scenario says. */
  readonly seed?: number;
}
