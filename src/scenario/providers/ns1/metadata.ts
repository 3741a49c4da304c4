/** Metadata of answers, groups and records as a scenario writes them: fixed values, feeds, or a monitor's status. */
import { z } from 'zod';
import { didYouMean } from '../../../base/suggest.ts';
import {
  GEOREGIONS,
  META_KEYS,
  type MetaKey,
  type MetaSource,
  type MetaTable,
  type MetaValue,
  type Ns1Options,
} from '../../../model/authority/providers/ns1/rule.ts';
import type { Path } from '../../document/tree.ts';
import { flagKind, type Kind, numberKind, Problem, quote, wholeKind, wordKind } from '../../kinds.ts';
import { blockKind, codeKind, degreesKind } from '../../place-kinds.ts';
import { oneOrMore, reference } from '../../schema/common.ts';
import { about, field } from '../../schema/field.ts';
import type { PolicyDesk } from '../format.ts';

/** A value that changes: a feed's, or a monitor's with what it stands for. */
interface LiveDoc {
  readonly feed?: string;
  readonly monitor?: string;
  readonly up?: MetaValue;
  readonly down?: MetaValue;
}

export type MetaDoc = Readonly<Partial<Record<MetaKey, MetaValue | LiveDoc>>>;

interface KeyRule {
  readonly kind: Kind<never>;
  readonly about: string;
  readonly several: boolean;
}

function one(kind: Kind<never>, description: string): KeyRule {
  return { kind, about: description, several: false };
}

function several(kind: Kind<never>, description: string): KeyRule {
  return { kind, about: description, several: true };
}

/** Latency is a number of milliseconds, or `round-trip`: as the network of the scenario has it. */
export const ROUND_TRIP = 'round-trip';
const latencyKind: Kind<number | string> = {
  noun: 'milliseconds',
  json: { anyOf: [{ type: 'number', minimum: 0 }, { const: ROUND_TRIP }] },
  read: (raw) => (raw === ROUND_TRIP ? ROUND_TRIP : numberKind(0).read(raw)),
  show: String,
};

const RULES: Readonly<Record<MetaKey, KeyRule>> = {
  up: one(flagKind as never, 'Whether it is up.'),
  connections: one(wholeKind(0) as never, 'Active connections.'),
  requests: one(wholeKind(0) as never, 'Active requests.'),
  loadavg: one(numberKind(0) as never, 'Load average.'),
  low_watermark: one(numberKind(0) as never, 'Load from which some queries are sent elsewhere.'),
  high_watermark: one(numberKind(0) as never, 'Load from which all are.'),
  priority: one(wholeKind(0) as never, 'Tier; 1 comes first.'),
  weight: one(numberKind(0) as never, 'Share of queries, relative to the others.'),
  cost: one(numberKind(0) as never, 'Cost; the lowest comes first.'),
  latitude: one(degreesKind(90) as never, 'Degrees north.'),
  longitude: one(degreesKind(180) as never, 'Degrees east.'),
  georegion: several(wordKind(GEOREGIONS) as never, 'Georegions.'),
  country: several(codeKind as never, 'Countries (ISO 3166-1).'),
  us_state: several(codeKind as never, 'States of the US.'),
  ca_province: several(codeKind as never, 'Provinces of Canada.'),
  ip_prefixes: several(blockKind as never, 'Address blocks.'),
  asn: several(wholeKind(1, 2 ** 32 - 1) as never, 'Numbers of autonomous systems.'),
  pulsar_latency: one(latencyKind as never, 'Milliseconds as users measure them, or round-trip.'),
  pulsar_availability: one(numberKind(0) as never, 'Percent of connections that succeed, as users measure.'),
};

const anyValue: Kind<MetaValue> = {
  noun: 'a value',
  json: { type: ['boolean', 'number', 'string', 'array'] },
  read(raw) {
    if (typeof raw === 'boolean' || typeof raw === 'number' || typeof raw === 'string') return raw;
    if (Array.isArray(raw)) return raw.map(String);
    return new Problem('scenario-bad-value', `${quote(raw)} is not a value`, 'write a number, true or false');
  },
  show: (value) => (Array.isArray(value) ? value.join(', ') : String(value)),
};

/** Any value of metadata: a number, true or false, a word, a list of words. */
export const valueKind: Kind<MetaValue> = anyValue;

const live: z.ZodType<LiveDoc> = about(
  z.strictObject({
    feed: reference('A data feed of the provider.', 'east-load').exactOptional(),
    monitor: reference('A check, or an endpoint with one.', 'us-east').exactOptional(),
    up: field(anyValue, 'The value while the monitor says up. Default true.').exactOptional(),
    down: field(anyValue, 'The value while it says down. Default false.').exactOptional(),
  }) as z.ZodType<LiveDoc>,
  'A live value: of a data feed, or of a monitor.',
  { feed: 'east-load' },
);

function valueSchema({ kind, about: description, several: list }: KeyRule): z.ZodType {
  const value = field(kind, description);
  return about(
    z.union([list ? oneOrMore(value, description) : value, live]),
    `${description} Or a live value.`,
  );
}

export const metaSchema: z.ZodType<MetaDoc> = about(
  z.strictObject(
    Object.fromEntries(META_KEYS.map((key) => [key, valueSchema(RULES[key]).exactOptional()])),
  ) as unknown as z.ZodType<MetaDoc>,
  'Metadata that filters read.',
  { weight: 3, priority: 1, country: ['US'] },
);

/** What a table of metadata says, with every value noted. */
export function buildMeta(doc: MetaDoc, path: Path, desk: PolicyDesk): MetaTable {
  const entries = Object.entries(doc).map(([key, value]) => {
    const source = sourceOf(value, key as MetaKey, [...path, key], desk);
    desk.ledger.note([...path, key], showSource(source, value), desk.ledger.authorOf([...path, key]));
    return [key, source] as const;
  });
  return Object.fromEntries(entries);
}

function sourceOf(value: MetaValue | LiveDoc, key: MetaKey, path: Path, desk: PolicyDesk): MetaSource {
  if (!isLive(value)) return fixed(value);
  if (value.feed !== undefined && value.monitor === undefined) return feedSource(value.feed, path, desk);
  if (value.monitor === undefined || value.feed !== undefined) {
    const hint = 'write feed: NAME, or monitor: NAME';
    desk.issues.add(path, 'scenario-ns1-live', 'a live value comes from one feed or one monitor', { hint });
    return fixed(true);
  }
  return monitorSource(value, key, path, desk);
}

function isLive(value: MetaValue | LiveDoc): value is LiveDoc {
  return typeof value === 'object' && !Array.isArray(value);
}

function fixed(value: MetaValue): MetaSource {
  return value === ROUND_TRIP ? { kind: 'round-trip' } : { kind: 'fixed', value };
}

function feedSource(name: string, path: Path, { issues, provider }: PolicyDesk): MetaSource {
  const feeds = provider.options?.kind === 'ns1' ? (provider.options as Ns1Options).feeds : [];
  const feed = feeds.findIndex((one) => one.name === name);
  if (feed >= 0) return { kind: 'feed', feed };
  const known = feeds.map((one) => one.name);
  const hint = didYouMean(name, known) ?? 'list it under providers.*.ns1.feeds';
  issues.add([...path, 'feed'], 'scenario-unknown-feed', `there is no data feed '${name}'`, { hint });
  return fixed(true);
}

function monitorSource(
  { monitor, up, down }: LiveDoc,
  key: MetaKey,
  path: Path,
  desk: PolicyDesk,
): MetaSource {
  const of = desk.health(monitor!);
  if (!of && monitor !== 'none') {
    const message = `the endpoint ${monitor} has no check`;
    desk.issues.add([...path, 'monitor'], 'scenario-no-check', message, { hint: 'add check: to it' });
  }
  if (key !== 'up' && (up === undefined || down === undefined)) {
    const message = `a monitor says up or down; what is ${key} then?`;
    desk.issues.add(path, 'scenario-ns1-live', message, { hint: 'write up: VALUE and down: VALUE' });
  }
  if (!of) return fixed(up ?? true);
  return { kind: 'monitor', of, up: up ?? true, down: down ?? false };
}

function showSource(source: MetaSource, written: MetaValue | LiveDoc): string {
  if (!isLive(written)) return anyValue.show(written);
  if (source.kind !== 'monitor') return `feed ${written.feed}`;
  const { up, down } = source;
  return `monitor ${written.monitor}: ${anyValue.show(up)}, ${anyValue.show(down)} while down`;
}
