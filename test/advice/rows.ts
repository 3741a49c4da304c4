/** A rule, parts of a scenario that have the problem, what is found, and parts that have not. */
import type { Parts } from './parts.ts';

export type Row = readonly [rule: string, bad: Parts, found: readonly string[], good: Parts];
