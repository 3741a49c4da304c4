/**
 * A record of NS1 as data: answers with metadata, groups, and the chain of filters that every query runs through.
 * What the words mean, and their sources: README.md beside this file.
 */
import type { Micros } from '../../../../base/time.ts';
import type { HealthRef, RuleSpec } from '../../../spec.ts';

/** Metadata that filters read, in the words of NS1's interface (ns1-go rest/model/data/meta.go). */
export const META_KEYS = [
  'up',
  'connections',
  'requests',
  'loadavg',
  'low_watermark',
  'high_watermark',
  'priority',
  'weight',
  'cost',
  'latitude',
  'longitude',
  'georegion',
  'country',
  'us_state',
  'ca_province',
  'ip_prefixes',
  'asn',
  'pulsar_latency',
  'pulsar_availability',
] as const;
export type MetaKey = (typeof META_KEYS)[number];

export type MetaValue = boolean | number | string | readonly string[];

/** Where a value comes from: any may be live. */
export type MetaSource =
  | { readonly kind: 'fixed'; readonly value: MetaValue }
  /** Index into `Ns1Options.feeds`. */
  | { readonly kind: 'feed'; readonly feed: number }
  /** One value while a monitor says up, another while it says down. */
  | {
      readonly kind: 'monitor';
      readonly of: HealthRef;
      readonly up: MetaValue;
      readonly down: MetaValue;
    }
  /** Latency as users measure it: the round trip from their region to the answer's, in milliseconds. */
  | { readonly kind: 'round-trip' };

export type MetaTable = Readonly<Partial<Record<MetaKey, MetaSource>>>;

export interface Ns1Answer {
  /** Absent: the answers without a group are a group of their own. */
  readonly group?: string;
  readonly meta: MetaTable;
  /** Candidates of one address each, for `ipv4_prefix_shuffle`. Absent: none. */
  readonly pool?: readonly number[];
}

/** Georegions of NS1 (meta.go). */
export const GEOREGIONS = [
  'US-EAST',
  'US-CENTRAL',
  'US-WEST',
  'EUROPE',
  'ASIAPAC',
  'SOUTH-AMERICA',
  'AFRICA',
] as const;
export type Georegion = (typeof GEOREGIONS)[number];

/** Load metrics of `shed_load`. */
export const LOAD_METRICS = ['loadavg', 'connections', 'requests'] as const;
export type LoadMetric = (typeof LOAD_METRICS)[number];

/** Settings of a filter; each filter reads its own, see filters/catalogue.ts. */
export interface FilterConfig {
  /** How many answers (or addresses of an answer) stay, at least 1. */
  readonly n?: number;
  /** Keep the best tier instead of sorting by it. */
  readonly eliminate?: boolean;
  /** Remove answers that say nothing of the place or network, once another matched. */
  readonly removeUntagged?: boolean;
  /** Requesters of one subnet share an order. */
  readonly byNetwork?: boolean;
  readonly metric?: LoadMetric;
  /** Of Pulsar filters: percent of availability, or how far from the best an answer may be. */
  readonly threshold?: number;
  readonly unit?: 'percent' | 'milliseconds';
}

export interface ChainLink {
  /** A name of filters/catalogue.ts. */
  readonly filter: string;
  readonly config: FilterConfig;
}

export interface Ns1Rule extends RuleSpec {
  readonly kind: 'ns1';
  /** By candidate of the policy; candidates beyond them are the pools' single addresses. */
  readonly answers: readonly Ns1Answer[];
  readonly groups: Readonly<Record<string, MetaTable>>;
  /** Of the record itself. */
  readonly meta: MetaTable;
  /** From the first filter to the last; disabled ones are left out. */
  readonly chain: readonly ChainLink[];
  readonly disputes: Disputes;
}

/** Rules on which the sources differ. */
export interface Disputes {
  /** What is answered when the chain has removed everything. */
  readonly empty: 'nodata' | 'first';
  /** Whether `up` keeps an answer that has no such metadata. */
  readonly missingUp: 'keep' | 'remove';
}

/** A data feed: a value that changes at given times of the run. */
export interface FeedSpec {
  readonly name: string;
  readonly first: MetaValue;
  /** In order of time. */
  readonly steps: readonly { readonly at: Micros; readonly value: MetaValue }[];
}

export interface Ns1Options extends RuleSpec {
  readonly kind: 'ns1';
  /** From a monitor's verdict, or a value fed in, until every edge has it. */
  readonly feedDelay: Micros;
  readonly feeds: readonly FeedSpec[];
  readonly disputes: Disputes;
}
