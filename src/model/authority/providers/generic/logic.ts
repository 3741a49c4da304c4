/**
 * How generic policies decide: the first tier with a healthy candidate answers, with one of its healthy candidates
 * by weight or with several; without any, what the rule says for that case.
 *
 * Every provider can run generic policies, so that one scenario can be tried with several kinds. What vendors do
 * otherwise is in their own folders.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { PolicyLogic, Surroundings } from '../../policy-logic.ts';
import { decideByTier, type Reach, type Tier } from '../../steering/tier-decider.ts';
import type { GenericRule } from './rule.ts';
import { tiersFor } from './tiers.ts';

export const GENERIC_LOGIC: PolicyLogic = {
  prepare(policy, surroundings) {
    const { spec } = surroundings;
    const { weights, shuffle } = policy.rule as GenericRule;
    const weightOf = weights && ((candidate: number) => weights[candidate]!);
    const reachIn = (region: number): Reach => reachOf(policy, tiersFor(policy, region, spec), surroundings);
    return decideByTier(policy, spec, reachIn, { weightOf, shuffle });
  },
  isScoped: ({ rule }) => {
    const { kind } = (rule as GenericRule).arrange;
    return kind !== 'together' && kind !== 'listed';
  },
};

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
