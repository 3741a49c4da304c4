/** What one run of a record can look at: the world around it, who asks, and what its server believes. */
import type { Name } from '../../../../dns/data/name.ts';
import type { Rdata } from '../../../../dns/data/rdata.ts';
import type { RrType } from '../../../../dns/data/rrtype.ts';
import type { WorldSpec } from '../../../spec.ts';
import type { Chooser } from './chooser.ts';
import type { Client } from './client.ts';
import type { LuaTable } from './lua/values.ts';
import { toText } from './lua/values.ts';
import type { PowerDnsOptions } from './rule.ts';
import type { Belief, Target } from './targets.ts';

/** The world as all records of one provider see it. */
export interface Setting {
  readonly spec: WorldSpec;
  readonly options: PowerDnsOptions;
  /** Indexes of endpoints by address. */
  readonly endpoints: ReadonlyMap<string, number>;
}

export interface Evaluation {
  readonly setting: Setting;
  /** Owner of the record: a wildcard, or the name asked for. */
  readonly owner: Name;
  readonly qname: Name;
  /** Apex of the zone. */
  readonly zone: Name;
  readonly client: Client;
  readonly chooser: Chooser;
  belief(target: Target): Belief;
  /** What the zone holds at a name; empty for nothing. */
  data(name: Name, type: RrType): readonly Rdata[];
  /** Runs more code in the same state, for `include`. */
  run(code: string): void;
}

/** Functions of the host get at the run they are called from through this. */
export type Now = () => Evaluation;

/** The items of a table as texts. */
export function textsOf(table: LuaTable): string[] {
  return table.list().map(toText);
}

/** Picks one text. */
export function pickText(
  texts: readonly string[],
  { chooser }: Evaluation,
  by: 'chance' | 'client' = 'chance',
): string {
  return texts[chooser.pick(texts.map(one), by, texts)]!;
}

const one = (): number => 1;
