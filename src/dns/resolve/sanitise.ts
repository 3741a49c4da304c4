/**
 * Picks from a reply what concerns the question and lies in the responder's bailiwick; the rest is as if it
 * had not been sent (RFC 2181 §5.4.1; RFC 5452 §6).
 */
import type { Question } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import { isBelow, isSubdomain, replaceSuffix } from '../data/name.ts';
import type { NameRdata } from '../data/rdata.ts';
import type { RRset } from '../data/rrset.ts';
import { A, AAAA, ANY, CNAME, DNAME, type RrType } from '../data/rrtype.ts';

/** Most links taken from one reply, so that a loop in it ends. */
const MAXIMUM_LINKS = 16;

/**
 * The alias chain in an answer section, from the name asked for to the data asked for or the last alias in
 * bailiwick. A DNAME link is followed by the CNAME synthesised from it (RFC 6672 §3.1); CNAMEs that the
 * responder synthesised are not taken.
 * @param whole false: stop after the first link, since AA speaks for the first owner only (RFC 2181 §5.4.1)
 * @returns no links when the section does not concern the question; `too-long` for RFC 6672 §2.2
 */
export function followChain(
  section: readonly RRset[],
  question: Question,
  zone: Name,
  whole: boolean,
): readonly RRset[] | 'too-long' {
  const links = question.type === ANY ? everythingAt(section, question.name, zone) : [];
  if (links.length > 0) return links;
  let name = question.name;
  while (links.length < MAXIMUM_LINKS && isSubdomain(name, zone)) {
    const exact = dataAt(section, name, question.type);
    if (exact) return [...links, exact];
    const alias = aliasAt(section, name, zone);
    if (alias === 'too-long') return alias;
    if (alias === undefined || question.type === CNAME || question.type === ANY) return links;
    links.push(...alias);
    if (!whole) return links;
    name = targetOf(alias[alias.length - 1]!);
  }
  return links;
}

/** Target of a CNAME, DNAME or NS set's first record. */
export function targetOf(set: RRset): Name {
  return (set.rdata[0] as NameRdata).target;
}

/**
 * The CNAME a DNAME stands for at a name below it: same TTL (RFC 6672 §3.1).
 * @returns undefined when the new name is too long
 */
export function synthesiseCname(dname: RRset, name: Name): RRset | undefined {
  const target = replaceSuffix(name, dname.name, targetOf(dname));
  if (target === undefined) return undefined;
  const rdata: NameRdata = { kind: 'name', target, text: target };
  return { name, type: CNAME, ttl: dname.ttl, rdata: [rdata] };
}

/** Address RRsets of an NS set's servers, in the bailiwick of `zone`. */
export function addressesOf(ns: RRset, additional: readonly RRset[], zone: Name): readonly RRset[] {
  return additional.filter(
    (set) =>
      (set.type === A || set.type === AAAA) &&
      isSubdomain(set.name, zone) &&
      ns.rdata.some((rdata) => (rdata as NameRdata).target === set.name),
  );
}

/**
 * The data asked for at a name. Where a reply also holds a CNAME of that name, which RFC 1034 §3.6.2 forbids, what
 * stands first counts, as in Unbound 1.26.
 */
function dataAt(section: readonly RRset[], name: Name, type: RrType): RRset | undefined {
  const first = section.find((set) => set.name === name && (set.type === type || set.type === CNAME));
  return first?.type === type ? first : undefined;
}

/** All that a name has, in bailiwick: the answer to ANY. */
function everythingAt(section: readonly RRset[], name: Name, zone: Name): RRset[] {
  return isSubdomain(name, zone) ? section.filter((set) => set.name === name) : [];
}

function aliasAt(
  section: readonly RRset[],
  name: Name,
  zone: Name,
): readonly RRset[] | undefined | 'too-long' {
  const dname = section.find(
    (set) => set.type === DNAME && isBelow(name, set.name) && isSubdomain(set.name, zone),
  );
  if (dname) {
    const cname = synthesiseCname(dname, name);
    return cname ? [dname, cname] : 'too-long';
  }
  const cname = section.find((set) => set.type === CNAME && set.name === name);
  return cname && [cname];
}
