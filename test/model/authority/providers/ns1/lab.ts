/** Records of NS1 for tests, put together from a few words, and what their chains answer. */

import type { Decider, LogicByRule, Surroundings } from '../../../../../src/model/authority/policy-logic.ts';
import { FILTERS } from '../../../../../src/model/authority/providers/ns1/filters/catalogue.ts';
import { ns1Logic } from '../../../../../src/model/authority/providers/ns1/logic.ts';
import type { Readings } from '../../../../../src/model/authority/providers/ns1/metadata.ts';
import type {
  FilterConfig,
  MetaKey,
  MetaSource,
  MetaTable,
  MetaValue,
  Ns1Rule,
} from '../../../../../src/model/authority/providers/ns1/rule.ts';
import type { CandidateSpec, PolicySpec } from '../../../../../src/model/spec.ts';
import { endpoint, policy } from '../worlds.ts';

export const LOGICS: LogicByRule = { ns1: ns1Logic([]) };

export function logicsWith(readings: Readings): LogicByRule {
  return { ns1: ns1Logic(readings) };
}

export type Table = Readonly<Partial<Record<MetaKey, MetaValue | MetaSource>>>;

/** Values as they are, and sources. */
export function table(values: Table): MetaTable {
  const entries = Object.entries(values).map(([key, value]) => {
    const isSource = typeof value === 'object' && 'kind' in value;
    return [key, isSource ? value : { kind: 'fixed', value }];
  });
  return Object.fromEntries(entries);
}

export type Row = readonly [label: string, meta?: Table, group?: string];
export type Link = string | readonly [filter: string, config: FilterConfig];

/** A record with these answers and this chain. */
export function record(
  rows: readonly Row[],
  chain: readonly Link[],
  parts: Partial<Ns1Rule> = {},
): PolicySpec {
  const rule: Ns1Rule = {
    kind: 'ns1',
    answers: rows.map(([, meta = {}, group]) => ({
      meta: table(meta),
      ...(group === undefined ? {} : { group }),
    })),
    groups: {},
    meta: {},
    chain: chain.map((link) => {
      const [filter, config] = typeof link === 'string' ? [link, {}] : link;
      if (!(filter in FILTERS)) throw new Error(`no filter ${filter}`);
      return { filter, config };
    }),
    disputes: { empty: 'nodata', missingUp: 'keep' },
    ...parts,
  };
  return policy(
    rule,
    rows.map(([label]) => bare(label)),
    { word: 'ns1 chain' },
  );
}

/** A candidate whose health only metadata tell. */
function bare(label: string): CandidateSpec {
  const { health: _, ...rest } = endpoint(label);
  return rest;
}

export function decider(one: PolicySpec, around: Surroundings, logics: LogicByRule = LOGICS): Decider {
  return logics[one.rule.kind]!.prepare(one, around);
}

/** `up` from the monitor of an endpoint. */
export function monitor(label: string): MetaSource {
  return { kind: 'monitor', of: endpoint(label).health!, up: true, down: false };
}
