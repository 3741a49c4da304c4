/**
 * Deciders for rules that come down to this: for each region there is a tier of candidates that chance picks from.
 *
 * What is in the tier is the rule's business and is worked out once for each state of health; a query only picks.
 */
import type { PolicySpec, WorldSpec } from '../../spec.ts';
import type { Decider } from '../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery } from '../provider.ts';
import { Offers } from './offers.ts';
import { pickSeveral, pickWeighted } from './pick.ts';
import { regionOf } from './places.ts';

/** Places in a policy's list of candidates; equals. */
export type Tier = readonly number[];

/** What is open to chance for clients of one region. */
export interface Reach {
  /** Empty = NODATA. */
  readonly tier: Tier;
  /** How many of them one answer holds, at least 1; Infinity = all. */
  readonly take: number;
}

export interface Chances {
  /** Weight of a candidate where one is taken, at least 0. Absent: all alike. */
  readonly weightOf?: ((candidate: number) => number) | undefined;
  /** Whether an answer that holds the whole tier begins with another candidate every time. */
  readonly shuffle: boolean;
  /** Why the tiers are what they are, in words. Absent: the choice says it all. @param region absent: for all */
  readonly reason?: (region?: number) => string;
}

/** @param reachOf the reach of clients of a region; called once for each region */
export function decideByTier(
  policy: PolicySpec,
  spec: WorldSpec,
  reachOf: (region: number) => Reach,
  chances: Chances,
): Decider {
  return new TierDecider(policy, spec, reachOf, chances);
}

class TierDecider implements Decider {
  readonly choice: string;
  readonly #chances: Chances;
  readonly #offers: Offers;
  /** By region. */
  readonly #reaches: readonly Reach[];

  constructor(policy: PolicySpec, spec: WorldSpec, reachOf: (region: number) => Reach, chances: Chances) {
    this.#chances = chances;
    this.#offers = new Offers(policy, spec.endpoints);
    this.#reaches = spec.network.regions.map((_, region) => reachOf(region));
    const labels = this.#reaches.flatMap((reach) => this.#alternatives(reach));
    this.choice = [...new Set(labels.map((one) => this.#offers.label(one)))].join(' or ');
  }

  decide(query: PolicyQuery): PolicyAnswer {
    const { tier, take } = this.#reaches[regionOf(query)]!;
    const { weightOf, shuffle } = this.#chances;
    if (tier.length < 2) return this.#offers.answer(tier);
    if (take === 1) return this.#offers.answer([pickWeighted(tier, weightOf ?? alike, query.draw)]);
    if (take >= tier.length && !shuffle) return this.#offers.answer(tier);
    return this.#offers.answer(pickSeveral(tier, take, query.draw));
  }

  reason(region?: number): string {
    return this.#chances.reason?.(region) ?? '';
  }

  possible(region: number): readonly PolicyAnswer[] {
    return this.#alternatives(this.#reaches[region]!).map((chosen) => this.#offers.answer(chosen));
  }

  #alternatives({ tier, take }: Reach): readonly Tier[] {
    if (take !== 1 || tier.length < 2) return [tier];
    const { weightOf } = this.#chances;
    const weighted = weightOf ? tier.filter((one) => weightOf(one) > 0) : tier;
    return (weighted.length > 0 ? weighted : tier).map((one) => [one]);
  }
}

const alike = (): number => 1;

/** Tiers from ranks: equal ranks share a tier, lower ranks come first, infinite ranks are out of reach. */
export function tiersByRank(candidates: number, rankOf: (candidate: number) => number): readonly Tier[] {
  const ranked = Array.from({ length: candidates }, (_, one) => ({ one, rank: rankOf(one) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.one - b.one);
  const tiers = new Map<number, number[]>();
  for (const { one, rank } of ranked) tiers.set(rank, [...(tiers.get(rank) ?? []), one]);
  return [...tiers.values()];
}
