/**
 * Where a query is taken to come from, and rules by place: from the smallest region to the world.
 *
 * Not modelled: errors of the tables that map addresses to places (a few per cent of addresses by country).
 */
import type { PlaceSpec, PolicySpec, WorldSpec } from '../../spec.ts';
import type { PolicyQuery } from '../provider.ts';

/** The region an answer is made for: the client's where the resolver sends it (RFC 7871), else the resolver's. */
export function regionOf({ clientRegion, region }: PolicyQuery): number {
  return clientRegion ?? region;
}

/** A part of the world that a rule names. `world` matches every query. */
export interface Territory {
  readonly level: 'subdivision' | 'country' | 'continent' | 'world';
  /** `US-VA` (ISO 3166-2), `US` (ISO 3166-1), `NA` (AF, AN, AS, EU, NA, OC, SA), empty for the world. */
  readonly code: string;
}

const LEVELS = ['subdivision', 'country', 'continent', 'world'] as const;

/** The territories a place lies in, from the smallest up; only the world for a place nobody knows. */
export function territoriesOf(place: PlaceSpec | undefined): readonly Territory[] {
  const { subdivision, country, continent } = place ?? {};
  const codes: Record<Territory['level'], string | undefined> = {
    subdivision: country && subdivision && `${country}-${subdivision}`,
    country,
    continent,
    world: '',
  };
  return LEVELS.flatMap((level) => {
    const code = codes[level];
    return code === undefined ? [] : [{ level, code }];
  });
}

export function sameTerritory(a: Territory, b: Territory): boolean {
  return a.level === b.level && a.code === b.code;
}

export function placeOf({ network }: WorldSpec, region: number): PlaceSpec | undefined {
  return network.places?.[region];
}

/** Where a candidate stands: as it says, or as its first endpoint does, or in the first region. */
export function candidateRegion(policy: PolicySpec, candidate: number, { endpoints }: WorldSpec): number {
  const { region, data } = policy.candidates[candidate]!;
  const first = data.kind === 'endpoints' ? data.endpoints[0] : undefined;
  return region ?? (first === undefined ? 0 : endpoints[first]!.region);
}
