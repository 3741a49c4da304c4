/**
 * Aliases that lead out of a private zone and are not followed there: the CNAME is all the answer (Cloud DNS, CNAME
 * chasing, August 2025: the target is looked for in private zones alone).
 *
 * Not modelled: the other direction, where the target of an alias from public DNS is looked for in public though a private
 * zone holds it; one cache cannot hold both.
 */
import { type Name, parent, ROOT } from '../../data/name.ts';
import type { ConfiguredZone } from '../options.ts';
import type { Core } from '../state.ts';

/** Whether the alias is the end of the chain. */
export function endsAtAlias(core: Core, owner: Name, target: Name): boolean {
  const { configuredZones } = core.options;
  if (core.responsePolicy?.answers(owner)) return false;
  if (!closestZone(configuredZones, owner)?.confinesAliases) return false;
  const reached = closestZone(configuredZones, target);
  return reached === undefined || reached.zone === ROOT || reached.mode === 'iterate';
}

function closestZone(zones: readonly ConfiguredZone[], name: Name): ConfiguredZone | undefined {
  for (let above: Name | undefined = name; above !== undefined; above = parent(above)) {
    const found = zones.find(({ zone }) => zone === above);
    if (found) return found;
  }
  return undefined;
}
