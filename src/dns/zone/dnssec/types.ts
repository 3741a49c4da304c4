/** Which types a proof of a zone lists at a name (RFC 4035 §2.3, RFC 5155 §7.1), and what it leaves to others. */
import type { Name } from '../../data/name.ts';
import type { RRset } from '../../data/rrset.ts';
import { A, AAAA, ALIAS, DS, LUA, NS, type RrType, typeFromText } from '../../data/rrtype.ts';
import type { Zone } from '../zone.ts';

/** Whether a name is the zone's own to tell: not below one of its cuts. */
export function isTold(zone: Zone, name: Name): boolean {
  return (zone.cutAbove(name)?.name ?? name) === name;
}

/** Whether a zone cut begins at the name. */
export function isCut(zone: Zone, name: Name): boolean {
  return name !== zone.origin && zone.get(name, NS) !== undefined;
}

/** Types with data at a name; at a zone cut, only what the parent side holds. */
export function heldTypes(zone: Zone, name: Name): readonly RrType[] {
  const rrsets = zone.node(name)?.rrsets ?? [];
  const cut = isCut(zone, name);
  return rrsets.filter(({ type }) => !cut || type === NS || type === DS).flatMap(typesOf);
}

/** Records that a server answers with data of other types stand for these. */
function typesOf({ type, rdata }: RRset): readonly RrType[] {
  if (type === ALIAS) return [A, AAAA];
  if (type !== LUA) return [type];
  return rdata.flatMap(({ text }) => typeFromText(text.split(' ', 1)[0]!) ?? []);
}

/** Without duplicates, in the order of a bit map (RFC 4034 §4.1.2). */
export function sortedTypes(types: readonly RrType[]): readonly RrType[] {
  return [...new Set(types)].sort((a, b) => a - b);
}
