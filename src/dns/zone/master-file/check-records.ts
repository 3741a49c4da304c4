/** Records to RRsets, and the rules that hold between the records of one name. */
import type { Place } from '../../../base/issue.ts';
import { isSubdomain, type Name, parent } from '../../data/name.ts';
import { makeRRset, type RRset } from '../../data/rrset.ts';
import { CNAME, DNAME, DS, NS, NSEC, NSEC3, RRSIG, type RrType, SOA, typeToText } from '../../data/rrtype.ts';
import type { IssueLog } from './issue-log.ts';
import type { PlacedRecord } from './record.ts';

/** An RRset and where its first record stands. */
export interface PlacedRRset {
  readonly rrset: RRset;
  readonly place: Place;
}

/** Types that may stand where a CNAME is: itself, its signature and its NSEC (RFC 4035 §2.5). */
const BESIDE_CNAME: readonly RrType[] = [CNAME, RRSIG, NSEC];
/** Types of which a name holds one record (RFC 2181 §10.1, RFC 1034 §4.2.1, RFC 6672 §2.4). */
const SINGLE: readonly RrType[] = [SOA, CNAME, DNAME];

/** @returns the apex and its RRsets; `undefined` when no apex can be told */
export function checkRecords(
  records: readonly PlacedRecord[],
  given: Name | undefined,
  log: IssueLog,
): { origin: Name; sets: PlacedRRset[] } | undefined {
  const origin = given ?? records.find(({ type }) => type === SOA)?.name;
  if (origin === undefined) {
    if (!log.hasErrors()) noSoa(log);
    return undefined;
  }
  // What seems missing may stand in an entry that could not be read.
  const readWell = !log.hasErrors();
  const inside = records.filter((record) => isInZone(record, origin, log));
  const byName = groupByName(inside);
  const sets: PlacedRRset[] = [];
  for (const types of byName.values()) {
    for (const group of types.values()) sets.push(rrsetOf(group, log));
    checkName(types, origin, log);
  }
  if (readWell) checkApex(byName.get(origin), log);
  checkBelowDname(byName, log);
  return { origin, sets };
}

type ByType = Map<RrType, PlacedRecord[]>;

function groupByName(records: readonly PlacedRecord[]): Map<Name, ByType> {
  const byName = new Map<Name, ByType>();
  for (const record of records) {
    const types: ByType = byName.get(record.name) ?? new Map();
    if (types.size === 0) byName.set(record.name, types);
    const group = types.get(record.type);
    if (group === undefined) types.set(record.type, [record]);
    else group.push(record);
  }
  return byName;
}

function isInZone({ name, place }: PlacedRecord, origin: Name, log: IssueLog): boolean {
  if (isSubdomain(name, origin)) return true;
  const hint = 'a name without a final dot is relative to the origin';
  log.warn('out-of-zone', `${name} lies outside the zone ${origin} and is left out`, { place, hint });
  return false;
}

function rrsetOf(group: readonly PlacedRecord[], log: IssueLog): PlacedRRset {
  const { name, type, ttl, place, rdata } = group[0]!;
  if (group.length === 1) return { rrset: { name, type, ttl, rdata: [rdata] }, place };
  const least = group.reduce((smallest, record) => Math.min(smallest, record.ttl), ttl);
  // Signatures of one name share the type RRSIG but not an RRset's TTL (RFC 4034 §3).
  const odd = type === RRSIG ? undefined : group.find((record) => record.ttl !== ttl);
  if (odd) {
    const message = `the records of ${name} ${typeToText(type)} differ in TTL; the smallest, ${least}, is used`;
    log.warn('differing-ttl', message, { place: odd.place, hint: 'an RRset has one TTL (RFC 2181 §5.2)' });
  }
  const seen = new Set<string>();
  for (const record of group) {
    if (seen.has(record.rdata.text)) {
      log.warn('duplicate-record', `${name} ${typeToText(type)} stands here again`, { place: record.place });
    }
    seen.add(record.rdata.text);
  }
  const all = group.map((record) => record.rdata);
  return { rrset: makeRRset(name, type, least, all), place };
}

function checkName(types: ByType, origin: Name, log: IssueLog): void {
  for (const single of SINGLE) checkSingle(types.get(single), log);
  checkAlias(types, log);
  const soa = types.get(SOA)?.[0];
  if (soa && soa.name !== origin) {
    const message = `the SOA of ${soa.name} does not stand at the apex ${origin}`;
    log.error('soa-not-at-apex', message, { place: soa.place, hint: 'a zone has one SOA, at its apex' });
  }
  if (soa?.rdata.kind === 'soa' && soa.rdata.rname.includes('@')) {
    const hint = 'write the mailbox hostmaster@example.com as the name hostmaster.example.com.';
    log.warn('mailbox-with-at', `the mailbox ${soa.rdata.rname} contains an @`, { place: soa.place, hint });
  }
  const dname = types.get(DNAME)?.[0];
  if (dname && dname.name !== origin && types.has(NS)) {
    const message = `${dname.name} has a DNAME at a zone cut (RFC 6672 §2.3)`;
    log.error('dname-at-cut', message, { place: dname.place });
  }
  const ds = types.get(DS)?.[0];
  if (ds && ds.name === origin) {
    log.warn('ds-at-apex', 'a DS at the apex is never found: it belongs into the parent zone', {
      place: ds.place,
    });
  }
}

function checkSingle(group: readonly PlacedRecord[] | undefined, log: IssueLog): void {
  const other = group?.find(({ rdata }) => rdata.text !== group[0]!.rdata.text);
  if (other === undefined) return;
  log.error('several-records', `${other.name} has more than one ${typeToText(other.type)}`, {
    place: other.place,
  });
}

/** RFC 1034 §3.6.2, RFC 2181 §10.1. */
function checkAlias(types: ByType, log: IssueLog): void {
  const cname = types.get(CNAME)?.[0];
  if (cname === undefined) return;
  const beside = [...types.keys()].filter((type) => !BESIDE_CNAME.includes(type));
  if (beside.length === 0) return;
  const others = beside.map(typeToText).join(', ');
  const hint = 'an alias can have no other data; at an apex use the address itself, or HTTPS in alias mode';
  log.error('cname-beside-data', `${cname.name} has a CNAME beside ${others}`, { place: cname.place, hint });
}

function checkApex(types: ByType | undefined, log: IssueLog): void {
  if (!types?.has(SOA)) noSoa(log);
  else if (!types.has(NS)) {
    const place = types.get(SOA)![0]!.place;
    log.error('no-ns', 'the zone names no name servers', { place, hint: 'add NS records at the apex' });
  }
}

function noSoa(log: IssueLog): void {
  const hint = 'add: @ SOA ns1 hostmaster 1 1h 15m 1w 5m';
  log.error('no-soa', 'the zone has no SOA record at its apex', { hint });
}

/** RFC 6672 §2.4: nothing may stand below a DNAME. NSEC3 names are the exception below an apex (§5.3.4.1). */
function checkBelowDname(byName: ReadonlyMap<Name, ByType>, log: IssueLog): void {
  const owners = new Set([...byName].filter(([, types]) => types.has(DNAME)).map(([name]) => name));
  if (owners.size === 0) return;
  for (const [name, types] of byName) {
    const record = [...types.values()].flat().find(({ type }) => type !== NSEC3 && type !== RRSIG);
    const above = record && closestAbove(name, owners);
    if (!above) continue;
    const message = `${name} stands below the DNAME at ${above}, where nothing can be found`;
    log.error('below-dname', message, { place: record.place });
  }
}

function closestAbove(name: Name, owners: ReadonlySet<Name>): Name | undefined {
  for (let at = parent(name); at !== undefined; at = parent(at)) {
    if (owners.has(at)) return at;
  }
  return undefined;
}
