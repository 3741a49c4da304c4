/**
 * `hosts` (CoreDNS 1.14 plugin/hosts/hosts.go ServeDNS): A, AAAA and PTR from entries. A name without entries is
 * NXDOMAIN without an SOA, so that nobody may keep it; PTR without one always goes on.
 */
import { reverseName } from '../../../../../dns/corefile/keys.ts';
import type { HostsPlugin } from '../../../../../dns/corefile/plugins.ts';
import { makeMessage } from '../../../../../dns/data/message.ts';
import { depth, isWildcard, type Name, parent } from '../../../../../dns/data/name.ts';
import type { Rdata } from '../../../../../dns/data/rdata.ts';
import { makeRRset, type RRset } from '../../../../../dns/data/rrset.ts';
import { A, AAAA, PTR, type RrType } from '../../../../../dns/data/rrtype.ts';
import { closest, error, type Handler, within } from '../handler.ts';

export const hosts: Handler<HostsPlugin> = ([statement], question, next) => {
  const { zones, fallthrough } = statement!;
  const table = tableOf(statement!);
  if (question.type === PTR) {
    const found = table.get(question.name)?.get(PTR);
    return found ? makeMessage(question, { authoritative: true, answer: [found] }) : next(question);
  }
  if (closest(zones, question.name) === undefined) return next(question);
  const known = table.get(question.name) ?? wildcardOf(table, question.name);
  if (!known) return within(fallthrough, question.name) ? next(question) : error(question, 'NXDOMAIN');
  const found = known.get(question.type);
  const answer = found ? [{ ...found, name: question.name }] : [];
  return makeMessage(question, { authoritative: true, answer });
};

type Table = ReadonlyMap<Name, ReadonlyMap<RrType, RRset>>;

const TABLES: WeakMap<HostsPlugin, Table> = new WeakMap();

function tableOf(statement: HostsPlugin): Table {
  const known = TABLES.get(statement);
  if (known) return known;
  const table = new Map<Name, Map<RrType, RRset>>();
  for (const { address, names } of statement.entries) {
    const rdata: Rdata = { kind: 'address', address, text: address };
    for (const name of names) {
      put(table, name, address.includes(':') ? AAAA : A, rdata, statement.ttl);
      const back = statement.reverse && !isWildcard(name) ? reverseName(address) : undefined;
      if (back) put(table, back, PTR, { kind: 'name', target: name, text: name }, statement.ttl);
    }
  }
  TABLES.set(statement, table);
  return table;
}

function put(
  table: Map<Name, Map<RrType, RRset>>,
  name: Name,
  type: RrType,
  rdata: Rdata,
  ttl: number,
): void {
  const sets = table.get(name) ?? new Map<RrType, RRset>();
  const before = sets.get(type)?.rdata ?? [];
  table.set(name, sets.set(type, makeRRset(name, type, ttl, [...before, rdata])));
}

/** One label below the name of an entry with `*`. */
function wildcardOf(table: Table, name: Name): ReadonlyMap<RrType, RRset> | undefined {
  const above = parent(name);
  return above === undefined || depth(above) === 0 ? undefined : table.get(`*.${above}` as Name);
}
