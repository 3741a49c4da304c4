/**
 * How Route 53 chooses among the records of a group: by the routing policy among the healthy ones; when the whole
 * group is unhealthy, as though all were healthy (Route 53 Developer Guide,
 * health-checks-how-route-53-chooses-records). Health is a stored state, not a check made at query time.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { PolicyLogic, Surroundings } from '../../policy-logic.ts';
import { decideByTier, type Reach } from '../../steering/tier-decider.ts';
import { isHealthy } from './health.ts';
import { whyOf } from './reasons.ts';
import type { Route53Rule, Routing } from './rule.ts';
import { tiersFor } from './tiers.ts';

/** Multivalue answers hold up to eight records (routing-policy-multivalue). */
const MOST_VALUES = 8;

const TAKE: Readonly<Partial<Record<Routing, number>>> = {
  simple: Number.POSITIVE_INFINITY,
  multivalue: MOST_VALUES,
};

const BY_PLACE: readonly Routing[] = ['latency', 'geolocation', 'geoproximity', 'ip'];

export const ROUTE53_LOGIC: PolicyLogic = {
  prepare(policy, surroundings) {
    const { routing, records } = policy.rule as Route53Rule;
    const weightOf = routing === 'weighted' ? (one: number) => records[one]!.weight ?? 0 : undefined;
    const reachIn = (region: number): Reach => reachOf(policy, region, surroundings);
    const reason = (region?: number): string => whyOf(policy, surroundings, region);
    return decideByTier(policy, surroundings.spec, reachIn, { weightOf, shuffle: true, reason });
  },
  isScoped: ({ rule }) => BY_PLACE.includes((rule as Route53Rule).routing),
};

function reachOf(policy: PolicySpec, region: number, surroundings: Surroundings): Reach {
  const { routing } = policy.rule as Route53Rule;
  const take = TAKE[routing] ?? 1;
  const tiers = tiersFor(policy, region, surroundings.spec);
  // Simple records have no health checks (routing-policy-simple).
  if (routing === 'simple') return { tier: tiers[0] ?? [], take };
  for (const tier of tiers) {
    const alive = tier.filter((one) => isHealthy(policy, one, surroundings));
    if (alive.length > 0) return { tier: alive, take };
  }
  return { tier: tiers[0] ?? [], take };
}
