/** What Play keeps in the address beside knobs and seed: preset, injected faults, size, moment. */

import type { InjectedEntry } from '../engine/session-messages.ts';
import type { ViewState } from '../share/contract.ts';

export interface PlayState {
  /** Name of a strategy of the file taken as preset. */
  readonly strategy?: string;
  readonly injected: readonly InjectedEntry[];
  /** At most so many simulated clients. */
  readonly clients: number;
  /** Moment shown, seconds; absent: shortly before the first fault, and playing. */
  readonly at?: number;
}

/** Enough for smooth quantiles, few enough to answer at once. */
export const USUAL_CLIENTS = 5000;
const MOST_CLIENTS = 10_000_000;

export function readPlayState({ strategy, inject, clients, at }: ViewState): PlayState {
  return {
    ...(strategy === undefined ? {} : { strategy: String(strategy) }),
    injected: readInjected(inject),
    clients: typeof clients === 'number' && clients >= 1 ? Math.min(clients, MOST_CLIENTS) : USUAL_CLIENTS,
    ...(typeof at === 'number' && at >= 0 ? { at } : {}),
  };
}

/** Whatever an address holds: a list of entries, or nothing. */
function readInjected(text: string | number | undefined): readonly InjectedEntry[] {
  if (typeof text !== 'string') return [];
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is InjectedEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => isPlain(one) || isNumbers(one))
  );
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/** Weights by name. */
function isNumbers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const values = Object.values(value);
  return values.length > 0 && values.every((one) => typeof one === 'number');
}

export function writePlayState({ strategy, injected, clients, at }: PlayState): ViewState {
  return {
    ...(strategy === undefined ? {} : { strategy }),
    ...(injected.length === 0 ? {} : { inject: JSON.stringify(injected) }),
    ...(clients === USUAL_CLIENTS ? {} : { clients }),
    ...(at === undefined ? {} : { at: Math.round(at * 10) / 10 }),
  };
}
