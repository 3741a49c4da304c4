/**
 * Names that a configured zone denies and the rest of the world may know: resolved once more as if no such zone were
 * configured (Azure private DNS, NxDomainRedirect).
 *
 * Not modelled: caching of the private zone's denial, so it is asked again for every look-up of its own.
 */
import { isSubdomain } from '../../data/name.ts';
import type { Core, Fetch } from '../state.ts';
import { moveTo } from '../task/fetch.ts';
import { noteRedirect } from './notes.ts';

/** Leaves the zone whose servers have just said NXDOMAIN, where it is configured so. @returns whether it was */
export function leaveDenyingZone(core: Core, fetch: Fetch): boolean {
  const { zone, origin } = fetch.cut!;
  if (origin !== 'stub') return false;
  const { configuredZones } = core.options;
  const denying = configuredZones.find((one) => one.zone === zone && one.mode === 'stub');
  if (!denying?.redirects?.includes(fetch.type)) return false;
  const around = configuredZones.filter((one) => one.mode === 'stub' && isSubdomain(fetch.name, one.zone));
  fetch.skipped.push(...around.map((one) => one.zone));
  fetch.revealedDepth = 0;
  noteRedirect(core, fetch, zone);
  moveTo(fetch, undefined);
  return true;
}
