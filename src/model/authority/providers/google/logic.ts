/**
 * How Google Cloud DNS decides: weighted round robin, geolocation (fenced or not) and failover with a backup policy
 * (Cloud DNS, routing policies overview). Health is a stored state, not a check made at query time.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { PolicyLogic, Surroundings } from '../../policy-logic.ts';
import { OfferDecider } from './decider.ts';
import { type Alive, aliveIn } from './health.ts';
import { byNearness } from './near.ts';
import { failoverOffers, geoOffer, isByPlace, type Offer, weightedOffers } from './offer.ts';
import type { GeoItem, GeoPolicy, GoogleRule } from './rule.ts';

export const GOOGLE_LOGIC: PolicyLogic = {
  prepare(policy, surroundings) {
    const { shuffle } = policy.rule as GoogleRule;
    const alive = aliveIn(policy, surroundings);
    const offersIn = (region: number): readonly Offer[] => offersFor(policy, region, alive, surroundings);
    return new OfferDecider(policy, surroundings.spec, offersIn, shuffle);
  },
  isScoped: ({ rule }) => isByPlace(rule as GoogleRule),
};

function offersFor(
  policy: PolicySpec,
  region: number,
  alive: Alive,
  { spec }: Surroundings,
): readonly Offer[] {
  const { routing, nearest } = policy.rule as GoogleRule;
  if (routing.kind === 'wrr') return weightedOffers(routing.items, alive);
  const labelOf = ({ addresses }: GeoItem): string =>
    addresses.map((one) => policy.candidates[one]!.label).join(' and ');
  const nearby = ({ items, fenced }: GeoPolicy): Omit<Offer, 'weight'> =>
    geoOffer(byNearness(items, region, nearest, spec), fenced, alive, labelOf);
  if (routing.kind === 'geo') return [{ ...nearby(routing), weight: 1 }];
  return failoverOffers(routing, alive, nearby(routing.backup));
}
