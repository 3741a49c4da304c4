/** The kinds of profiles: where each is named, what its presets are, and which settings it has. */
import { APPLICATIONS } from '../../profiles/applications.ts';
import type { PresetFamily } from '../../profiles/preset.ts';
import { RESOLVERS } from '../../profiles/resolvers.ts';
import { STUBS } from '../../profiles/stubs.ts';
import {
  APPLICATION_SETTINGS,
  type ApplicationSettings,
  STUB_SETTINGS,
  type StubSettings,
} from './client.ts';
import { RESOLVER_SETTINGS, type ResolverSettings } from './resolver.ts';
import type { SettingTable } from './table.ts';

/** Keys of `profiles:`, where a scenario defines profiles of its own. */
export type ProfileSection = 'resolvers' | 'os' | 'apps';

export interface ProfileKind<T> {
  readonly section: ProfileSection;
  /** As messages name it, `resolver profile`. */
  readonly noun: string;
  readonly family: PresetFamily;
  readonly table: SettingTable<T>;
  /** Where a scenario names such a profile; `*` is any key. */
  readonly places: readonly string[];
}

export const RESOLVER_PROFILES: ProfileKind<ResolverSettings> = {
  section: 'resolvers',
  noun: 'resolver profile',
  family: RESOLVERS,
  table: RESOLVER_SETTINGS,
  places: ['resolvers.*.profile'],
};

export const STUB_PROFILES: ProfileKind<StubSettings> = {
  section: 'os',
  noun: 'operating system profile',
  family: STUBS,
  table: STUB_SETTINGS,
  places: ['clients.*.os', 'clients.*.os.profile'],
};

export const APPLICATION_PROFILES: ProfileKind<ApplicationSettings> = {
  section: 'apps',
  noun: 'application profile',
  family: APPLICATIONS,
  table: APPLICATION_SETTINGS,
  places: ['clients.*.app', 'clients.*.app.profile'],
};

/** Every kind, in the order people are shown them. */
export const PROFILE_KINDS: readonly ProfileKind<unknown>[] = [
  RESOLVER_PROFILES,
  STUB_PROFILES,
  APPLICATION_PROFILES,
] as readonly ProfileKind<unknown>[];
