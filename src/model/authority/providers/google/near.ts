/**
 * Which item of a geolocation policy is nearest to clients of a region. An item of that very region comes first, then
 * the others by distance, or by round trip where `nearest` says so or a position is not known. Cloud DNS does not say
 * how it measures; of equals the first listed is taken.
 */
import type { WorldSpec } from '../../../spec.ts';
import { distanceKm } from '../../steering/distance.ts';
import { placeOf } from '../../steering/places.ts';
import type { GeoItem, Nearest } from './rule.ts';

/** The items, nearest first. */
export function byNearness(
  items: readonly GeoItem[],
  region: number,
  nearest: Nearest,
  spec: WorldSpec,
): readonly GeoItem[] {
  const far = items.map((item) => distanceKm(placeOf(spec, region), placeOf(spec, item.region)));
  const isMapped = nearest === 'distance' && !far.includes(undefined);
  const ranked = items.map((item, at) => {
    const apart = isMapped ? far[at]! : spec.network.roundTrip[region]![item.region]!;
    return { item, at, rank: item.region === region ? -1 : apart };
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.at - b.at).map(({ item }) => item);
}
