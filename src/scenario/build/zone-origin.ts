/** Which listed zone a name belongs to, before zones are complete. */
import { isSubdomain, type Name, ROOT } from '../../dns/data/name.ts';
import type { Draft } from './draft.ts';

/** Apex of the closest listed zone at or above the name; the root when there is none. */
export function zoneOriginOf({ zones }: Draft, name: Name): Name {
  const origins = zones.map(({ zone }) => zone.origin).filter((origin) => isSubdomain(name, origin));
  return origins.reduce((best, origin) => (origin.length > best.length ? origin : best), ROOT);
}
