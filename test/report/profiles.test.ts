/** Profiles as users see them: every preset of every kind, each value with its source, and what differs. */
import { describe, expect, it, test } from 'vitest';
import {
  ANSI,
  compareProfiles,
  explainProfile,
  listProfiles,
  renderProfile,
  renderProfileComparison,
  renderProfileList,
  searchProfiles,
} from '../../src/index.ts';
import { POPULATIONS } from '../../src/profiles/populations.ts';
import { findPreset, lineageOf, ownerOf } from '../../src/profiles/preset.ts';
import { PROFILE_KINDS } from '../../src/scenario/settings/profile-kinds.ts';
import { presetValue } from '../../src/scenario/settings/settle.ts';
import { settingEntries } from '../../src/scenario/settings/table.ts';

const ALL = PROFILE_KINDS.flatMap((kind) =>
  kind.family.presets.map((preset) => [kind.section, preset.id, kind, preset] as const),
);

/** Without the blanks and line breaks of the layout. */
function packed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

describe('the list', () => {
  const text = renderProfileList(listProfiles());

  it('has every preset of every family once, in its section', () => {
    const listed = listProfiles().map(({ section, id }) => `${section} ${id}`);
    const populations = POPULATIONS.map(({ id }) => `populations ${id}`);
    expect(listed.toSorted()).toEqual(
      [...ALL.map(([section, id]) => `${section} ${id}`), ...populations].toSorted(),
    );
    for (const [, , , { id, title }] of ALL) {
      expect(text).toMatch(new RegExp(`^ +${id.replaceAll('.', '\\.')} `, 'm'));
      expect(packed(text)).toContain(packed(title));
    }
  });

  it('puts a variant below what it is a variant of', () => {
    const ids = listProfiles().map(({ id }) => id);
    expect(ids[ids.indexOf('unbound') + 1]).toBe('unbound-pre-1.23');
    expect(text).toMatch(/^ {2}unbound +Unbound/m);
    expect(text).toMatch(/^ {4}unbound-pre-1\.23 +Unbound/m);
  });

  it('says in a line what matters, and which profiles scenarios use that name none', () => {
    expect(text).toMatch(/^ {6}TTL to 7d, negatives to 3h, failures 1s, serve-stale off$/m);
    expect(
      listProfiles()
        .filter(({ isDefault }) => isDefault)
        .map(({ id }) => id),
    ).toEqual(['isp-typical', 'linux', 'fetcher']);
    expect(text.match(/\(default\)/g)).toHaveLength(3);
  });

  it('keeps to 80 columns', () => {
    expect(widest(text)).toBeLessThanOrEqual(80);
  });
});

describe.each(ALL)('%s %s', (section, id, kind, preset) => {
  const profile = explainProfile(id).find((one) => one.section === section)!;
  const text = renderProfile(profile);

  it('is explained value by value, with meaning, source and confidence, and all its notes', () => {
    const lineage = lineageOf(kind.family, preset);
    for (const [key, setting] of settingEntries(kind.table)) {
      const shown = profile.values.find((value) => value.key === key)!;
      const owner = ownerOf(lineage, key);
      expect(shown).toMatchObject({ about: setting.about, from: owner.id });
      expect(shown).toMatchObject({ source: owner.values[key]!.source });
      expect(packed(text)).toContain(
        packed(`${key}: ${shown.value} ${setting.about} ${shown.confidence}: ${shown.source}`),
      );
    }
    for (const note of preset.notes) expect(packed(text)).toContain(packed(`- ${note}`));
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it('shows values that its settings read', () => {
    for (const [key, { kind: reader }] of settingEntries(kind.table)) {
      const { value } = profile.values.find((one) => one.key === key)!;
      const settled = presetValue(reader, ownerOf(lineageOf(kind.family, preset), key), key);
      const asWritten = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
      expect(reader.show(reader.read(asWritten))).toBe(reader.show(settled));
    }
  });

  it('differs from itself in nothing and from the base in what it names', () => {
    expect(compareProfiles(id, id)!.differences).toEqual([]);
    const base = kind.family.base.id;
    const found = compareProfiles(base, id)!;
    if (found.section !== section) return; // `none` is the name of two
    const named = lineageOf(kind.family, preset)
      .slice(0, -1)
      .flatMap(({ values }) => Object.keys(values));
    const differing = found.differences.map(({ key }) => key).filter((key) => key !== 'fragments');
    expect(differing.filter((key) => !named.includes(key))).toEqual([]);
    const compared = renderProfileComparison(found);
    expect(widest(compared)).toBeLessThanOrEqual(80);
    for (const { values } of found.differences)
      for (const { source } of values) expect(packed(compared)).toContain(packed(source));
  });
});

describe('a variant', () => {
  it('does not repeat a value of what it is a variant of, unless with another source', () => {
    const idle = ALL.flatMap(([section, id, { family }, { variantOf, values }]) => {
      if (variantOf === undefined) return [];
      const lineage = lineageOf(family, findPreset(family, variantOf)!);
      const same = Object.entries(values).filter(([key, own]) => {
        const above = ownerOf(lineage, key).values[key]!;
        return own.value === above.value && own.source === above.source;
      });
      return same.map(([key]) => `${section} ${id}: ${key}`);
    });
    expect(idle).toEqual([]);
  });

  it('is told with what differs in it', () => {
    const [unbound] = explainProfile('unbound');
    expect(unbound!.variants.map(({ id }) => id)).toContain('unbound-pre-1.23');
    expect(renderProfile(unbound!)).toMatch(
      /^Variants\n(.*\n)* {4}serve-stale\.client-timer: 0s instead of 1\.8s$/m,
    );
    const [variant] = explainProfile('unbound-pre-1.23');
    expect(variant).toMatchObject({ variantOf: 'unbound', completedBy: ['unbound', 'rfc-reference'] });
    expect(renderProfile(variant!)).toMatch(/^As in unbound$/m);
  });
});

describe('one profile explained', () => {
  const text = renderProfile(explainProfile('google-public-dns')[0]!);

  test.each([
    /^google-public-dns: Google Public DNS 8\.8\.8\.8\n/,
    /^A resolver profile \(resolvers\.NAME\.profile\)\. What it leaves out is as in\nrfc-reference\.$/m,
    /^What its values do not say\n {2}- Many caches stand behind one address/m,
    /^Values of its own\n {2}fragments: 16\n {4}Independent caches/m,
    /^ {2}ttl-cap: 6h\n {4}Longer TTLs are cut to this\.\n {4}measured: nullrouted\.space/m,
    /^As in rfc-reference\n/m,
    /^measured: observed by somebody from outside$/m,
    /^Keys are as --set takes them; in a file the part before the dot is a map:\nserve-stale: \{ enabled: on \}\.\n$/m,
  ])('says %s', (line) => {
    expect(text).toMatch(line);
  });

  it('does not explain words it does not use', () => {
    expect(renderProfile(explainProfile('fetcher')[0]!)).not.toMatch(/^measured: /m);
  });

  it('is coloured and plain ASCII on request', () => {
    const [bind] = explainProfile('bind');
    expect(renderProfile(bind!, { style: ANSI })).toContain('\u001b[1m');
    expect(renderProfile(bind!, { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe('the search', () => {
  test.each([
    ['unbound', ['unbound', 'unbound-pre-1.23']],
    ['MACOS', ['macos', 'ios', 'firefox']],
  ])('%j finds %j', (word, ids) => {
    expect(searchProfiles(word)).toEqual(expect.arrayContaining(ids));
    expect(searchProfiles(word)).not.toContain('glibc');
  });

  test.each(['nothing of the kind', '', 'u', '   '])('%j finds nothing', (word) => {
    expect(searchProfiles(word)).toEqual([]);
  });
});

describe('two profiles compared', () => {
  const compared = compareProfiles('bind', 'unbound')!;
  const text = renderProfileComparison(compared);

  it('shows only what differs, with both values and sources', () => {
    expect(text).toMatch(/^bind and unbound differ in \d+ of \d+ settings\.$/m);
    expect(packed(text)).toContain(
      packed(`
  ttl-cap: Longer TTLs are cut to this.
    bind     7d
             source: BIND 9.20 bin/named/config.c defaultconf max-cache-ttl
    unbound  1d
             source: Unbound 1.26 util/config_file.c config_create() max_ttl`),
    );
    expect(text).not.toMatch(/^ {2}join-queries:/m);
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it('is the same the other way round, turned', () => {
    const turned = compareProfiles('unbound', 'bind')!;
    expect(turned.differences.map(({ key }) => key)).toEqual(compared.differences.map(({ key }) => key));
    expect(turned.differences[0]!.values).toEqual(compared.differences[0]!.values.toReversed());
  });

  it('leaves out what is written twice alike, and tells fragments', () => {
    const keys = compareProfiles('rfc-reference', 'google-public-dns')!.differences.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['fragments', 'ttl-cap', 'serve-stale.enabled']));
    for (const same of ['ttl-floor', 'failure.first']) expect(keys).not.toContain(same);
    const minute = compareProfiles('aws-vpc-resolver', 'aws-vpc-resolver-60s')!.differences;
    expect(minute.map(({ key, values }) => [key, ...values.map(({ value }) => value)])).toEqual([
      ['ttl-cap', '1d', '60s'],
    ]);
  });

  it('says so when nothing differs', () => {
    expect(renderProfileComparison(compareProfiles('bind', 'bind')!)).toMatch(
      /^bind and bind agree in all \d+ settings\.\n$/,
    );
  });

  it('is for two of one kind only', () => {
    expect(compareProfiles('bind', 'chrome')).toBeUndefined();
    expect(compareProfiles('bind', 'bnid')).toBeUndefined();
  });
});
