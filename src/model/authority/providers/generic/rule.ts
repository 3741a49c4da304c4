/** The rule of a generic policy as data: how candidates are arranged, how many are answered, what health does. */
import type { RuleSpec } from '../../../spec.ts';
import type { Territory } from '../../steering/places.ts';

export interface GenericRule extends RuleSpec {
  readonly kind: 'generic';
  readonly arrange: Arrangement;
  /** By candidate, at least 0: chance within its tier. Absent: all alike. */
  readonly weights?: readonly number[];
  /** Candidates in one answer, at least 1; Infinity = all of the tier. */
  readonly take: number;
  /** Whether the order inside an answer changes from query to query. */
  readonly shuffle: boolean;
  /** What to answer when no candidate in reach is healthy. */
  readonly unhealthy: UnhealthyRule;
}

/** Candidates come in tiers: the first tier with a healthy one answers. */
export type Arrangement =
  /** All in one tier; those of weight 0 in a second, for when the others are unhealthy. */
  | { readonly kind: 'together' }
  /** Each alone, in the order of the list. */
  | { readonly kind: 'listed' }
  /** By round-trip time between the client's region and theirs. */
  | { readonly kind: 'latency' }
  /** By distance under a bias for each candidate, −99 to 99. */
  | { readonly kind: 'distance'; readonly biases: readonly number[] }
  /** By the smallest territory that holds the client; candidates of larger ones after it. */
  | {
      readonly kind: 'territory';
      readonly territories: readonly (readonly Territory[])[];
      readonly climb: boolean;
    }
  /** By the longest block that holds the client; candidates without blocks last. */
  | { readonly kind: 'network'; readonly blocks: readonly (readonly string[])[]; readonly climb: boolean }
  /** By region of the model; candidates without regions last. */
  | { readonly kind: 'region'; readonly regions: readonly (readonly number[])[]; readonly climb: boolean };

export type UnhealthyRule =
  /** Decide as though all were healthy. */
  | { readonly kind: 'ignore-health' }
  /** Answer every candidate at once. */
  | { readonly kind: 'all' }
  /** NODATA. */
  | { readonly kind: 'none' }
  /** This candidate, healthy or not. */
  | { readonly kind: 'fallback'; readonly candidate: number };
