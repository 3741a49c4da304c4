/** A zone as lint looks at it: every record with its place, and the zone they make for look-ups. */
import type { Issue, Place } from '../../base/issue.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { gatherRRsets } from '../../dns/data/rrset.ts';
import { A, AAAA, CNAME, type RrType } from '../../dns/data/rrtype.ts';
import { find } from '../../dns/zone/find.ts';
import type { PlacedRecord } from '../../dns/zone/master-records.ts';
import { hostedZones, View } from '../../dns/zone/view.ts';
import { Zone } from '../../dns/zone/zone.ts';

export interface LintZone {
  readonly origin: Name;
  /** As written, those outside the zone left out. */
  readonly records: readonly PlacedRecord[];
  /** For look-ups: what is written, and in a scenario what is filled in. */
  readonly zone: Zone;
  /** Where the zone as a whole stands. */
  readonly place: Place;
  /** Problems its reader found in the records as a zone. */
  readonly issues: readonly Issue[];
  /** Whether only some resolvers see it. */
  readonly isPrivate: boolean;
  /** Position among the zones of the scenario; absent: a master file by itself. */
  readonly index?: number;
}

export function makeZone(parts: Omit<LintZone, 'zone'>, known?: Zone): LintZone {
  const records = parts.records.filter(({ name }) => isSubdomain(name, parts.origin));
  return { ...parts, records, zone: known ?? Zone.of(parts.origin, gatherRRsets(records)) };
}

/** Records of one name and type, with the place of the first. */
export interface PlacedSet {
  readonly name: Name;
  readonly type: RrType;
  /** The smallest: an RRset has one (RFC 2181 §5.2). */
  readonly ttl: number;
  readonly place: Place;
  readonly records: readonly PlacedRecord[];
}

/** The records as RRsets, in the order of the text. */
export function setsOf({ records }: LintZone, ...types: readonly RrType[]): PlacedSet[] {
  const groups = new Map<string, PlacedRecord[]>();
  for (const record of records) {
    if (types.length > 0 && !types.includes(record.type)) continue;
    const key = `${record.type} ${record.name}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()].map((group) => {
    const { name, type, place } = group[0]!;
    const ttl = group.reduce((least, record) => Math.min(least, record.ttl), group[0]!.ttl);
    return { name, type, ttl, place, records: group };
  });
}

/** Records of these types, in the order of the text. */
export function recordsOf({ records }: LintZone, ...types: readonly RrType[]): PlacedRecord[] {
  return records.filter(({ type }) => types.includes(type));
}

/** What a name that records lead to is: an alias, a host with an address, or nothing of the kind. */
export type TargetState = 'outside' | 'address' | 'alias' | 'no-address' | 'absent' | 'delegated';

/** Looks a host up in the zone itself. */
export function targetState({ zone, origin }: LintZone, target: Name): TargetState {
  if (!isSubdomain(target, origin)) return 'outside';
  const view = new View(hostedZones([zone]), undefined);
  const found = find(view, zone, target, A);
  if (found.kind === 'cut') return zone.get(target, A) || zone.get(target, AAAA) ? 'address' : 'delegated';
  if (found.kind === 'dname') return 'alias';
  if (found.kind === 'absent') return 'absent';
  const has = (type: RrType): boolean => zone.get(found.owner, type) !== undefined;
  if (has(CNAME)) return 'alias';
  return has(A) || has(AAAA) || madeByServer(zone, found.owner) ? 'address' : 'no-address';
}

/** ALIAS and LUA of PowerDNS: the server itself finds the address. */
function madeByServer(zone: Zone, name: Name): boolean {
  return zone.get(name, 65_401) !== undefined || zone.get(name, 65_402) !== undefined;
}

/** A name for people: without the final dot. */
export function plain(name: Name): string {
  return name === '.' ? name : name.slice(0, -1);
}

/** Names in a sentence: up to three, and how many more. */
export function listed(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join(', ') + more;
}
