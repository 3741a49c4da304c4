/**
 * Presets against facts collected beside the repository, in their own words; not part of it. Every preset stands
 * for an entry there or says why not, and every value equals the fact or is a deliberate difference.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { lineageOf, ownerOf, type Preset } from '../../src/profiles/preset.ts';
import { PROFILE_KINDS, type ProfileKind } from '../../src/scenario/settings/profile-kinds.ts';
import { presetValue } from '../../src/scenario/settings/settle.ts';
import { settingEntries } from '../../src/scenario/settings/table.ts';
import { DIFFERENCES, FACT_OF, WITHOUT_FACT } from './facts.ts';

interface Fact {
  readonly id: string;
  readonly [field: string]: unknown;
  readonly serveStale: Readonly<Record<string, unknown>>;
}

const FACTS = new URL('../../../shared/facts/cache-behaviour.json', import.meta.url);
const facts = existsSync(FACTS)
  ? (JSON.parse(readFileSync(FACTS, 'utf8')) as { software: Fact[] }).software
  : [];

const MILLISECONDS = 1000;
const FOREVER = 2 ** 31 - 1;

/** Field of a fact, the setting that says the same, and microseconds of one unit where that is a duration. */
const RESOLVER_FIELDS: readonly (readonly [field: string, key: string, unit?: number])[] = [
  ['minTtl', 'ttl-floor'],
  ['maxTtl', 'ttl-cap'],
  ['negativeTtlMin', 'negative-floor'],
  ['negativeTtlMax', 'negative-cap'],
  ['servfailTtl', 'failure.first'],
  ['serveStale.enabled', 'serve-stale.enabled'],
  ['serveStale.answerTtl', 'serve-stale.answer-ttl'],
  ['serveStale.clientTimeoutMs', 'serve-stale.client-timer', MILLISECONDS],
  ['serveStale.maxStale', 'serve-stale.max-stale'],
  ['failureRecheckS', 'serve-stale.recheck'],
  ['upstreamTimeoutMs', 'timeout.first', MILLISECONDS],
  ['upstreamTimeoutMaxMs', 'timeout.maximum', MILLISECONDS],
  ['backoffFactor', 'timeout.backoff'],
  ['retries', 'sends-per-server'],
  ['totalTimeoutMs', 'limits.time', MILLISECONDS],
];

function valueAt(fact: Fact, field: string): unknown {
  return field.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], fact);
}

function settled(kind: ProfileKind<unknown>, preset: Preset): (key: string) => unknown {
  const readers = new Map(settingEntries(kind.table));
  const lineage = lineageOf(kind.family, preset);
  return (key) => presetValue(readers.get(key)!.kind, ownerOf(lineage, key), key);
}

/** `field: ours, theirs` for each fact that is known and not met. */
function resolverDifferences(fact: Fact, setting: (key: string) => unknown): string[] {
  return RESOLVER_FIELDS.flatMap(([field, key, unit = 1]) => {
    const wanted = valueAt(fact, field);
    if (wanted === null) return [];
    const ours = setting(key);
    const same = typeof wanted === 'number' ? wanted * unit === ours : wanted === ours;
    return same ? [] : [field];
  });
}

type Check = readonly [field: string, wanted: unknown, ours: unknown];

/** A cache is refreshed by a timer, or told apart by mode: none, forever, fixed, or as the record says. */
function clientDifferences(fact: Fact, setting: (key: string) => unknown): string[] {
  const checks = [...lifeChecks(fact, setting), ...failureChecks(fact, setting)];
  return checks.filter(([, wanted, ours]) => wanted !== null && wanted !== ours).map(([field]) => field);
}

function lifeChecks({ fixedTtl, minTtl, maxTtl }: Fact, setting: (key: string) => unknown): Check[] {
  const mode = setting('cache.mode');
  if (maxTtl === 0) return [['maxTtl', 'none', mode]];
  if (fixedTtl === null) {
    const none = mode === 'none' && 'no cache';
    return [
      ['minTtl', minTtl, none || setting('cache.floor')],
      ['maxTtl', maxTtl, none || setting('cache.cap')],
    ];
  }
  const poll = settingOf(setting, 'poll.every');
  if (typeof poll === 'number') return [['fixedTtl', (fixedTtl as number) * SECOND, poll]];
  if (fixedTtl === FOREVER) return [['fixedTtl', 'forever', mode]];
  return [['fixedTtl', fixedTtl, mode === 'fixed' && setting('cache.fixed')]];
}

function failureChecks(fact: Fact, setting: (key: string) => unknown): Check[] {
  if (setting('cache.mode') === 'none') return [];
  const polled = settingOf(setting, 'poll.every') !== undefined;
  const { enabled, maxStale } = fact.serveStale;
  return [
    ...(polled ? [] : [['negativeTtlMax', fact['negativeTtlMax'], setting('cache.negative-cap')] as const]),
    ['servfailTtl', fact['servfailTtl'], setting('cache.failure')],
    ...(enabled === true
      ? [['serveStale.maxStale', maxStale, setting(polled ? 'cache.hold' : 'cache.grace')] as const]
      : []),
  ];
}

/** Operating systems have no such setting. */
function settingOf(setting: (key: string) => unknown, key: string): unknown {
  try {
    return setting(key);
  } catch {
    return undefined;
  }
}

const EACH = PROFILE_KINDS.flatMap((kind) =>
  kind.family.presets.map((preset) => [kind.section, preset.id, kind, preset] as const),
);

describe.skipIf(facts.length === 0)('presets against the facts (skipped where there are none)', () => {
  test.each(EACH)('%s %s', (section, id, kind, preset) => {
    const name = `${section} ${id}`;
    if (name in WITHOUT_FACT) return;
    const fact = facts.find((one) => one.id === (FACT_OF[name] ?? id));
    if (!fact && preset.variantOf !== undefined) return; // what it shares is held to the fact of the other
    expect(fact, `${name}: neither a fact nor a reason for none`).toBeDefined();
    const setting = settled(kind, preset);
    const found =
      section === 'resolvers' ? resolverDifferences(fact!, setting) : clientDifferences(fact!, setting);
    expect(found.toSorted()).toEqual(Object.keys(DIFFERENCES[name] ?? {}).toSorted());
  });

  it('covers every fact about recursive resolvers', () => {
    const covered = new Set(RESOLVER_IDS.map((id) => FACT_OF[`resolvers ${id}`] ?? id));
    const recursive = facts.filter(({ kind }) => kind === 'recursive' || kind === 'reference');
    expect(recursive.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('lists no preset that is not there, and gives a reason for everything', () => {
    const known = EACH.map(([section, id]) => `${section} ${id}`);
    const listed = [FACT_OF, WITHOUT_FACT, DIFFERENCES].flatMap((table) => Object.keys(table));
    expect(listed.filter((name) => !known.includes(name))).toEqual([]);
    const reasons = [...Object.values(WITHOUT_FACT), ...Object.values(DIFFERENCES).flatMap(Object.values)];
    for (const reason of reasons) expect(String(reason).length).toBeGreaterThan(10);
  });

  it('would notice a value that is off by one', () => {
    const unbound = facts.find(({ id }) => id === 'unbound')!;
    const [, , kind, preset] = EACH.find(([, id]) => id === 'unbound')!;
    const off = { ...unbound, maxTtl: (unbound['maxTtl'] as number) + 1 };
    expect(resolverDifferences(off, settled(kind, preset))).toContain('maxTtl');
    expect(clientDifferences({ ...unbound, minTtl: 1, maxTtl: 2 }, () => SECOND)).toContain('maxTtl');
  });
});

const RESOLVER_IDS = PROFILE_KINDS[0]!.family.presets.map(({ id }) => id);
