/**
 * NSEC records: a chain through the names of a zone in canonical order, which proves every gap (RFC 4034 §4), or
 * single records made for one question, whose gap holds nothing else (RFC 4470).
 *
 * A zone with a chain of its own gives that. Otherwise the chain is made of the zone as it stands, so that it is
 * never out of step with the data. Not modelled: a server whose chain lags behind its data.
 */
import type { Seconds } from '../../../base/time.ts';
import {
  compareNames,
  labelFromOctets,
  labelOctets,
  labels,
  MAX_LABEL_OCTETS,
  type Name,
  parent,
  prepend,
} from '../../data/name.ts';
import type { RRset } from '../../data/rrset.ts';
import { NSEC, RRSIG, typeToText } from '../../data/rrtype.ts';
import { negativeTtl } from '../soa.ts';
import type { Zone } from '../zone.ts';
import { heldTypes, isTold, sortedTypes } from './types.ts';

/** Gives the NSEC records of a zone. */
export interface NsecSource {
  /** The record at a name that owns data; undefined at an empty non-terminal and where there is none. */
  at(name: Name): RRset | undefined;
  /** The record whose gap holds a name without data. */
  covering(name: Name): RRset | undefined;
}

const CHAINS: WeakMap<Zone, NsecSource> = new WeakMap();

/** The NSEC records of a zone, made when first asked for. */
export function nsecSourceOf(zone: Zone): NsecSource {
  const known = CHAINS.get(zone);
  if (known) return known;
  const hasOwn = zone.get(zone.origin, NSEC) !== undefined;
  const made = !hasOwn && zone.signing === 'minimal' ? minimalNsec(zone) : chainOf(zone, hasOwn);
  CHAINS.set(zone, made);
  return made;
}

function chainOf(zone: Zone, hasOwn: boolean): NsecSource {
  const records = hasOwn ? ownRecords(zone) : zone.signing === undefined ? [] : madeRecords(zone);
  const before = (name: Name): RRset | undefined => {
    let low = 0;
    for (let high = records.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (compareNames(records[middle]!.name, name) <= 0) low = middle + 1;
      else high = middle;
    }
    return records[low - 1];
  };
  return {
    at: (name) => {
      const record = before(name);
      return record?.name === name ? record : undefined;
    },
    covering: before,
  };
}

function ownRecords(zone: Zone): RRset[] {
  return [...zone.rrsets()].filter(({ type }) => type === NSEC).sort((a, b) => compareNames(a.name, b.name));
}

/** One record for each name with data that is the zone's own to tell (RFC 4035 §2.3): not below zone cuts. */
function madeRecords(zone: Zone): RRset[] {
  const owners = [...zone.names()]
    .filter((name) => zone.node(name)!.rrsets.length > 0 && isTold(zone, name))
    .sort(compareNames);
  return owners.map((owner, index) => nsec(zone, owner, owners[index + 1] ?? zone.origin));
}

/** TTL: no longer than a negative answer (RFC 9077 §3.2). */
function nsec(zone: Zone, owner: Name, next: Name): RRset {
  const types = sortedTypes([...heldTypes(zone, owner), RRSIG, NSEC]).map(typeToText);
  const ttl: Seconds = negativeTtl(zone) ?? 0;
  return {
    name: owner,
    type: NSEC,
    ttl,
    rdata: [{ kind: 'opaque', type: NSEC, text: [next, ...types].join(' ') }],
  };
}

function minimalNsec(zone: Zone): NsecSource {
  const of = (name: Name): RRset => nsec(zone, name, prepend('\\000', name) ?? name);
  return {
    at: (name) => (zone.node(name) ? of(name) : undefined),
    covering: (name) => {
      if (zone.node(name)) return of(name);
      const missing = nextCloser(zone, name);
      return nsec(zone, shortlyBefore(missing), shortlyAfter(missing));
    },
  };
}

/** The highest name on the way to this one that does not exist (RFC 5155 §1.3): a gap lies beside names that do. */
function nextCloser(zone: Zone, name: Name): Name {
  let missing = name;
  for (let at = parent(name)!; zone.node(at) === undefined; at = parent(at)!) missing = at;
  return missing;
}

/** The next name beside this one (RFC 4470 §4): one more octet, or where none fits the last one raised. */
function shortlyAfter(name: Name): Name {
  const octets = firstLabel(name);
  if (octets.length < MAX_LABEL_OCTETS) return beside(name, `${octets}\0`);
  return beside(name, octets.slice(0, -1) + String.fromCharCode(Math.min(255, lastOctet(octets) + 1)));
}

/** A name shortly before this one (RFC 4470 §4): its last octet lowered, and one more after it where that fits. */
function shortlyBefore(name: Name): Name {
  const octets = firstLabel(name);
  const last = lastOctet(octets);
  if (last === 0 && octets.length > 1) return beside(name, octets.slice(0, -1));
  // Upper case is spelt in lower case, which sorts later.
  const lower = last > 65 && last <= 91 ? 64 : Math.max(0, last - 1);
  const start = octets.slice(0, -1) + String.fromCharCode(lower);
  return beside(name, start.length < MAX_LABEL_OCTETS ? `${start}\u00ff` : start);
}

function firstLabel(name: Name): string {
  return labelOctets(labels(name)[0]!);
}

function lastOctet(octets: string): number {
  return octets.charCodeAt(octets.length - 1);
}

/** The name with another first label; the name above where that is too long. */
function beside(name: Name, octets: string): Name {
  const above = parent(name)!;
  return prepend(labelFromOctets(octets), above) ?? above;
}
