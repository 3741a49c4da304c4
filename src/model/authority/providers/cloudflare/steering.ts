/**
 * Global traffic steering: the pools for requests from one place, in the order in which they are tried
 * (load-balancing/understand-basics/traffic-steering). Pools of one tier share by weight.
 *
 * Least outstanding requests and least connections weigh pools by counters that this model does not keep: they share
 * by weight here, which is what they come to on a DNS-only balancer, where the counters stand at zero. Dynamic latency
 * takes the network's round-trip time for the profile that probes would have built up in ten minutes.
 */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { distanceKm } from '../../steering/distance.ts';
import { candidateRegion, placeOf } from '../../steering/places.ts';
import { tiersByRank } from '../../steering/tier-decider.ts';
import { cfRegionOf } from './geography.ts';
import type { BalancerRule, CloudflareOptions, GeoPools, Steering } from './rule.ts';

/** Places in the rule's list of pools; equals. */
export type PoolTier = readonly number[];

/** The steering in force, `default` resolved. */
export function steeringOf({ steering, geo }: BalancerRule): Exclude<Steering, 'default'> {
  if (steering !== 'default') return steering;
  return geo.length > 0 ? 'geo' : 'off';
}

/** Whether the steering depends on where a request comes from. */
export function isByPlace(rule: BalancerRule): boolean {
  return ['geo', 'dynamic-latency', 'proximity'].includes(steeringOf(rule));
}

/** @param region where the request counts as coming from (an index) */
export function poolTiers(
  policy: PolicySpec,
  region: number,
  spec: WorldSpec,
  options: CloudflareOptions,
): readonly PoolTier[] {
  const rule = policy.rule as BalancerRule;
  const inOrder = rule.defaults.map((pool) => [pool]);
  switch (steeringOf(rule)) {
    case 'off':
      return inOrder;
    case 'random':
    case 'least-outstanding-requests':
    case 'least-connections':
      return [rule.defaults];
    case 'geo':
      return geoPools(rule, region, spec, options)?.map((pool) => [pool]) ?? inOrder;
    case 'dynamic-latency':
      return hasProfiles(policy)
        ? ranked(rule, (pool) => spec.network.roundTrip[region]![standOf(policy, pool, spec)]!)
        : inOrder;
    case 'proximity':
      return ranked(rule, (pool) => kilometres(policy, pool, region, spec));
  }
}

/** Without a monitor there are no probes, hence no round-trip times: then the order counts. */
function hasProfiles({ rule, candidates }: PolicySpec): boolean {
  const { defaults, pools } = rule as BalancerRule;
  return defaults.every((pool) =>
    pools[pool]!.members.some(({ candidate }) => candidates[candidate]!.health),
  );
}

function ranked({ defaults }: BalancerRule, rankOf: (pool: number) => number): readonly PoolTier[] {
  const tiers = tiersByRank(defaults.length, (at) => rankOf(defaults[at]!));
  // Equally near pools are taken in the order of the list.
  return tiers.flat().map((at) => [defaults[at]!]);
}

/** Where a pool stands: as its first endpoint does. */
function standOf(policy: PolicySpec, pool: number, spec: WorldSpec): number {
  const first = (policy.rule as BalancerRule).pools[pool]!.members[0];
  return first ? candidateRegion(policy, first.candidate, spec) : 0;
}

/** Farther than any two places on Earth: what lies nowhere known comes last. */
const UNKNOWN_KM = 1e6;

function kilometres(policy: PolicySpec, pool: number, region: number, spec: WorldSpec): number {
  const { latitude, longitude } = (policy.rule as BalancerRule).pools[pool]!;
  const own =
    latitude === undefined || longitude === undefined
      ? placeOf(spec, standOf(policy, pool, spec))
      : { latitude, longitude, networks: [] };
  return distanceKm(placeOf(spec, region), own) ?? UNKNOWN_KM;
}

const LEVELS = ['pop', 'country', 'region'] as const;

/** The pools of the smallest area that holds the place; `undefined`: none does, so the default pools count. */
function geoPools(
  { geo }: BalancerRule,
  region: number,
  spec: WorldSpec,
  { regions }: CloudflareOptions,
): readonly number[] | undefined {
  const place = placeOf(spec, region);
  const code = regions.get(region) ?? cfRegionOf(place);
  const holds = ({ area }: GeoPools): boolean => {
    if (area.level === 'pop') return area.region === region;
    return area.code === (area.level === 'country' ? place?.country : code);
  };
  for (const level of LEVELS) {
    const hit = geo.find((one) => one.area.level === level && holds(one));
    if (hit) return hit.pools;
  }
  return undefined;
}
