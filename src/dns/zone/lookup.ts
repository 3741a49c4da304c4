/**
 * The answer of an authoritative server (RFC 1034 §4.3.2) with negative answers (RFC 2308), wildcards
 * (RFC 4592), DNAME (RFC 6672), referrals with all their glue (RFC 9471) and DS at the parent (RFC 4035 §3.1.4.1).
 *
 * Not modelled: zone transfers and updates, DNSSEC records added to answers on request (they answer when asked
 * for by type), response size. A resolver sees the same RRsets from a real server, only never a truncated set.
 */
import { type Message, makeMessage, type Question, type Rcode } from '../data/message.ts';
import { type Name, replaceSuffix } from '../data/name.ts';
import type { Rdata } from '../data/rdata.ts';
import { type RRset, renamed } from '../data/rrset.ts';
import { ANY, CNAME, NS, type RrType } from '../data/rrtype.ts';
import { additionalFor } from './additional.ts';
import { find } from './find.ts';
import { negativeSoa } from './soa.ts';
import { type HostedZones, type Override, View } from './view.ts';
import type { Zone } from './zone.ts';

/** Names one answer follows before it stops, as BIND's `max-query-restarts` of 11 does. */
const MAX_CHAIN = 11;

export interface LookupOptions {
  /** RRsets decided at query time by a traffic policy. */
  readonly override?: Override;
  /** Leave out what only a referral needs: NS and additional addresses (BIND's `minimal-responses`). Default false. */
  readonly minimalResponses?: boolean;
}

/** What is being put together. */
interface Draft {
  readonly view: View;
  readonly type: RrType;
  readonly answer: RRset[];
  readonly minimal: boolean;
}

/** What the search for one name adds: an end, or the next name of a chain. */
type Step =
  | { readonly next: Name }
  | { readonly rcode: Rcode; readonly authority: readonly RRset[]; readonly referral?: boolean };

/**
 * Answers `question` from the zones a server hosts: REFUSED outside of them, SERVFAIL in a zone without SOA
 * (not loaded), a referral below a zone cut, else the authoritative answer with its CNAME chain followed as far
 * as the hosted zones reach.
 */
export function lookup(zones: HostedZones, question: Question, options: LookupOptions = {}): Message {
  const view = new View(zones, options.override);
  const zone = view.zoneFor(question.name, question.type);
  if (zone === undefined) return makeMessage(question, { rcode: 'REFUSED' });
  if (zone.soa() === undefined) return makeMessage(question, { rcode: 'SERVFAIL' });
  const draft: Draft = { view, type: question.type, answer: [], minimal: options.minimalResponses ?? false };
  const end = followChain(draft, zone, question.name);
  const referral = end.referral === true;
  const explained = [
    ...(draft.minimal ? [] : draft.answer),
    ...(draft.minimal && !referral ? [] : end.authority),
  ];
  return makeMessage(question, {
    rcode: end.rcode,
    authoritative: !referral || draft.answer.length > 0,
    answer: draft.answer,
    authority: end.authority,
    additional: additionalFor(view, explained, draft.answer),
  });
}

function followChain(draft: Draft, first: Zone, qname: Name): Exclude<Step, { next: Name }> {
  let zone: Zone | undefined = first;
  let name = qname;
  const seen = new Set<Name>();
  while (zone?.soa() !== undefined && !seen.has(name) && seen.size < MAX_CHAIN) {
    seen.add(name);
    const step = answerFrom(draft, zone, name);
    if (!('next' in step)) return step;
    name = step.next;
    zone = draft.view.zoneFor(name, draft.type);
  }
  return { rcode: 'NOERROR', authority: [] };
}

function answerFrom(draft: Draft, zone: Zone, name: Name): Step {
  const found = find(draft.view, zone, name, draft.type);
  switch (found.kind) {
    case 'cut':
      return { rcode: 'NOERROR', authority: [found.ns], referral: true };
    case 'dname':
      return redirect(draft, found.dname, name);
    case 'absent':
      return negative(zone, 'NXDOMAIN');
    case 'node':
      return answerNode(draft, zone, found.owner, name);
  }
}

/** The name exists: its data of the type, its CNAME, or NODATA. */
function answerNode(draft: Draft, zone: Zone, owner: Name, name: Name): Step {
  const { view, type, answer } = draft;
  if (type === ANY) {
    const all = view.all(zone, owner, name);
    for (const rrset of all) answer.push(renamed(rrset, name));
    return all.length > 0 ? positive(draft, zone) : negative(zone, 'NOERROR');
  }
  const wanted = view.get(zone, owner, type, name);
  if (wanted !== undefined) {
    answer.push(renamed(wanted, name));
    return positive(draft, zone);
  }
  const cname = view.get(zone, owner, CNAME, name);
  if (cname === undefined) return negative(zone, 'NOERROR');
  answer.push(renamed(cname, name));
  return { next: targetOf(cname) };
}

/** RFC 6672 §3.1: the DNAME and a CNAME made from it, with the DNAME's TTL; §2.2: YXDOMAIN when too long. */
function redirect(draft: Draft, dname: RRset, name: Name): Step {
  if (!draft.answer.includes(dname)) draft.answer.push(dname);
  const target = replaceSuffix(name, dname.name, targetOf(dname));
  if (target === undefined) return { rcode: 'YXDOMAIN', authority: [] };
  const rdata: Rdata = { kind: 'name', text: target, target };
  draft.answer.push({ name, type: CNAME, ttl: dname.ttl, rdata: [rdata] });
  return draft.type === CNAME || draft.type === ANY ? { rcode: 'NOERROR', authority: [] } : { next: target };
}

/** The zone's NS RRset goes along unless it is part of the answer already. */
function positive(draft: Draft, zone: Zone): Step {
  const ns = draft.minimal ? undefined : draft.view.get(zone, zone.origin, NS);
  const told = ns === undefined || draft.answer.some((rrset) => rrset.type === NS && rrset.name === ns.name);
  return { rcode: 'NOERROR', authority: told ? [] : [ns] };
}

function negative(zone: Zone, rcode: Rcode): Step {
  const soa = negativeSoa(zone);
  return { rcode, authority: soa ? [soa] : [] };
}

/** Target of a CNAME or DNAME, of which an RRset holds one (RFC 2181 §10.1, RFC 6672 §2.4). */
function targetOf(rrset: RRset): Name {
  const rdata = rrset.rdata[0]!;
  if (rdata.kind === 'name') return rdata.target;
  throw new TypeError(`${rrset.name} holds a CNAME or DNAME without a target`);
}
