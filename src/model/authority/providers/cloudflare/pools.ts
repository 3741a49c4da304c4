/**
 * The state of pools (load-balancing/understand-basics/health-details).
 *
 * Healthy: all endpoints up. Degraded: some down, at least the minimum up. Critical: fewer. A pool without a monitor
 * is taken for healthy. A disabled pool is out of everything, a disabled endpoint out of its pool: it gets no traffic
 * and no probes, and the others alone are counted.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import type { BalancerRule, PoolMember, PoolRule } from './rule.ts';

export interface PoolState {
  /** Place in the rule's list of pools. */
  readonly pool: number;
  readonly rule: PoolRule;
  readonly health: 'healthy' | 'degraded' | 'critical' | 'disabled' | 'unknown';
  /** Its endpoints, disabled ones aside. */
  readonly members: readonly PoolMember[];
  /** Endpoints that get the pool's traffic: those that are up. */
  readonly up: readonly PoolMember[];
}

/** Pools as a data centre in this region sees them. */
export function poolStates(policy: PolicySpec, region: number, around: Surroundings): readonly PoolState[] {
  const { pools } = policy.rule as BalancerRule;
  return pools.map((rule, pool) => ({ pool, rule, ...stateOf(rule, policy, region, around) }));
}

function stateOf(
  { members: all, minimum, enabled }: PoolRule,
  policy: PolicySpec,
  region: number,
  { healthy }: Surroundings,
): Pick<PoolState, 'health' | 'members' | 'up'> {
  const members = all.filter((member) => member.enabled !== false);
  if (!enabled || members.length === 0) return { health: 'disabled', members, up: [] };
  const healthOf = ({ candidate, views }: PoolMember) =>
    views.get(region) ?? policy.candidates[candidate]!.health;
  if (!members.some((member) => healthOf(member))) return { health: 'unknown', members, up: members };
  const up = members.filter((member) => healthy(healthOf(member)));
  if (up.length < Math.max(1, minimum)) return { health: 'critical', members, up };
  return { health: up.length < members.length ? 'degraded' : 'healthy', members, up };
}

/** Whether steering may choose the pool. */
export function isAvailable({ health }: PoolState): boolean {
  return health !== 'critical' && health !== 'disabled';
}
