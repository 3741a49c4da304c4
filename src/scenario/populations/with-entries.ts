/** A document with more entries in one of its parts. */
import type { MapEntry, MapNode } from '../document/tree.ts';

/** The document with the entries at the end of a part, or in place of those of the same name. */
export function withEntries(tree: MapNode, part: string, added: ReadonlyMap<string, MapEntry>): MapNode {
  const before = tree.entries.get(part);
  const first = [...added.values()][0]!;
  const map: MapNode =
    before?.node.kind === 'map'
      ? before.node
      : { kind: 'map', place: first.keyPlace, origin: first.node.origin, entries: new Map() };
  const node: MapNode = { ...map, entries: new Map([...map.entries, ...added]) };
  const keyPlace = before?.keyPlace ?? first.keyPlace;
  return { ...tree, entries: new Map([...tree.entries, [part, { keyPlace, node }]]) };
}
