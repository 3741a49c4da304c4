/**
 * How Azure decides: a Traffic Manager profile by its routing method among the endpoints that are Online, or an alias
 * record set. Health is a stored state, not a check made at query time. A nested profile is followed like an alias.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Decider, PolicyLogic, Surroundings } from '../../policy-logic.ts';
import { decideByTier, type Tier } from '../../steering/tier-decider.ts';
import { tierFor } from './methods.ts';
import { whyOf } from './reasons.ts';
import type { AzureRule, Method } from './rule.ts';
import { statesOf } from './state.ts';

const BY_PLACE: readonly Method[] = ['performance', 'geographic', 'subnet'];

export const AZURE_LOGIC: PolicyLogic = {
  prepare(policy, surroundings) {
    const { enabled } = policy.rule as AzureRule;
    return enabled ? profile(policy, surroundings) : DISABLED;
  },
  isScoped: ({ rule }) => BY_PLACE.includes((rule as AzureRule).method),
};

/** A disabled profile has no name in DNS (traffic-manager-monitoring). */
const DISABLED: Decider = {
  decide: () => NO_PROFILE,
  possible: () => [NO_PROFILE],
  choice: 'nothing, as the profile is disabled',
};
const NO_PROFILE = { rcode: 'NXDOMAIN', why: 'azure: the Traffic Manager profile is disabled' } as const;

function profile(policy: PolicySpec, surroundings: Surroundings): Decider {
  const { spec } = surroundings;
  const { method, endpoints, maxReturn } = policy.rule as AzureRule;
  const states = method === 'alias' ? [] : statesOf(policy, surroundings);
  const tiers: Tier[] = spec.network.regions.map((_, region) => tierFor(policy, region, states, spec));
  const take = method === 'multivalue' ? maxReturn : 1;
  const weightOf = method === 'weighted' ? (one: number) => endpoints[one]!.weight! : undefined;
  const reachOf = (region: number) => ({ tier: tiers[region]!, take });
  const tier = decideByTier(policy, spec, reachOf, { weightOf, shuffle: true });
  const why = whyOf(policy, states);
  return {
    decide: (query) => tier.decide(query),
    possible: (region) => tier.possible(region),
    choice: why === '' ? tier.choice : `${tier.choice} (${why})`,
  };
}
