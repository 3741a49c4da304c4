/**
 * Filters by the requester's place and network. Those that target sort by distance and remove nothing; those that
 * fence remove what lies elsewhere, and keep what says nothing unless told to.
 */
import { distanceKm } from '../../../steering/distance.ts';
import { longestMatch } from '../../../steering/networks.ts';
import { georegionOf, kmToCountry, kmToGeoregion } from '../georegions.ts';
import { type Filter, type FilterView, simple, sortedBy } from './filter.ts';

/** Farther than any two places on Earth: what lies nowhere known comes last (an assumption). */
const UNKNOWN_KM = 1e6;

function targeting(about: string, kmTo: (item: number, view: FilterView) => number): Filter {
  const filter = simple('sorts', about, (items, _, view) => sortedBy(items, (item) => kmTo(item, view)));
  return { ...filter, isScoped: true };
}

/** The nearest of several distances; unknown ones last. */
function nearest(distances: readonly (number | undefined)[]): number {
  return Math.min(UNKNOWN_KM, ...distances.map((km) => km ?? UNKNOWN_KM));
}

export const GEOTARGET_COUNTRY: Filter = targeting(
  'sorts by distance to the country or state',
  (item, view) => {
    const tags = tagsOf(item, view);
    const match = matchOf(tags, view);
    // A state that matches lies nearer than its country, and a country than any other.
    if (match !== 'none') return match === 'state' ? -2 : -1;
    const countries = [
      ...tags.countries,
      ...(tags.states.length > 0 ? ['US'] : []),
      ...(tags.provinces.length > 0 ? ['CA'] : []),
    ];
    return nearest(countries.map((country) => kmToCountry(view.place, country, view.spec)));
  },
);

export const GEOTARGET_REGIONAL: Filter = targeting('sorts by distance to the georegion', (item, view) => {
  const georegions = view.metadata.list(item, 'georegion');
  const own = georegionOf(view.place);
  if (own !== undefined && georegions.includes(own)) return -1;
  return nearest(georegions.map((georegion) => kmToGeoregion(view.place, georegion)));
});

export const GEOTARGET_LATLONG: Filter = targeting('sorts by distance', (item, { metadata, place }) => {
  const latitude = metadata.number(item, 'latitude');
  const longitude = metadata.number(item, 'longitude');
  if (latitude === undefined || longitude === undefined) return UNKNOWN_KM;
  return nearest([distanceKm(place, { latitude, longitude, networks: [] })]);
});

type Verdict = 'inside' | 'outside' | 'untagged';

function fencing(about: string, judge: (item: number, view: FilterView) => Verdict): Filter {
  const filter = simple('removes', about, (items, { removeUntagged = false }, view) => {
    const judged = items.map((item) => ({ item, verdict: judge(item, view) }));
    const matched = judged.some(({ verdict }) => verdict === 'inside');
    const kept = judged.filter(
      ({ verdict }) => verdict === 'inside' || (verdict === 'untagged' && !(matched && removeUntagged)),
    );
    return kept.map(({ item }) => item);
  });
  return { ...filter, isScoped: true };
}

export const GEOFENCE_COUNTRY: Filter = fencing(
  'removes answers for other countries or states',
  (item, view) => {
    const tags = tagsOf(item, view);
    if (tags.countries.length + tags.states.length + tags.provinces.length === 0) return 'untagged';
    return matchOf(tags, view) === 'none' ? 'outside' : 'inside';
  },
);

export const GEOFENCE_REGIONAL: Filter = fencing('removes answers for other georegions', (item, view) => {
  const georegions = view.metadata.list(item, 'georegion');
  if (georegions.length === 0) return 'untagged';
  const own = georegionOf(view.place);
  return own !== undefined && georegions.includes(own) ? 'inside' : 'outside';
});

export const NETFENCE_ASN: Filter = fencing(
  'removes answers for other networks (AS)',
  (item, { metadata, place }) => {
    const wanted = metadata.list(item, 'asn').map(Number);
    if (wanted.length === 0) return 'untagged';
    return (place?.asns ?? []).some((asn) => wanted.includes(asn)) ? 'inside' : 'outside';
  },
);

export const NETFENCE_PREFIX: Filter = fencing(
  'removes answers for other networks (prefix)',
  (item, { metadata, place }) => {
    const prefixes = metadata.list(item, 'ip_prefixes');
    if (prefixes.length === 0) return 'untagged';
    return longestMatch(prefixes, place?.networks ?? []) >= 0 ? 'inside' : 'outside';
  },
);

interface Tags {
  readonly countries: readonly string[];
  readonly states: readonly string[];
  readonly provinces: readonly string[];
}

function tagsOf(item: number, { metadata }: FilterView): Tags {
  return {
    countries: metadata.list(item, 'country'),
    states: metadata.list(item, 'us_state'),
    provinces: metadata.list(item, 'ca_province'),
  };
}

/** The smallest place that matches: where states are named, the country alone is no match in that country. */
function matchOf(
  { countries, states, provinces }: Tags,
  { place }: FilterView,
): 'state' | 'country' | 'none' {
  const { country, subdivision } = place ?? {};
  if (country === undefined) return 'none';
  const within = country === 'US' ? states : country === 'CA' ? provinces : [];
  if (within.length > 0) return subdivision !== undefined && within.includes(subdivision) ? 'state' : 'none';
  return countries.includes(country) ? 'country' : 'none';
}
