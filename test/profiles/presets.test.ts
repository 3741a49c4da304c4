/** Presets: every value cited, every key known, every value readable; and what they must add up to. */
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import { APPLICATIONS } from '../../src/profiles/applications.ts';
import { findPreset, lineageOf, type Preset, type PresetFamily } from '../../src/profiles/preset.ts';
import { RESOLVERS } from '../../src/profiles/resolvers.ts';
import { STUBS } from '../../src/profiles/stubs.ts';
import { APPLICATION_SETTINGS, STUB_SETTINGS } from '../../src/scenario/settings/client.ts';
import { RESOLVER_PROFILES, STUB_PROFILES } from '../../src/scenario/settings/profile-kinds.ts';
import { RESOLVER_SETTINGS } from '../../src/scenario/settings/resolver.ts';
import { resolverOptions } from '../../src/scenario/settings/resolver-options.ts';
import { presetSettings, presetValue } from '../../src/scenario/settings/settle.ts';
import { type SettingTable, settingEntries } from '../../src/scenario/settings/table.ts';

const FAMILIES: readonly (readonly [string, PresetFamily, SettingTable<unknown>])[] = [
  ['resolver', RESOLVERS, RESOLVER_SETTINGS as SettingTable<unknown>],
  ['application', APPLICATIONS, APPLICATION_SETTINGS as SettingTable<unknown>],
  ['stub', STUBS, STUB_SETTINGS as SettingTable<unknown>],
];
const EACH = FAMILIES.flatMap(([kind, family, table]) =>
  family.presets.map((preset): [string, string, Preset, SettingTable<unknown>] => [
    kind,
    preset.id,
    preset,
    table,
  ]),
);

const inOrder = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

describe('presets', () => {
  test.each(EACH)('%s %s: every value is cited, known and readable', (_kind, _id, preset, table) => {
    const kinds = new Map(settingEntries(table));
    for (const [key, { value, source, confidence }] of Object.entries(preset.values)) {
      const setting = kinds.get(key);
      expect(setting, key).toBeDefined();
      const read = presetValue(setting!.kind, preset, key);
      expect(setting!.kind.read(parse(setting!.kind.show(read))), `${key}: ${value}`).toEqual(read);
      expect(source.length, key).toBeGreaterThan(5);
      expect(['source', 'documentation', 'measured', 'assumption']).toContain(confidence);
    }
    expect(preset.title).not.toBe('');
    if (preset.fragments) {
      expect(preset.fragments.value).toBeGreaterThanOrEqual(1);
      expect(preset.fragments.source.length).toBeGreaterThan(5);
    }
    expect(preset.notes.length).toBeGreaterThan(0);
  });

  test.each(FAMILIES)('the base of %s names every setting', (_, { base }, table) => {
    const known = settingEntries(table).map(([key]) => key);
    expect(Object.keys(base.values).sort(inOrder)).toEqual(known.sort(inOrder));
  });

  test.each(FAMILIES)('%s ids are unique', (_, { presets }) => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  });

  it('rfc-reference is the reference of the resolver', () => {
    const settings = presetSettings(RESOLVER_PROFILES, RESOLVERS.base);
    expect(resolverOptions(settings, {})).toEqual(RFC_REFERENCE);
  });

  it('a variant is what it is a variant of, but for what it names', () => {
    const preset = findPreset(RESOLVERS, 'unbound-pre-1.23')!;
    const [older, unbound] = [preset, findPreset(RESOLVERS, 'unbound')!].map((one) =>
      settingEntries(RESOLVER_SETTINGS).map(
        ([key]) => presetSettings(RESOLVER_PROFILES, one)[key as 'ttl-cap'],
      ),
    );
    const differing = settingEntries(RESOLVER_SETTINGS).filter((_, at) => older![at] !== unbound![at]);
    expect(differing.map(([key]) => key).sort(inOrder)).toEqual(Object.keys(preset.values).sort(inOrder));
  });

  it.each([
    ['nothing', undefined],
    ['itself', 'odd'],
  ])('a variant of %s is refused', (_, variantOf) => {
    const odd: Preset = { id: 'odd', title: 'odd', notes: [], values: {}, variantOf: variantOf ?? 'missing' };
    expect(() => lineageOf({ ...RESOLVERS, presets: [...RESOLVERS.presets, odd] }, odd)).toThrow('odd');
  });

  test.each(FAMILIES)('every %s preset stands in one group', (_, { presets, groups }) => {
    if (groups) expect(groups.flatMap((group) => group.presets)).toEqual(presets);
  });

  it('linux is glibc under another name', () => {
    expect(findPreset(STUBS, 'linux')!.values).toEqual(findPreset(STUBS, 'glibc')!.values);
  });
});

describe('stub resolvers', () => {
  test.each([
    ['glibc', [10, 20, 28]],
    ['windows', [10, 10, 10]],
    ['systemd-resolved', [120, 120, 120]],
  ])('%s gives up after %j seconds', (id, seconds) => {
    const settings = presetSettings(STUB_PROFILES, findPreset(STUBS, id)!);
    const schedules = [settings['one-resolver'], settings['two-resolvers'], settings['more-resolvers']];
    expect(schedules.map(({ giveUp }) => giveUp / 1e6)).toEqual(seconds);
  });
});
