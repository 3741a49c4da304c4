/** Where regions lie: as written, or as their names tell. */
import type { PlaceSpec } from '../../model/spec.ts';
import { KNOWN_PLACES } from '../../profiles/places.ts';
import type { Ledger } from '../effective.ts';
import type { NetworkDoc, RegionDoc } from '../schema/network.ts';

/** The place of each region, in their order. */
export function buildPlaces(
  names: readonly string[],
  regions: NetworkDoc['regions'],
  ledger: Ledger,
): readonly PlaceSpec[] {
  const docs = (Array.isArray(regions) ? {} : (regions ?? {})) as Readonly<Record<string, RegionDoc>>;
  return names.map((name) => buildPlace(name, docs[name] ?? {}, ledger));
}

/** What is written replaces what the name tells, whole: half of each would lie nowhere. */
function buildPlace(name: string, doc: RegionDoc, ledger: Ledger): PlaceSpec {
  const { continent, country, state, latitude, longitude, networks = [], asns } = doc;
  const clients = { ...(asns === undefined ? {} : { asns }), networks };
  const isWritten = [continent, country, state, latitude, longitude].some((one) => one !== undefined);
  if (isWritten) {
    return {
      ...(continent === undefined ? {} : { continent }),
      ...(country === undefined ? {} : { country }),
      ...(state === undefined ? {} : { subdivision: state }),
      ...(latitude === undefined ? {} : { latitude }),
      ...(longitude === undefined ? {} : { longitude }),
      ...clients,
    };
  }
  const known = KNOWN_PLACES[name];
  if (!known) return clients;
  const at = `${known.latitude}, ${known.longitude}`;
  const codes = [known.continent, known.country, known.subdivision].filter((one) => one !== undefined);
  ledger.note(['network', 'regions', name, 'place'], `${codes.join(' ')} (${at})`, {
    kind: 'derived',
    why: 'the name of the region',
  });
  return { ...known, ...clients };
}
