/**
 * Where requests that count as coming from one place go, under a given state of health: pools with their shares and,
 * in each, endpoints with theirs.
 *
 * The first tier with an available pool; none: the fallback pool with all of its endpoints, its health ignored; no
 * fallback pool: nowhere (health-details, "Fallback pools").
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import { isAvailable, type PoolState, poolStates } from './pools.ts';
import type { BalancerRule, CloudflareOptions, EndpointSteering, PoolMember } from './rule.ts';
import { poolTiers } from './steering.ts';

export interface Branch {
  readonly pool: string;
  /** Relative to the other branches. */
  readonly weight: number;
  readonly members: readonly PoolMember[];
  readonly steering: EndpointSteering;
}

export interface RoutePlan {
  /** None: nowhere. */
  readonly branches: readonly Branch[];
  /** What comes next in failover order. */
  readonly after: readonly Branch[];
  /** Rule by rule, in words. */
  readonly why: string;
}

/** @param region the place; also that of the data centre that decides */
export function planFor(
  policy: PolicySpec,
  region: number,
  around: Surroundings,
  options: CloudflareOptions,
): RoutePlan {
  const states = poolStates(policy, region, around);
  const tiers = poolTiers(policy, region, around.spec, options).map((tier) =>
    tier.map((pool) => states[pool]!),
  );
  const open = tiers.map((tier) => tier.filter(isAvailable)).filter((tier) => tier.length > 0);
  const [first, ...next] = open;
  if (!first) return fallbackPlan(policy, states);
  const passed = tiers.slice(0, tiers.findIndex((tier) => tier.some(isAvailable)) + 1).flat();
  const skipped = passed.filter((state) => !isAvailable(state));
  return {
    branches: first.map(branchOf),
    after: next.flat().map(branchOf),
    why: [...skipped.map(notice), first.map((state) => told(state, policy)).join(' or ')].join(', '),
  };
}

function fallbackPlan(policy: PolicySpec, states: readonly PoolState[]): RoutePlan {
  const { fallback } = policy.rule as BalancerRule;
  const state = fallback === undefined ? undefined : states[fallback];
  if (!state || state.health === 'disabled') {
    return { branches: [], after: [], why: 'no pool is available and there is no fallback pool' };
  }
  const all = { ...state, up: state.members };
  const names = membersText(all, policy);
  return {
    branches: [branchOf(all)],
    after: [],
    why: `no pool is available, fallback pool ${state.rule.name} whatever its health: ${names}`,
  };
}

function branchOf({ rule, up }: PoolState): Branch {
  return { pool: rule.name, weight: rule.weight, members: up, steering: rule.steering };
}

function notice({ rule, health, members, up }: PoolState): string {
  return health === 'disabled'
    ? `pool ${rule.name} is disabled`
    : `pool ${rule.name} is critical (${up.length} of ${members.length} up)`;
}

function told(state: PoolState, policy: PolicySpec): string {
  const { rule, health } = state;
  return `pool ${rule.name}${health === 'degraded' ? ' (degraded)' : ''}: ${membersText(state, policy)}`;
}

function membersText({ up }: PoolState, { candidates }: PolicySpec): string {
  return up.map(({ candidate }) => candidates[candidate]!.label).join(' or ') || 'no endpoint';
}
