/** Zones to master-file text that reads back to the same zone. */
import { compareNames } from '../data/name.ts';
import { formatRRset } from '../data/presentation.ts';
import type { RRset } from '../data/rrset.ts';
import { SOA } from '../data/rrtype.ts';
import type { Zone } from './zone.ts';

/** SOA first, then by owner name in canonical order (RFC 4034 §6.1) and by type number; every TTL in full. */
export function writeMasterFile(zone: Zone): string {
  const sorted = [...zone.rrsets()].sort((a, b) => compareNames(a.name, b.name) || rank(a) - rank(b));
  const lines = [`$ORIGIN ${zone.origin}`, ...sorted.flatMap((rrset) => formatRRset(rrset, zone.origin))];
  return `${lines.join('\n')}\n`;
}

function rank({ type }: RRset): number {
  return type === SOA ? 0 : type;
}
