/** `network:` to delays and losses between regions. */

import type { Micros } from '../../base/time.ts';
import type { NetworkSpec } from '../../model/spec.ts';
import { DEFAULTS, IMPLIED } from '../defaults.ts';
import type { Ledger } from '../effective.ts';
import { durationKind, numberKind, shareKind, textKind } from '../kinds.ts';
import type { NetworkDoc } from '../schema/network.ts';
import { buildPlaces } from './places.ts';

const { network: defaults } = DEFAULTS;
const duration = durationKind();

export function buildNetwork(doc: NetworkDoc | undefined, ledger: Ledger): NetworkSpec {
  const written = doc ?? {};
  const names = regionNames(written.regions);
  if (written.regions) for (const [index, name] of names.entries()) noteRegion(ledger, written, name, index);
  else
    ledger.note(['network', 'regions'], IMPLIED.region, {
      kind: 'derived',
      why: 'no regions are listed: one stands for all',
    });
  const settle = (key: 'inside' | 'between' | 'stub'): Micros =>
    ledger.settle(['network', key], written[key], duration, defaults[key]);
  return {
    regions: names,
    roundTrip: roundTrips(names, written, settle('inside'), settle('between'), ledger),
    spread: ledger.settle(['network', 'spread'], written.spread, numberKind(1), defaults.spread),
    loss: ledger.settle(['network', 'loss'], written.loss, shareKind, defaults.loss),
    stubRoundTrip: settle('stub'),
    places: buildPlaces(names, written.regions, ledger),
  };
}

/** Names of the regions of a document; one, `world`, when none is listed. */
export function regionNames(regions: NetworkDoc['regions']): readonly string[] {
  if (regions === undefined) return [IMPLIED.region];
  return Array.isArray(regions) ? regions : Object.keys(regions);
}

function noteRegion(ledger: Ledger, { regions }: NetworkDoc, name: string, index: number): void {
  if (Array.isArray(regions)) ledger.written(['network', 'regions', index], name, textKind);
}

function roundTrips(
  names: readonly string[],
  doc: NetworkDoc,
  inside: Micros,
  between: Micros,
  ledger: Ledger,
): Micros[][] {
  const matrix = names.map((_, row) => names.map((__, column) => (row === column ? inside : between)));
  if (doc.regions && !Array.isArray(doc.regions)) {
    for (const [index, [name, region]] of Object.entries(doc.regions).entries()) {
      const path = ['network', 'regions', name, 'inside'];
      matrix[index]![index] = ledger.derive(path, region.inside, duration, inside, 'as network.inside');
    }
  }
  for (const [pair, roundTrip] of Object.entries(doc['round-trips'] ?? {})) {
    const [from, to] = pair.split('/').map((name) => names.indexOf(name.trim())) as [number, number];
    ledger.written(['network', 'round-trips', pair], roundTrip, duration);
    matrix[from]![to] = roundTrip;
    matrix[to]![from] = roundTrip;
  }
  return matrix;
}
