/** What an operator can move at a provider, as the page offers it and as a timeline entry. */
import type { InjectedEntry } from './setup.ts';

export interface Move {
  /** Ids of the parts of the topology it belongs to. */
  readonly about: readonly string[];
  readonly title: string;
  /** Its timeline entry without `at`; what is asked for has a value that can be replaced. */
  readonly entry: InjectedEntry;
  /** The weight of this endpoint or pool, or the value of a feed, is asked for. */
  readonly asks?: { readonly weightOf: string } | 'value';
}

/** The entry of a move with what was asked for. */
export function filledIn({ entry, asks }: Move, value: string): InjectedEntry {
  if (asks === undefined) return entry;
  const number = Number(value);
  if (asks === 'value') return { ...entry, to: Number.isNaN(number) ? value : number };
  return { ...entry, to: { [asks.weightOf]: number } };
}
