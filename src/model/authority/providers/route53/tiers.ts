/**
 * The candidates of a Route 53 group for clients of one region, in the order in which they are tried: tiers of
 * equals, the best first. Sources: README.md beside this file.
 */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { biasedDistance, distanceKm } from '../../steering/distance.ts';
import { longestMatch } from '../../steering/networks.ts';
import { candidateRegion, placeOf, sameTerritory, territoriesOf } from '../../steering/places.ts';
import { type Tier, tiersByRank } from '../../steering/tier-decider.ts';
import type { Route53Rule } from './rule.ts';

/** No tiers: the group has no record for clients there, which is NODATA. */
export function tiersFor(policy: PolicySpec, region: number, spec: WorldSpec): readonly Tier[] {
  return tiersByRank(policy.candidates.length, rankFor(policy, region, spec));
}

type Rank = (candidate: number) => number;

function rankFor(policy: PolicySpec, region: number, spec: WorldSpec): Rank {
  const { routing, records, negativeBias, overlap } = policy.rule as Route53Rule;
  const there = (one: number): number => candidateRegion(policy, one, spec);
  switch (routing) {
    case 'simple':
    case 'multivalue':
      return () => 0;
    case 'weighted':
      return (one) => (records[one]!.weight === 0 ? 1 : 0);
    case 'failover':
      return (one) => (records[one]!.role === 'primary' ? 0 : 1);
    case 'latency':
      return (one) => spec.network.roundTrip[region]![there(one)]!;
    case 'geoproximity':
      return (one) => {
        const km = distanceKm(placeOf(spec, region), placeOf(spec, there(one)));
        return km === undefined ? UNKNOWN_KM : biasedDistance(km, records[one]!.bias ?? 0, negativeBias);
      };
    case 'geolocation': {
      const ladder = territoriesOf(placeOf(spec, region));
      return (one) => {
        const step = ladder.findIndex((rung) => sameTerritory(rung, records[one]!.territory!));
        return step < 0 ? Number.POSITIVE_INFINITY : step;
      };
    }
    case 'ip': {
      const networks = placeOf(spec, region)?.networks ?? [];
      return (one) => blockRank(records[one]!.blocks ?? [], networks, overlap === 'first' ? one : undefined);
    }
  }
}

/** Farther than any two places on Earth: what lies nowhere known comes last. */
const UNKNOWN_KM = 1e6;
/** More than any prefix is long and any group has records. */
const LAST = 1000;

/** @param place of the record in its group, where the first match wins and not the longest */
function blockRank(
  blocks: readonly string[],
  networks: readonly string[],
  place: number | undefined,
): number {
  if (blocks.length === 0) return LAST;
  const length = longestMatch(blocks, networks);
  if (length < 0) return Number.POSITIVE_INFINITY;
  return place ?? LAST - 1 - length;
}
