/** How a generic rule arranges its candidates for a client of one region: tiers of equals, the best first. */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { biasedDistance, distanceKm } from '../../steering/distance.ts';
import { longestMatch } from '../../steering/networks.ts';
import { candidateRegion, placeOf, sameTerritory, territoriesOf } from '../../steering/places.ts';
import { type Tier, tiersByRank } from '../../steering/tier-decider.ts';
import type { Arrangement, GenericRule } from './rule.ts';

/** The tiers for clients of `region`; none when the rule leads nowhere from there. */
export function tiersFor(policy: PolicySpec, region: number, spec: WorldSpec): readonly Tier[] {
  const { arrange, weights } = policy.rule as GenericRule;
  const all = policy.candidates.map((_, at) => at);
  if (arrange.kind === 'listed') return all.map((one) => [one]);
  if (arrange.kind === 'together') {
    const isSpare = (one: number): boolean => weights?.[one] === 0;
    return [all.filter((one) => !isSpare(one)), all.filter(isSpare)].filter((tier) => tier.length > 0);
  }
  const tiers = tiersByRank(all.length, (one) => rankOf(arrange, policy, one, region, spec));
  return 'climb' in arrange && !arrange.climb ? tiers.slice(0, 1) : tiers;
}

function rankOf(
  arrange: Exclude<Arrangement, { kind: 'listed' | 'together' }>,
  policy: PolicySpec,
  candidate: number,
  region: number,
  spec: WorldSpec,
): number {
  const there = candidateRegion(policy, candidate, spec);
  switch (arrange.kind) {
    case 'latency':
      return spec.network.roundTrip[region]![there]!;
    case 'distance': {
      const km = distanceKm(placeOf(spec, region), placeOf(spec, there));
      return km === undefined ? UNKNOWN_KM : biasedDistance(km, arrange.biases[candidate]!, 'divided');
    }
    case 'territory': {
      const ladder = territoriesOf(placeOf(spec, region));
      const mine = arrange.territories[candidate]!;
      const step = ladder.findIndex((rung) => mine.some((one) => sameTerritory(rung, one)));
      return step < 0 ? Number.POSITIVE_INFINITY : step;
    }
    case 'network':
      return matchRank(arrange.blocks[candidate]!, placeOf(spec, region)?.networks ?? []);
    case 'region': {
      const mine = arrange.regions[candidate]!;
      if (mine.length === 0) return 1;
      return mine.includes(region) ? 0 : Number.POSITIVE_INFINITY;
    }
  }
}

/** Farther than any two places on Earth: what lies nowhere known comes last. */
const UNKNOWN_KM = 1e6;

function matchRank(blocks: readonly string[], networks: readonly string[]): number {
  if (blocks.length === 0) return LONGEST_PREFIX + 1;
  const length = longestMatch(blocks, networks);
  return length < 0 ? Number.POSITIVE_INFINITY : LONGEST_PREFIX - length;
}

const LONGEST_PREFIX = 128;
