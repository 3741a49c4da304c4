/** Finding a name in one zone (RFC 1034 §4.3.2 step 3, RFC 4592 §3.3.1, RFC 6672 §3.2). */
import { type Name, parent } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { DNAME, DS, NS, type RrType } from '../data/rrtype.ts';
import type { View } from './view.ts';
import type { Zone } from './zone.ts';

/** Where the search ended. */
export type Found =
  /** The name exists, or `owner` is the wildcard that stands for it. */
  | { readonly kind: 'node'; readonly owner: Name }
  /** At or below a zone cut. */
  | { readonly kind: 'cut'; readonly ns: RRset }
  /** Below the owner of a DNAME. */
  | { readonly kind: 'dname'; readonly dname: RRset }
  /** The name does not exist. */
  | { readonly kind: 'absent' };

const ABSENT: Found = { kind: 'absent' };

/** Walks from the apex down to `name`. @param name must lie in the zone */
export function find(view: View, zone: Zone, name: Name, type: RrType): Found {
  const path = pathBelowApex(zone, name);
  let encloser = zone.origin;
  for (let index = path.length - 1; index >= 0; index--) {
    const dname = view.get(zone, encloser, DNAME);
    if (dname !== undefined) return { kind: 'dname', dname };
    const at = path[index]!;
    if (zone.node(at) === undefined) return synthesised(view, zone, encloser, name, type);
    const ns = zone.get(at, NS);
    if (ns !== undefined && !(at === name && type === DS)) return { kind: 'cut', ns };
    encloser = at;
  }
  return { kind: 'node', owner: name };
}

/** The names from `name` up to just below the apex. */
function pathBelowApex(zone: Zone, name: Name): Name[] {
  const path: Name[] = [];
  for (let at = name; at !== zone.origin; at = parent(at)!) path.push(at);
  return path;
}

/** Only the wildcard directly below the closest encloser counts (RFC 4592 §3.3.1). */
function synthesised(view: View, zone: Zone, encloser: Name, name: Name, type: RrType): Found {
  if (view.creates(name, type)) return { kind: 'node', owner: name };
  const source = (encloser === '.' ? '*.' : `*.${encloser}`) as Name;
  return zone.node(source) === undefined ? ABSENT : { kind: 'node', owner: source };
}
