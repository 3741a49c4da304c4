/** Distances on the globe, and the bias that geoproximity rules put on them. */
import type { PlaceSpec } from '../../spec.ts';

const EARTH_RADIUS_KM = 6371;
const RADIANS = Math.PI / 180;

/** Great-circle distance in km (haversine); `undefined` where a position is not known. */
export function distanceKm(a: PlaceSpec | undefined, b: PlaceSpec | undefined): number | undefined {
  const [latA, lonA, latB, lonB] = [a?.latitude, a?.longitude, b?.latitude, b?.longitude];
  if (latA === undefined || lonA === undefined || latB === undefined || lonB === undefined) return undefined;
  const half = (from: number, to: number): number => Math.sin(((to - from) * RADIANS) / 2) ** 2;
  const chord = half(latA, latB) + Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * half(lonA, lonB);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/**
 * A distance under a bias of −99 to 99. Positive: d·(1 − b/100). Negative, `divided`: d / (1 + b/100), as the
 * Route 53 Developer Guide had it in 2023; `multiplied`: d·(1 − b/100) for both signs, as later text reads.
 */
export function biasedDistance(km: number, bias: number, negative: 'divided' | 'multiplied'): number {
  return bias < 0 && negative === 'divided' ? km / (1 + bias / 100) : km * (1 - bias / 100);
}
