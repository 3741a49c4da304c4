/**
 * Presets: what software does as it ships, value by value, each with its source.
 *
 * Values are written in the notation of scenario files (`60s`, `25%`, `off`) under the keys a scenario's `with:`
 * uses, so a preset is read by the same parsers as a file and `explain` shows both alike. A key a preset does
 * not name has the value of the preset it is a variant of, if any, and else of the base preset of its kind.
 * Behaviour no key can express is told in `notes`.
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
  /**
   * Id of the preset of the same family whose values it shares but for those it names: another version of the
   * same software, another way to run it.
   */
  readonly variantOf?: string;
  /** Independent caches inside each instance of a resolver, at least 1; absent: as the scenario's default. */
  readonly fragments?: Cited<number>;
  readonly values: Readonly<Record<string, Cited<SettingText>>>;
}

/** Presets that people look for together. */
export interface PresetGroup {
  /** One or two words, `browsers`. */
  readonly title: string;
  readonly presets: readonly Preset[];
}

/** Presets of one kind, and the one that completes the others. */
export interface PresetFamily {
  readonly base: Preset;
  readonly presets: readonly Preset[];
  /** The same presets by what they are; absent: one group without a title. */
  readonly groups?: readonly PresetGroup[];
}

/** A family whose presets are told in groups. */
export function familyOf(base: Preset, groups: readonly PresetGroup[]): PresetFamily {
  return { base, groups, presets: groups.flatMap(({ presets }) => presets) };
}

/** The preset with this id; `undefined` when the family has none. */
export function findPreset(family: PresetFamily, id: string): Preset | undefined {
  return family.presets.find((preset) => preset.id === id);
}

/**
 * The preset, then what it is a variant of, and last the base of the family: each completes those before it.
 * @throws Error when `variantOf` names no preset of the family, or leads back to itself
 */
export function lineageOf(family: PresetFamily, preset: Preset): readonly Preset[] {
  const lineage = [preset];
  for (let at = preset; at.variantOf !== undefined; ) {
    const next = findPreset(family, at.variantOf);
    if (!next || lineage.includes(next)) throw new Error(`preset ${at.id}: variant of ${at.variantOf}`);
    lineage.push(next);
    at = next;
  }
  return lineage.includes(family.base) ? lineage : [...lineage, family.base];
}

/**
 * The preset of a lineage that says what a key is.
 * @throws Error when none does
 */
export function ownerOf(lineage: readonly Preset[], key: string): Preset {
  const owner = lineage.find(({ values }) => key in values);
  if (!owner) throw new Error(`preset ${lineage[0]?.id}: nothing gives ${key}`);
  return owner;
}
