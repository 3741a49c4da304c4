/** The profiles that ship, as plain data: what each says, where it comes from, and how two of them differ. */
import { formatDuration } from '../../base/time.ts';
import type { StubSchedule } from '../../profiles/client-behaviour.ts';
import { findPreset, lineageOf, ownerOf, type Preset } from '../../profiles/preset.ts';
import { DEFAULTS } from '../../scenario/defaults.ts';
import {
  PROFILE_KINDS,
  type ProfileKind,
  type ProfileSection,
} from '../../scenario/settings/profile-kinds.ts';
import { presetValue } from '../../scenario/settings/settle.ts';
import { settingEntries } from '../../scenario/settings/table.ts';
import type {
  ProfileComparison,
  ProfileDifference,
  ProfileExplanation,
  ProfileSummary,
  ProfileValue,
} from './explanation.ts';
import { explainPopulation, listPopulations } from './populations.ts';
import { summaryOf } from './summary.ts';

const DEFAULT_IDS: Readonly<Record<ProfileSection, string>> = {
  resolvers: DEFAULTS.resolver.profile.value,
  os: DEFAULTS.clients.os.value,
  apps: DEFAULTS.clients.app.value,
};

/** Every profile that ships, by kind, each variant after what it is a variant of; populations last. */
export function listProfiles(): ProfileSummary[] {
  const profiles = PROFILE_KINDS.flatMap((kind) => {
    const roots = kind.family.presets.filter(({ variantOf }) => variantOf === undefined);
    return roots.flatMap((root) => withVariants(kind, root)).map((preset) => summarise(kind, preset));
  });
  return [...profiles, ...listPopulations()];
}

function withVariants(kind: ProfileKind<unknown>, preset: Preset): Preset[] {
  const variants = kind.family.presets.filter(({ variantOf }) => variantOf === preset.id);
  return [preset, ...variants.flatMap((variant) => withVariants(kind, variant))];
}

function summarise(kind: ProfileKind<unknown>, preset: Preset): ProfileSummary {
  const { id, title, variantOf } = preset;
  const group = kind.family.groups?.find(({ presets }) => presets.includes(preset));
  return {
    section: kind.section,
    ...(group ? { group: group.title } : {}),
    id,
    title,
    summary: summaryOf(kind.section, (key) => look(kind, preset, key)),
    ...(variantOf === undefined ? {} : { variantOf }),
    isDefault: DEFAULT_IDS[kind.section] === id,
  };
}

/** A value as it is written; of a schedule, when it gives up. */
function look(kind: ProfileKind<unknown>, preset: Preset, key: string): string | undefined {
  const lineage = lineageOf(kind.family, preset);
  if (key === 'fragments') return fragmentsOf(lineage).value;
  const setting = new Map(settingEntries(kind.table)).get(key);
  if (!setting) return undefined;
  const owner = ownerOf(lineage, key);
  const settled = presetValue(setting.kind, owner, key);
  if (isSchedule(settled)) return formatDuration(settled.giveUp);
  const { value } = owner.values[key]!;
  return typeof value === 'boolean' ? setting.kind.show(settled) : String(value);
}

function isSchedule(settled: unknown): settled is StubSchedule {
  return typeof settled === 'object' && settled !== null && 'giveUp' in settled;
}

/** Everything about the profiles of a name: one for each kind that has it; none when no kind has. */
export function explainProfile(name: string): ProfileExplanation[] {
  const profiles = PROFILE_KINDS.flatMap((kind) => {
    const preset = findPreset(kind.family, name);
    if (!preset) return [];
    const variants = kind.family.presets.filter(({ variantOf }) => variantOf === name);
    return [
      {
        ...summarise(kind, preset),
        noun: kind.noun,
        place: kind.places[0]!,
        notes: preset.notes,
        completedBy: lineageOf(kind.family, preset)
          .slice(1)
          .map(({ id }) => id),
        values: valuesOf(kind, preset),
        variants: variants.map((variant) => {
          const { id, title } = variant;
          return { id, title, differences: differences(kind, preset, variant) };
        }),
      },
    ];
  });
  return [...profiles, ...explainPopulation(name)];
}

/** Ids of the profiles whose id or title holds a word; case does not count. None for less than two letters. */
export function searchProfiles(word: string): string[] {
  const wanted = word.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const found = listProfiles().filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(wanted));
  return [...new Set(found.map(({ id }) => id))];
}

/** How two profiles of one kind differ; `undefined` when no kind has both. */
export function compareProfiles(one: string, other: string): ProfileComparison | undefined {
  for (const kind of PROFILE_KINDS) {
    const [a, b] = [findPreset(kind.family, one), findPreset(kind.family, other)];
    if (!a || !b) continue;
    const compared = valuesOf(kind, a).length;
    return { section: kind.section, ids: [one, other], compared, differences: differences(kind, a, b) };
  }
  return undefined;
}

function differences(kind: ProfileKind<unknown>, one: Preset, other: Preset): ProfileDifference[] {
  const others = valuesOf(kind, other);
  const [mine, theirs] = [canonical(kind, one), canonical(kind, other)];
  return valuesOf(kind, one).flatMap((a, index): ProfileDifference[] => {
    const b = others[index]!;
    const same = (mine.get(a.key) ?? a.value) === (theirs.get(b.key) ?? b.value);
    return same ? [] : [{ key: a.key, about: a.about, values: [a, b] }];
  });
}

/** Settings as `explain` shows them, in which `1d` and `86400s` are the same. */
function canonical({ family, table }: ProfileKind<unknown>, preset: Preset): ReadonlyMap<string, string> {
  const lineage = lineageOf(family, preset);
  const shown = settingEntries(table).map(([key, { kind }]) => {
    return [key, kind.show(presetValue(kind, ownerOf(lineage, key), key))] as const;
  });
  return new Map(shown);
}

/** Every value of a preset, completed; that of `fragments` first where the kind has it. */
function valuesOf(kind: ProfileKind<unknown>, preset: Preset): ProfileValue[] {
  const lineage = lineageOf(kind.family, preset);
  const settings = settingEntries(kind.table).map(([key, setting]): ProfileValue => {
    const owner = ownerOf(lineage, key);
    const { value, source, confidence } = owner.values[key]!;
    const shown =
      typeof value === 'boolean' ? setting.kind.show(presetValue(setting.kind, owner, key)) : String(value);
    return { key, value: shown, about: setting.about, source, confidence, from: owner.id };
  });
  return kind.section === 'resolvers' ? [fragmentsOf(lineage), ...settings] : settings;
}

function fragmentsOf(lineage: readonly Preset[]): ProfileValue {
  const owner = lineage.find(({ fragments }) => fragments !== undefined);
  const { value, source, confidence } = owner?.fragments ?? DEFAULTS.resolver.fragments;
  return {
    key: 'fragments',
    value: String(value),
    about: 'Independent caches inside each instance; written beside `profile`.',
    source,
    confidence,
    ...(owner ? { from: owner.id } : {}),
  };
}
