/** Profiles that a scenario defines itself, and what stands behind the name of any profile. */
import { findPreset, lineageOf, type Preset, type PresetFamily } from '../../profiles/preset.ts';
import type { WrittenSettings } from './table.ts';

/** One entry of `profiles:`. */
export interface OwnProfile {
  /** Profile that gives what this one leaves out; absent: the base of the family. */
  readonly extends?: string;
  /** Resolvers only: independent caches inside each instance. */
  readonly fragments?: number;
  readonly with?: WrittenSettings;
}

/** Profiles of one kind, by name. */
export type OwnProfiles = Readonly<Record<string, OwnProfile>>;

/** What gives a profile its values: each entry completes those before it, `presets` after all of `own`. */
export interface Heritage {
  readonly own: readonly (OwnProfile & { readonly name: string })[];
  /** At least the base of the family. */
  readonly presets: readonly Preset[];
}

/**
 * @param profiles checked: every name they extend exists, and none extends itself
 * @param name absent: the base of the family
 */
export function heritageOf(family: PresetFamily, profiles: OwnProfiles, name: string | undefined): Heritage {
  const own: (OwnProfile & { readonly name: string })[] = [];
  let at = name;
  while (at !== undefined && Object.hasOwn(profiles, at)) {
    const profile = profiles[at]!;
    own.push({ ...profile, name: at });
    at = profile.extends;
  }
  const preset = at === undefined ? family.base : findPreset(family, at);
  return { own, presets: lineageOf(family, preset ?? family.base) };
}
