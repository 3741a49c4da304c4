/**
 * Metadata of answers as a query finds them: the answer's own value, else that of its group, else the record's
 * (ns1-go rest/model/data/meta.go), each fixed or live.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import { candidateRegion } from '../../steering/places.ts';
import type { MetaKey, MetaSource, MetaValue, Ns1Rule } from './rule.ts';

/** Values of data feeds by their index, as somebody knows them at a moment. */
export type Readings = MetaValue[];

/** Reads metadata of the policy's candidates for requesters of one region. */
export class Metadata {
  readonly #policy: PolicySpec;
  readonly #rule: Ns1Rule;
  readonly #around: Surroundings;
  readonly #readings: Readings;
  readonly #region: number;
  /** The answer that a candidate of a pool belongs to. */
  readonly #owners: ReadonlyMap<number, number>;

  constructor(policy: PolicySpec, around: Surroundings, readings: Readings, region: number) {
    this.#policy = policy;
    this.#rule = policy.rule as Ns1Rule;
    this.#around = around;
    this.#readings = readings;
    this.#region = region;
    const pools = this.#rule.answers.map(({ pool = [] }) => pool);
    this.#owners = new Map(pools.flatMap((pool, owner) => pool.map((one) => [one, owner] as const)));
  }

  group(item: number): string {
    return this.#rule.answers[this.#ownerOf(item)]!.group ?? '';
  }

  flag(item: number, key: MetaKey): boolean | undefined {
    const value = this.#read(item, key);
    return value === undefined ? undefined : value !== false && value !== 0;
  }

  number(item: number, key: MetaKey): number | undefined {
    const value = this.#read(item, key);
    return typeof value === 'number' ? value : undefined;
  }

  /** Empty where there is no such value. */
  list(item: number, key: MetaKey): readonly string[] {
    const value = this.#read(item, key);
    if (typeof value === 'string' || typeof value === 'number') return [String(value)];
    return Array.isArray(value) ? value : [];
  }

  /** Index of the region the answer stands in. */
  region(item: number): number {
    return candidateRegion(this.#policy, this.#ownerOf(item), this.#around.spec);
  }

  #ownerOf(item: number): number {
    return this.#owners.get(item) ?? item;
  }

  #read(item: number, key: MetaKey): MetaValue | undefined {
    const { answers, groups, meta } = this.#rule;
    const { group, meta: own } = answers[this.#ownerOf(item)]!;
    const source = own[key] ?? (group === undefined ? undefined : groups[group]?.[key]) ?? meta[key];
    return source && this.#valueOf(source, item);
  }

  #valueOf(source: MetaSource, item: number): MetaValue {
    if (source.kind === 'fixed') return source.value;
    if (source.kind === 'feed') return this.#readings[source.feed]!;
    if (source.kind === 'monitor') return this.#around.healthy(source.of) ? source.up : source.down;
    const MICROS_PER_MILLISECOND = 1000;
    return this.#around.spec.network.roundTrip[this.#region]![this.region(item)]! / MICROS_PER_MILLISECOND;
  }
}
