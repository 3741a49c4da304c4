/** Profiles in the schema: a name, a name with changes, or every setting of one's own. */
import { z } from 'zod';
import type { PresetFamily } from '../../profiles/preset.ts';
import {
  flatten,
  type SettingTable,
  settingEntries,
  splitKey,
  Word,
  type WrittenSettings,
} from '../settings/table.ts';
import { reference } from './common.ts';
import { about, field } from './field.ts';

/** A profile as written. */
export interface ProfileDoc {
  /** Absent: the base of its family. */
  readonly profile?: string;
  readonly settings: WrittenSettings;
  /** Keys between the profile and its settings in the document. */
  readonly under: readonly string[];
}

const NOTHING: WrittenSettings = new Map();

/** The settings of a table as a map, flattened when read. */
export function settingsSchema<T>(table: SettingTable<T>, description: string): z.ZodType<WrittenSettings> {
  const shape: Record<string, z.ZodType> = {};
  const members: Record<string, Record<string, z.ZodType>> = {};
  for (const [key, { kind, about: sentence }] of settingEntries(table)) {
    const { group, member } = splitKey(key);
    const one = field(kind, sentence).exactOptional();
    if (group === '') shape[member] = one;
    else members[group] = { ...members[group], [member]: one };
  }
  for (const group of Object.keys(members))
    shape[group] = groupSchema(table, group, members[group]!).exactOptional();
  const nested = about(z.strictObject(shape), description);
  return nested.transform((value) => flatten(value as Record<string, unknown>, table));
}

function groupSchema<T>(table: SettingTable<T>, group: string, shape: Record<string, z.ZodType>): z.ZodType {
  const map = z.strictObject(shape);
  const head = table.heads[group];
  if (!head) return about(map, table.groups[group]!);
  const [, setting] = settingEntries(table).find(([key]) => key === `${group}.${head.member}`)!;
  const word = field(setting.kind, setting.about).transform((value) => new Word(value));
  return about(z.union([word, map]), table.groups[group]!);
}

/** `app: chrome`, `app: { profile: chrome, with: { ... } }`, or `app: { cache: ... }`. */
export function profileSchema<T>(
  table: SettingTable<T>,
  family: PresetFamily,
  description: string,
): z.ZodType<ProfileDoc> {
  const ids = family.presets.map(({ id }) => id);
  const name = reference(`One of ${ids.join(', ')}, or a profile of your own.`, ids[0]);
  const changes = settingsSchema(table, 'Settings that differ from the profile.');
  return about(
    // Not `union`: that reports unknown keys of the last branch in place of a wrong value in another.
    z.xor([
      name.transform((profile): ProfileDoc => ({ profile, settings: NOTHING, under: [] })),
      z
        .strictObject({ profile: name, with: changes.exactOptional() })
        .transform(
          (doc): ProfileDoc => ({ profile: doc.profile, settings: doc.with ?? NOTHING, under: ['with'] }),
        ),
      settingsSchema(
        table,
        `A profile of one's own; what it leaves out is as in ${family.base.id}.`,
      ).transform((settings): ProfileDoc => ({ settings, under: [] })),
    ]) as z.ZodType<ProfileDoc>,
    description,
    ids[2] ?? ids[0],
  );
}
