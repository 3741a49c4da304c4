/**
 * Additional section processing: addresses of the hosts that NS, MX (RFC 1035 §3.3), SRV (RFC 2782) and
 * SVCB/HTTPS (RFC 9460 §4.1) name, glue below zone cuts included (RFC 9471 §3.1).
 *
 * Not modelled: targets that are aliases themselves or exist by wildcard only; a resolver asks for these.
 */
import type { Name } from '../data/name.ts';
import type { Rdata } from '../data/rdata.ts';
import type { RRset } from '../data/rrset.ts';
import { A, AAAA, NS, type RrType } from '../data/rrtype.ts';
import type { View } from './view.ts';

const ADDRESS_TYPES: readonly RrType[] = [A, AAAA];

/** RRsets worth sending along with `rrsets`, none of them twice or already among `answered`. */
export function additionalFor(view: View, rrsets: readonly RRset[], answered: readonly RRset[]): RRset[] {
  const found: RRset[] = [];
  const add = (name: Name, type: RrType): void => {
    const zone = view.zoneOf(name);
    const rrset = zone && view.get(zone, name, type);
    if (rrset === undefined) return;
    const same = (other: RRset): boolean => other.type === type && other.name === name;
    if (!found.some(same) && !answered.some(same)) found.push(rrset);
  };
  for (const rrset of rrsets) {
    for (const rdata of rrset.rdata) {
      for (const [name, type] of related(rrset, rdata)) add(name, type);
    }
  }
  return found;
}

function related({ name, type }: RRset, rdata: Rdata): (readonly [Name, RrType])[] {
  switch (rdata.kind) {
    case 'name':
      return type === NS ? addressesOf(rdata.target) : [];
    case 'mx':
      return addressesOf(rdata.exchange);
    case 'srv':
      return addressesOf(rdata.target);
    case 'svcb':
      return rdata.priority === 0
        ? [[rdata.target, type], ...addressesOf(rdata.target)]
        : addressesOf(rdata.target === '.' ? name : rdata.target);
    default:
      return [];
  }
}

function addressesOf(name: Name): (readonly [Name, RrType])[] {
  return ADDRESS_TYPES.map((type) => [name, type] as const);
}
