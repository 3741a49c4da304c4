/**
 * How generic policies decide: the first tier with a healthy candidate answers, with one of its healthy candidates
 * by weight or with several; without any, what the rule says for that case.
 *
 * Every provider can run generic policies, so that one scenario can be tried with several kinds. What vendors do
 * otherwise is in their own folders.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Decider, PolicyLogic, Surroundings } from '../../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery } from '../../provider.ts';
import { Offers } from '../../steering/offers.ts';
import { pickSeveral, pickWeighted } from '../../steering/pick.ts';
import { regionOf } from '../../steering/places.ts';
import type { GenericRule } from './rule.ts';
import { type Tier, tiersFor } from './tiers.ts';

export const GENERIC_LOGIC: PolicyLogic = {
  prepare: (policy, surroundings) => new GenericDecider(policy, surroundings),
  isScoped: ({ rule }) => {
    const { kind } = (rule as GenericRule).arrange;
    return kind !== 'together' && kind !== 'listed';
  },
};

/** What is open to chance for one region. */
interface Reach {
  readonly tier: Tier;
  readonly take: number;
}

class GenericDecider implements Decider {
  readonly choice: string;
  readonly #rule: GenericRule;
  readonly #offers: Offers;
  /** By region. */
  readonly #reaches: readonly Reach[];

  constructor(policy: PolicySpec, surroundings: Surroundings) {
    const { spec } = surroundings;
    this.#rule = policy.rule as GenericRule;
    this.#offers = new Offers(policy, spec.endpoints);
    this.#reaches = spec.network.regions.map((_, region) => {
      return reachOf(policy, tiersFor(policy, region, spec), surroundings);
    });
    const labels = this.#reaches
      .flatMap((reach) => this.#alternatives(reach))
      .map((one) => this.#offers.label(one));
    this.choice = [...new Set(labels)].join(' or ');
  }

  decide(query: PolicyQuery): PolicyAnswer {
    const { tier, take } = this.#reaches[regionOf(query)]!;
    const { weights, shuffle } = this.#rule;
    if (tier.length < 2) return this.#offers.answer(tier);
    if (take === 1) {
      const one = pickWeighted(tier, (candidate) => weights?.[candidate] ?? 1, query.draw);
      return this.#offers.answer([one]);
    }
    if (take >= tier.length && !shuffle) return this.#offers.answer(tier);
    return this.#offers.answer(pickSeveral(tier, take, query.draw));
  }

  possible(region: number): readonly PolicyAnswer[] {
    return this.#alternatives(this.#reaches[region]!).map((chosen) => this.#offers.answer(chosen));
  }

  #alternatives({ tier, take }: Reach): readonly Tier[] {
    return take === 1 && tier.length > 0 ? tier.map((one) => [one]) : [tier];
  }
}

function reachOf(policy: PolicySpec, tiers: readonly Tier[], { healthy }: Surroundings): Reach {
  const { take, unhealthy } = policy.rule as GenericRule;
  for (const tier of tiers) {
    const alive = tier.filter((one) => healthy(policy.candidates[one]!.health));
    if (alive.length > 0) return { tier: alive, take };
  }
  if (tiers.length === 0) return { tier: [], take };
  switch (unhealthy.kind) {
    case 'ignore-health':
      return { tier: tiers[0]!, take };
    case 'all':
      return { tier: policy.candidates.map((_, at) => at), take: Number.POSITIVE_INFINITY };
    case 'none':
      return { tier: [], take };
    case 'fallback':
      return { tier: [unhealthy.candidate], take };
  }
}
