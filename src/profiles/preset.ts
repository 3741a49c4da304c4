/**
 * Presets: what software does as it ships, value by value, each with its source.
 *
 * Values are written in the notation of scenario files (`60s`, `25%`, `off`) under the keys a scenario's `with:`
 * uses, so a preset is read by the same parsers as a file and `explain` shows both alike. A key a preset does
 * not name has the value of the base preset of its kind. Behaviour no key can express is told in `notes`.
 */
import type { Cited } from './cited.ts';

export type SettingText = string | number | boolean;

export interface Preset {
  /** As scenarios name it, for example `unbound`. */
  readonly id: string;
  /** Name and version of the software. */
  readonly title: string;
  /** What the software does that the settings cannot say, and what follows for results. */
  readonly notes: readonly string[];
  readonly values: Readonly<Record<string, Cited<SettingText>>>;
}

/** Presets of one kind, and the one that completes the others. */
export interface PresetFamily {
  readonly base: Preset;
  readonly presets: readonly Preset[];
}

/** The preset with this id; `undefined` when the family has none. */
export function findPreset(family: PresetFamily, id: string): Preset | undefined {
  return family.presets.find((preset) => preset.id === id);
}
