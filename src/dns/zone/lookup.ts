/**
 * The answer of an authoritative server (RFC 1034 §4.3.2) with negative answers (RFC 2308), wildcards
 * (RFC 4592), DNAME (RFC 6672), referrals with all their glue (RFC 9471) and DS at the parent (RFC 4035 §3.1.4.1).
 * Signed zones add signatures and proofs where the query asks for them (RFC 4035 §3.1).
 *
 * Not modelled: zone transfers and updates, response size. A resolver sees the same RRsets from a real server, only
 * never a truncated set.
 */
import { type Message, makeMessage, type Question, type Rcode } from '../data/message.ts';
import { type Name, replaceSuffix } from '../data/name.ts';
import type { Rdata } from '../data/rdata.ts';
import { type RRset, renamed } from '../data/rrset.ts';
import { ANY, CNAME, NS, type RrType } from '../data/rrtype.ts';
import { additionalFor } from './additional.ts';
import { proveDelegation, proveNoCloser, proveNoName, proveNoType } from './dnssec/proofs.ts';
import { isSigned, withSignatures } from './dnssec/signatures.ts';
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
  /** The DO bit of the query (RFC 3225 §3): signatures and proofs are wanted. Default false. */
  readonly dnssecOk?: boolean | undefined;
}

/** What is being put together. */
interface Draft {
  readonly view: View;
  readonly type: RrType;
  readonly answer: RRset[];
  readonly minimal: boolean;
  /** What signed zones prove, for the authority section; undefined where nobody asked for it. */
  readonly proofs: RRset[] | undefined;
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
  const minimal = options.minimalResponses ?? false;
  const proofs = options.dnssecOk ? [] : undefined;
  const draft: Draft = { view, type: question.type, answer: [], minimal, proofs };
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
    authority: proofs === undefined ? end.authority : [...end.authority, ...proofs],
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
      prove(draft, zone, () => proveDelegation(zone, found.ns.name));
      return { rcode: 'NOERROR', authority: [found.ns], referral: true };
    case 'dname':
      return redirect(draft, zone, found.dname, name);
    case 'absent':
      prove(draft, zone, () => proveNoName(zone, name));
      return negative(draft, zone, 'NXDOMAIN');
    case 'node':
      return answerNode(draft, zone, found.owner, name);
  }
}

/** The name exists: its data of the type, its CNAME, or NODATA. */
function answerNode(draft: Draft, zone: Zone, owner: Name, name: Name): Step {
  const { view, type } = draft;
  if (type === ANY) {
    const all = view.all(zone, owner, name);
    give(draft, zone, owner, name, all);
    return all.length > 0 ? positive(draft, zone) : noData(draft, zone, owner, name);
  }
  const wanted = view.get(zone, owner, type, name);
  if (wanted !== undefined) {
    give(draft, zone, owner, name, [wanted]);
    return positive(draft, zone);
  }
  const cname = view.get(zone, owner, CNAME, name);
  if (cname === undefined) return noData(draft, zone, owner, name);
  give(draft, zone, owner, name, [cname]);
  return { next: targetOf(cname) };
}

/** Puts data into the answer under the name asked for; a wildcard's with the proof that nothing is closer. */
function give(draft: Draft, zone: Zone, owner: Name, name: Name, sets: readonly RRset[]): void {
  const told = sets.map((rrset) => renamed(rrset, name));
  draft.answer.push(...signed(draft, zone, told, owner));
  if (owner !== name) prove(draft, zone, () => proveNoCloser(zone, name));
}

function noData(draft: Draft, zone: Zone, owner: Name, name: Name): Step {
  prove(draft, zone, () => proveNoType(zone, name, owner));
  return negative(draft, zone, 'NOERROR');
}

/** Adds proofs where the query wants them and the zone has them. */
function prove({ proofs }: Draft, zone: Zone, proof: () => readonly RRset[]): void {
  if (proofs !== undefined && isSigned(zone)) proofs.push(...proof());
}

/** The sets, with their signatures where the query wants them. */
function signed({ proofs }: Draft, zone: Zone, sets: readonly RRset[], owner?: Name): readonly RRset[] {
  return proofs === undefined || !isSigned(zone) ? sets : withSignatures(zone, sets, owner);
}

/** RFC 6672 §3.1: the DNAME and a CNAME made from it, with the DNAME's TTL; §2.2: YXDOMAIN when too long. */
function redirect(draft: Draft, zone: Zone, dname: RRset, name: Name): Step {
  if (!draft.answer.includes(dname)) draft.answer.push(...signed(draft, zone, [dname]));
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
  return { rcode: 'NOERROR', authority: told ? [] : signed(draft, zone, [ns]) };
}

function negative(draft: Draft, zone: Zone, rcode: Rcode): Step {
  const soa = negativeSoa(zone);
  return { rcode, authority: soa ? signed(draft, zone, [soa]) : [] };
}

/** Target of a CNAME or DNAME, of which an RRset holds one (RFC 2181 §10.1, RFC 6672 §2.4). */
function targetOf(rrset: RRset): Name {
  const rdata = rrset.rdata[0]!;
  if (rdata.kind === 'name') return rdata.target;
  throw new TypeError(`${rrset.name} holds a CNAME or DNAME without a target`);
}
