/** What a filter is: stages through which a list of answers goes. */

import type { PlaceSpec, WorldSpec } from '../../../../spec.ts';
import type { Metadata } from '../metadata.ts';
import type { Disputes, FilterConfig } from '../rule.ts';

/** Candidates in the order of the answer. */
export type Items = readonly number[];

/** Who decides between several ways: each query, each requester, or each subnet of requesters. */
export type ChosenBy = 'query' | 'requester' | 'subnet';

/** Ways on from a stage, with their weights. */
export interface Fork {
  readonly by: ChosenBy;
  readonly ways: readonly { readonly items: Items; readonly weight: number }[];
}

/** One step of a filter: what it makes of a list, for certain or by chance. */
export type Stage = (items: Items) => Items | Fork;

/** What a filter sees besides the list. */
export interface FilterView {
  readonly spec: WorldSpec;
  readonly metadata: Metadata;
  /** Where the requester is taken to be; absent = nobody knows. */
  readonly place: PlaceSpec | undefined;
  readonly disputes: Disputes;
  /** Every candidate that can be in the list when the filter begins. */
  readonly all: Items;
  /** Candidates of one address each that an answer can become; none for most. */
  pools(item: number): Items;
  /** How many from the head on the next filter looks at; Infinity = all. */
  readonly heads: number;
}

export interface Filter {
  /** What it does, in words. */
  readonly about: string;
  /** What it can do to a list. */
  readonly does: 'sorts' | 'removes' | 'sorts or removes';
  /** Whether it depends on where the requester is. */
  readonly isScoped?: boolean;
  stages(config: FilterConfig, view: FilterView): readonly Stage[];
}

export function isFork(step: Items | Fork): step is Fork {
  return !Array.isArray(step);
}

/** A filter of one stage. */
export function simple(
  does: Filter['does'],
  about: string,
  run: (items: Items, config: FilterConfig, view: FilterView) => Items | Fork,
): Filter {
  return { does, about, stages: (config, view) => [(items) => run(items, config, view)] };
}

/** Sorted by rank, lowest first; equals stay in their order. */
export function sortedBy(items: Items, rankOf: (item: number) => number): Items {
  const ranked = items.map((item, at) => ({ item, at, rank: rankOf(item) }));
  ranked.sort((a, b) => compare(a.rank, b.rank) || a.at - b.at);
  return ranked.map(({ item }) => item);
}

function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
