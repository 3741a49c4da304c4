/** The states of a cache as people see them: glyph, name, meaning. Order and codes are those of the model. */
import { CACHE_STATES, type CacheState } from '../../src/model/inspect.ts';

export { CACHE_STATES, type CacheState };

export interface StateLook {
  readonly name: string;
  readonly meaning: string;
}

export const STATE_LOOKS: Readonly<Record<CacheState, StateLook>> = {
  empty: { name: 'empty', meaning: 'holds nothing; the next request asks further on' },
  fresh: { name: 'fresh', meaning: 'holds the current address, and it works' },
  stale: { name: 'old', meaning: 'holds an address that works but is no longer the right one' },
  wrong: { name: 'wrong', meaning: 'holds an address where nobody answers, or somebody else' },
  error: { name: 'error', meaning: 'remembers a failure, or that there is no such name' },
};

/** Names by code. */
export const STATE_NAMES: readonly string[] = CACHE_STATES.map((state) => STATE_LOOKS[state].name);

/** Order in which states are listed. */
export const LISTED: readonly CacheState[] = ['fresh', 'stale', 'wrong', 'error', 'empty'];

/** Strokes of the glyphs in a square of size 1: straight lines from point to point. */
export const GLYPHS: Readonly<Record<CacheState, readonly (readonly number[])[]>> = {
  empty: [],
  fresh: [[0.26, 0.54, 0.43, 0.7, 0.74, 0.32]],
  stale: [[0.28, 0.5, 0.72, 0.5]],
  wrong: [
    [0.3, 0.3, 0.7, 0.7],
    [0.7, 0.3, 0.3, 0.7],
  ],
  error: [
    [0.5, 0.24, 0.5, 0.56],
    [0.5, 0.7, 0.5, 0.76],
  ],
};
