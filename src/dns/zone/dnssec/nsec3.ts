/**
 * NSEC3 records: a chain through the hashes of a zone's names, which proves gaps between hashes (RFC 5155 §7.1).
 *
 * A zone with a chain of its own gives that. Otherwise it is made of the zone as it stands, hashed as its NSEC3PARAM
 * says, or without salt and further rounds (RFC 9276 §3.1). Opted out, it leaves out unsigned delegations (§6).
 */
import { encodeHex } from '../../data/base-n.ts';
import { type HashParameters, hashName } from '../../data/hashed-name.ts';
import { depth, isBelow, labels, type Name, parent, prepend } from '../../data/name.ts';
import { readNsec3, readParameters } from '../../data/nsec3.ts';
import type { RRset } from '../../data/rrset.ts';
import { DS, NSEC3, NSEC3PARAM, RRSIG, typeToText } from '../../data/rrtype.ts';
import { negativeTtl } from '../soa.ts';
import type { Zone } from '../zone.ts';
import { heldTypes, isCut, isTold, sortedTypes } from './types.ts';

/** Gives the NSEC3 records of a zone. */
export interface Nsec3Source {
  /** The record of a name that exists; undefined where opt-out left it out. */
  matching(name: Name): RRset | undefined;
  /** The record whose gap holds the hash of a name. */
  covering(name: Name): RRset | undefined;
}

interface Hashed {
  readonly hash: string;
  readonly record: RRset;
}

const PLAIN: HashParameters = { iterations: 0, salt: '' };
const SOURCES: WeakMap<Zone, Nsec3Source> = new WeakMap();

/** The NSEC3 records of a zone, made when first asked for; undefined where it proves by NSEC, or not at all. */
export function nsec3SourceOf(zone: Zone): Nsec3Source | undefined {
  const known = SOURCES.get(zone);
  if (known) return known;
  const parameters = zone.get(zone.origin, NSEC3PARAM);
  const isMade = zone.signing === 'nsec3' || zone.signing === 'nsec3-opt-out';
  if (!isMade && (parameters === undefined || zone.signing !== undefined)) return undefined;
  const hashing = (parameters && readParameters(parameters)) ?? PLAIN;
  const own = ownRecords(zone);
  const made = sourceOf(own.length > 0 || !isMade ? own : madeRecords(zone, hashing), hashing);
  SOURCES.set(zone, made);
  return made;
}

function sourceOf(records: readonly Hashed[], hashing: HashParameters): Nsec3Source {
  const sorted = [...records].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const before = (hash: string): Hashed | undefined => {
    let low = 0;
    for (let high = sorted.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (sorted[middle]!.hash <= hash) low = middle + 1;
      else high = middle;
    }
    // Before the first hash lies the gap of the last (RFC 5155 §3.1.7).
    return sorted[low - 1] ?? sorted.at(-1);
  };
  return {
    matching: (name) => {
      const hash = hashName(name, hashing);
      const found = before(hash);
      return found?.hash === hash ? found.record : undefined;
    },
    covering: (name) => before(hashName(name, hashing))?.record,
  };
}

/** Records of the zone's own stand directly below the apex, under hashes. */
function ownRecords(zone: Zone): Hashed[] {
  const level = depth(zone.origin) + 1;
  const found: Hashed[] = [];
  for (const record of zone.rrsets()) {
    if (record.type !== NSEC3 || depth(record.name) !== level) continue;
    if (readNsec3(record)) found.push({ hash: labels(record.name)[0]!.toUpperCase(), record });
  }
  return found;
}

function madeRecords(zone: Zone, hashing: HashParameters): Hashed[] {
  const optOut = zone.signing === 'nsec3-opt-out';
  const hashed = [...provenNames(zone, optOut)]
    .map((name) => ({ name, hash: hashName(name, hashing) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const salt = encodeHex(hashing.salt) || '-';
  return hashed.map(({ name, hash }, index) => {
    const next = hashed[(index + 1) % hashed.length]!.hash;
    const fields = [1, optOut ? 1 : 0, hashing.iterations, salt, next, ...typesAt(zone, name)];
    const rdata = [{ kind: 'opaque' as const, type: NSEC3, text: fields.join(' ') }];
    const owner = prepend(hash.toLowerCase(), zone.origin) ?? zone.origin;
    return { hash, record: { name: owner, type: NSEC3, ttl: negativeTtl(zone) ?? 0, rdata } };
  });
}

/** Every name that is the zone's own to tell, empty non-terminals included, less what opt-out leaves out (§7.1). */
function provenNames(zone: Zone, optOut: boolean): ReadonlySet<Name> {
  const proven = new Set<Name>([zone.origin]);
  for (const name of zone.names()) {
    const isData = zone.node(name)!.rrsets.length > 0 && isTold(zone, name);
    if (!isData || (optOut && isCut(zone, name) && !zone.get(name, DS))) continue;
    for (let at = name; isBelow(at, zone.origin); at = parent(at)!) proven.add(at);
  }
  return proven;
}

/** An RRSIG is there wherever data of the zone's own is; not at an unsigned delegation. */
function typesAt(zone: Zone, name: Name): readonly string[] {
  const held = heldTypes(zone, name);
  const isUnsigned = held.length === 0 || (isCut(zone, name) && !held.includes(DS));
  return sortedTypes(isUnsigned ? held : [...held, RRSIG]).map(typeToText);
}
