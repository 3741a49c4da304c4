/** `profiles:`: software profiles of the scenario's own, each derived from another. */
import { z } from 'zod';
import { wholeKind } from '../kinds.ts';
import type { OwnProfile, OwnProfiles } from '../settings/own.ts';
import {
  APPLICATION_PROFILES,
  type ProfileKind,
  type ProfileSection,
  RESOLVER_PROFILES,
  STUB_PROFILES,
} from '../settings/profile-kinds.ts';
import { mapOf, reference } from './common.ts';
import { about, field } from './field.ts';
import { settingsSchema } from './settings.ts';

export type ProfilesDoc = Readonly<Partial<Record<ProfileSection, OwnProfiles>>>;

function ownSchema<T>(
  { family, table, noun }: ProfileKind<T>,
  example: { readonly name: string; readonly profile: unknown },
  more: z.ZodRawShape = {},
): z.ZodType<Record<string, OwnProfile>> {
  const ids = family.presets.map(({ id }) => id).join(', ');
  const one = about(
    z.strictObject({
      extends: reference(
        `Profile that gives what is left out: one of this section, or ${ids}. Default: ${family.base.id}.`,
      ).exactOptional(),
      ...more,
      with: settingsSchema(table, 'Settings that differ from it.').exactOptional(),
    }) as z.ZodType<OwnProfile>,
    `${capital(noun)} derived from another.`,
  );
  return mapOf(one, `${capital(noun)}s of your own, by name.`, { [example.name]: example.profile });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const fragments = field(wholeKind(1, 10_000), 'Independent caches inside each instance.').exactOptional();

export const profilesSchema: z.ZodType<ProfilesDoc> = about(
  z.strictObject({
    resolvers: ownSchema(
      RESOLVER_PROFILES,
      { name: 'our-unbound', profile: { extends: 'unbound', with: { 'ttl-cap': '1h' } } },
      { fragments },
    ).exactOptional(),
    apps: ownSchema(APPLICATION_PROFILES, {
      name: 'our-app',
      profile: { extends: 'go', with: { 'keep-alive': '10s' } },
    }).exactOptional(),
    os: ownSchema(STUB_PROFILES, {
      name: 'our-image',
      profile: { extends: 'glibc', with: { 'next-on-failure': 'off' } },
    }).exactOptional(),
  }),
  'Software profiles of your own, usable wherever a profile is named.',
);
