/** Zone data before and after: operators' changes, and the emptied copy a broken server may hold. */
import { NS, SOA } from '../../dns/data/rrtype.ts';
import { Zone } from '../../dns/zone/zone.ts';
import type { ZoneChangeSpec } from '../spec.ts';

/** The zone after a change: removals first, so that a change can move a name. */
export function changedZone(zone: Zone, { put, remove }: ZoneChangeSpec): Zone {
  const rest = remove.reduce((left, { name, type }) => left.without(name, type), zone);
  return put.length === 0 ? rest : rest.with(...put);
}

/**
 * The zone with nothing but SOA and NS at its apex: every other name is NXDOMAIN, with authority. So one of
 * four servers of database.windows.net behaved on 2019-05-02 (Azure status history of that day). Where the zone is
 * signed, so is its emptiness: resolvers that deny by proofs then deny every name.
 */
export function emptiedZone(zone: Zone): Zone {
  const apex = [SOA, NS].flatMap((type) => zone.get(zone.origin, type) ?? []);
  return Zone.of(zone.origin, apex).signed(zone.signing);
}
