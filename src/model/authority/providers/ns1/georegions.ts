/**
 * The rough places that NS1's filters know: its seven georegions, and where countries lie.
 *
 * NS1 names the georegions and no borders. Assumptions: North America is cut at 90° and 110° west, Canada and Mexico
 * included; Asia and Oceania are ASIAPAC; the middle of a georegion is a large city in it. A country lies where the
 * scenario has a region in it, else where a region that is widely known by name stands.
 */
import { KNOWN_PLACES } from '../../../../profiles/places.ts';
import type { PlaceSpec, WorldSpec } from '../../../spec.ts';
import { distanceKm } from '../../steering/distance.ts';
import type { Georegion } from './rule.ts';

const at = (latitude: number, longitude: number): PlaceSpec => ({ latitude, longitude, networks: [] });

const MIDDLES: Readonly<Record<Georegion, PlaceSpec>> = {
  'US-EAST': at(40.7, -74.0),
  'US-CENTRAL': at(32.8, -96.8),
  'US-WEST': at(37.4, -122.0),
  EUROPE: at(50.1, 8.7),
  ASIAPAC: at(22.3, 114.2),
  'SOUTH-AMERICA': at(-23.5, -46.6),
  AFRICA: at(-1.3, 36.8),
};

const BY_CONTINENT: Readonly<Record<string, Georegion>> = {
  EU: 'EUROPE',
  AS: 'ASIAPAC',
  OC: 'ASIAPAC',
  SA: 'SOUTH-AMERICA',
  AF: 'AFRICA',
};

const EAST_OF = -90;
const WEST_OF = -110;

/** The georegion a place lies in; nothing where nobody knows. */
export function georegionOf(place: PlaceSpec | undefined): Georegion | undefined {
  const { continent, longitude } = place ?? {};
  if (continent !== 'NA') return BY_CONTINENT[continent ?? ''];
  if (longitude === undefined) return undefined;
  if (longitude >= EAST_OF) return 'US-EAST';
  return longitude <= WEST_OF ? 'US-WEST' : 'US-CENTRAL';
}

/** Kilometres from a place to the middle of a georegion. */
export function kmToGeoregion(place: PlaceSpec | undefined, georegion: string): number | undefined {
  return distanceKm(place, MIDDLES[georegion as Georegion]);
}

/** Kilometres from a place to a country, roughly. */
export function kmToCountry(
  place: PlaceSpec | undefined,
  country: string,
  { network }: WorldSpec,
): number | undefined {
  const inside = (one: { readonly country?: string }): boolean => one.country === country;
  const there = network.places?.find(inside) ?? Object.values(KNOWN_PLACES).find(inside);
  return there && distanceKm(place, { ...there, networks: [] });
}
