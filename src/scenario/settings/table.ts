/**
 * Tables of settings: the one description behind the keys of `with:`, the presets, `explain` and the schema.
 *
 * A setting has a flat key such as `serve-stale.answer-ttl`. In a file the part before the dot is a map; a group
 * with a head may also be written as one word (`serve-stale: off` for `serve-stale.enabled: off`).
 */
import type { Kind } from '../kinds.ts';

export interface Setting<T> {
  readonly kind: Kind<T>;
  /** One sentence, shown by editors, the help and `explain`. */
  readonly about: string;
}

export interface GroupHead {
  /** Member that a plain word sets. */
  readonly member: string;
  /** What writing the map without the head means for it; absent = nothing. */
  readonly ofMap?: unknown;
}

export interface SettingTable<T> {
  readonly settings: { readonly [K in keyof T]: Setting<T[K]> };
  /** Sentence for each group that is a map in the file. */
  readonly groups: Readonly<Record<string, string>>;
  readonly heads: Readonly<Record<string, GroupHead>>;
  /** Pairs of settings of which the first must not exceed the second. */
  readonly ascending: readonly (readonly [keyof T & string, keyof T & string])[];
}

/** Settings as written: flat key to value, only those present. */
export type WrittenSettings = ReadonlyMap<string, unknown>;

/** Group and member of a flat key; the group is empty for settings without one. */
export function splitKey(key: string): { readonly group: string; readonly member: string } {
  const dot = key.indexOf('.');
  return dot < 0 ? { group: '', member: key } : { group: key.slice(0, dot), member: key.slice(dot + 1) };
}

/** Entries of a table with plain types, in its order. */
export function settingEntries<T>(table: SettingTable<T>): [string, Setting<unknown>][] {
  return Object.entries(table.settings) as [string, Setting<unknown>][];
}

/** What was read for a profile (nested as in the file) to flat keys. */
export function flatten<T>(
  nested: Readonly<Record<string, unknown>>,
  table: SettingTable<T>,
): WrittenSettings {
  const flat = new Map<string, unknown>();
  for (const [key, value] of Object.entries(nested)) {
    if (!(key in table.groups)) flat.set(key, value);
    else if (value instanceof Word) flat.set(`${key}.${table.heads[key]!.member}`, value.value);
    else flattenGroup(key, value as Readonly<Record<string, unknown>>, table.heads[key], flat);
  }
  return flat;
}

function flattenGroup(
  group: string,
  members: Readonly<Record<string, unknown>>,
  head: GroupHead | undefined,
  flat: Map<string, unknown>,
): void {
  if (head?.ofMap !== undefined) flat.set(`${group}.${head.member}`, head.ofMap);
  for (const [member, value] of Object.entries(members)) flat.set(`${group}.${member}`, value);
}

/** A group written as one word, told apart from a group written as a map. */
export class Word {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}
