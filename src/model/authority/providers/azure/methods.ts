/**
 * Which endpoints of a profile clients of one region may be answered with, by routing method
 * (traffic-manager-routing-methods). Of the places given back, chance picks.
 */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { longestMatch } from '../../steering/networks.ts';
import { candidateRegion, placeOf, sameTerritory, territoriesOf } from '../../steering/places.ts';
import { type Tier, tiersByRank } from '../../steering/tier-decider.ts';
import type { AzureRule } from './rule.ts';
import type { State } from './state.ts';

/** Places in the list of candidates for clients of a region; none is NODATA. */
export function tierFor(policy: PolicySpec, region: number, states: readonly State[], spec: WorldSpec): Tier {
  const { method } = policy.rule as AzureRule;
  if (method === 'alias') return [0];
  if (method === 'geographic') return geographic(policy, region, states, spec);
  return first(policy, method === 'subnet' ? eligibleBySubnet(policy, states) : usable(states), (one) =>
    rank(policy, one, region, spec),
  );
}

/** Online endpoints; when there are none, Degraded ones as though they were (traffic-manager-monitoring). */
function usable(states: readonly State[]): readonly boolean[] {
  const wanted: State = states.includes('Online') ? 'Online' : 'Degraded';
  return states.map((state) => state === wanted);
}

function eligibleBySubnet(policy: PolicySpec, states: readonly State[]): readonly boolean[] {
  const { subnetDegraded } = policy.rule as AzureRule;
  if (subnetDegraded === 'skipped') return usable(states);
  return states.map((state) => state === 'Online' || state === 'Degraded');
}

function first(policy: PolicySpec, open: readonly boolean[], rankOf: (one: number) => number): Tier {
  const closed = Number.POSITIVE_INFINITY;
  return tiersByRank(policy.candidates.length, (one) => (open[one] ? rankOf(one) : closed))[0] ?? [];
}

/** The lowest is answered; equals share. */
function rank(policy: PolicySpec, one: number, region: number, spec: WorldSpec): number {
  const { method, endpoints } = policy.rule as AzureRule;
  if (method === 'priority') return endpoints[one]!.priority!;
  if (method === 'performance') return spec.network.roundTrip[region]![candidateRegion(policy, one, spec)]!;
  if (method === 'subnet') return subnetRank(endpoints[one]!.blocks!, placeOf(spec, region)?.networks ?? []);
  return 0;
}

/** More than any prefix is long. */
const CATCH_ALL = 1000;

/** Blocks of one profile may not overlap; where they do all the same, the longest wins. */
function subnetRank(blocks: readonly string[], networks: readonly string[]): number {
  if (blocks.length === 0) return CATCH_ALL;
  const length = longestMatch(blocks, networks);
  return length < 0 ? Number.POSITIVE_INFINITY : CATCH_ALL - 1 - length;
}

/** The endpoint of the smallest place that is mapped, whatever its health; Stopped, nobody stands in for it. */
function geographic(policy: PolicySpec, region: number, states: readonly State[], spec: WorldSpec): Tier {
  const { endpoints } = policy.rule as AzureRule;
  for (const rung of territoriesOf(placeOf(spec, region))) {
    const mapped = endpoints.findIndex(
      ({ territory }, at) => states[at] !== 'Disabled' && sameTerritory(rung, territory!),
    );
    if (mapped >= 0) return states[mapped] === 'Stopped' ? [] : [mapped];
  }
  return [];
}
