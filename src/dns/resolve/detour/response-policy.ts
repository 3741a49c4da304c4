/**
 * Response policies: names whose answers a resolver gives by itself, before it looks into its cache or asks anybody
 * (Google Cloud DNS API, ResponsePolicyRule).
 *
 * Not modelled: rules by the address that an answer holds or by the server that gave it, as response policy zones
 * of other software have them.
 */
import type { Micros } from '../../../base/time.ts';
import { type CacheEntry, makeEntry, RANK_ANSWER } from '../../cache/entry.ts';
import { type Name, parent } from '../../data/name.ts';
import type { RRset } from '../../data/rrset.ts';
import { CNAME, type RrType } from '../../data/rrtype.ts';

export interface ResponseRule {
  /** The name itself, or with `isWildcard` all names below it. */
  readonly name: Name;
  readonly isWildcard: boolean;
  /** All its data; types not in it do not exist. Absent: names it selects are exempt from rules less specific. */
  readonly data?: readonly RRset[];
}

export interface ResponsePolicyOptions {
  readonly rules: readonly ResponseRule[];
  /** Whether the target of a CNAME in local data is looked up, or the CNAME is all the answer. */
  readonly aliases: 'followed' | 'returned';
}

export class ResponsePolicy {
  readonly followsAliases: boolean;
  readonly #exact: Map<Name, ResponseRule> = new Map();
  readonly #below: Map<Name, ResponseRule> = new Map();

  constructor({ rules, aliases }: ResponsePolicyOptions) {
    this.followsAliases = aliases === 'followed';
    for (const rule of rules) (rule.isWildcard ? this.#below : this.#exact).set(rule.name, rule);
  }

  /** Data of the type that the one rule of the name has, the name's own CNAME otherwise; undefined: none of both. */
  local(name: Name, type: RrType): RRset | undefined {
    const data = this.#dataOf(name);
    const found = data?.find((set) => set.type === type) ?? data?.find((set) => set.type === CNAME);
    return found && { ...found, name };
  }

  /** Whether the policy answers for a name. */
  answers(name: Name): boolean {
    return this.#dataOf(name) !== undefined;
  }

  /** What the policy says of a name and type, as if it had just been stored; undefined where it says nothing. */
  entry(name: Name, type: RrType, now: Micros): CacheEntry | undefined {
    if (!this.answers(name)) return undefined;
    const rrset = this.local(name, type);
    const kind = rrset === undefined ? 'nodata' : 'data';
    const facts = { kind, name, rrset, rank: RANK_ANSWER, ttlSeconds: rrset?.ttl ?? 0 } as const;
    return makeEntry({ ...facts, type: rrset?.type ?? type }, now);
  }

  /** Of the rule with the longest suffix: every query matches one at most. */
  #dataOf(name: Name): readonly RRset[] | undefined {
    const own = this.#exact.get(name);
    if (own) return own.data;
    for (let above = parent(name); above !== undefined; above = parent(above)) {
      const rule = this.#below.get(above);
      if (rule) return rule.data;
    }
    return undefined;
  }
}
