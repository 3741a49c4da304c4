/**
 * Reads a reply: what it says about the question that was asked, after everything that the responder has no
 * business saying was dropped (bailiwick).
 *
 * Not modelled: matching of ids, ports and case (spoofed replies are made by the attacker model).
 */
import type { Message, Question, Rcode } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import { isBelow, isSubdomain } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { DS, NS, SOA } from '../data/rrtype.ts';
import type { Transport } from './protocol.ts';
import { addressesOf, followChain } from './sanitise.ts';

export type Lameness =
  | 'refused' // REFUSED
  | 'upward-referral' // points at or above the zone it should serve
  | 'not-authoritative' // data without AA
  | 'truncated' // TC over TCP
  | 'mismatch'; // answers another question

/** What a reply means. Everything in it lies in the bailiwick of the zone that was asked. */
export type Verdict =
  /** Links of an alias chain in order, the last one possibly the data asked for. */
  | {
      readonly kind: 'answer';
      readonly links: readonly RRset[];
      /** The zone's NS set, where it came without being asked for. */
      readonly volunteered: Delegation | undefined;
      /** Addresses of the servers, where the NS set was asked for. */
      readonly addresses: readonly RRset[];
    }
  | { readonly kind: 'nodata' | 'nxdomain'; readonly soa: RRset | undefined }
  | { readonly kind: 'referral'; readonly delegation: Delegation }
  /** DNAME substitution makes the name too long (RFC 6672 §2.2). */
  | { readonly kind: 'too-long' }
  | { readonly kind: 'truncated' }
  /** A recursive resolver answered in place of an authority: of use when nobody else is. */
  | { readonly kind: 'last-resort' }
  | { readonly kind: 'lame'; readonly why: Lameness }
  | { readonly kind: 'error'; readonly rcode: Rcode };

/** An NS set and the addresses that came along. */
export interface Delegation {
  readonly ns: RRset;
  readonly glue: readonly RRset[];
}

export interface ReplyContext {
  /** The zone whose servers were asked: the responder's bailiwick. */
  readonly zone: Name;
  readonly question: Question;
  readonly transport: Transport;
  /** The responder is a configured forwarder: any answer is welcome, no referral is. */
  readonly forwarder: boolean;
  readonly chainTrust: 'first-link' | 'whole';
  /** What to do with replies that lack AA. */
  readonly nonAuthoritative: 'accept' | 'last-resort' | 'lame';
}

/** Classifies one reply. */
export function classify(message: Message, context: ReplyContext): Verdict {
  const { question } = context;
  if (message.question.name !== question.name || message.question.type !== question.type) {
    return lame('mismatch');
  }
  if (message.truncated) return context.transport === 'udp' ? { kind: 'truncated' } : lame('truncated');
  if (message.rcode === 'REFUSED') return lame('refused');
  if (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN' && message.rcode !== 'YXDOMAIN') {
    return { kind: 'error', rcode: message.rcode };
  }
  const delegation = context.forwarder ? undefined : referralIn(message, context);
  if (delegation) return { kind: 'referral', delegation };
  const content = contentOf(message, context);
  return believe(content, message, context);
}

function contentOf(message: Message, context: ReplyContext): Verdict {
  const { zone, question } = context;
  const whole = context.forwarder || context.chainTrust === 'whole';
  const chain = followChain(message.answer, question, zone, whole);
  if (chain === 'too-long') return { kind: 'too-long' };
  if (chain.length > 0) return answer(chain, message, context);
  if (message.rcode === 'YXDOMAIN') return { kind: 'error', rcode: 'YXDOMAIN' };
  const soa = message.authority.find((set) => set.type === SOA && covers(set.name, context));
  if (message.rcode === 'NXDOMAIN') return { kind: 'nxdomain', soa };
  if (soa === undefined && pointsUp(message, context)) return lame('upward-referral');
  return { kind: 'nodata', soa };
}

/** Content without AA is believed, kept as a last resort, or held against the server. */
function believe(content: Verdict, message: Message, context: ReplyContext): Verdict {
  if (content.kind === 'lame' || content.kind === 'error') return content;
  if (message.authoritative || context.forwarder || context.nonAuthoritative === 'accept') return content;
  if (context.nonAuthoritative === 'lame') return lame('not-authoritative');
  return message.recursionAvailable ? { kind: 'last-resort' } : content;
}

/** A referral: no answer, and an NS set of a zone between the one asked and the name (RFC 1034 §4.3.2 3b). */
function referralIn(message: Message, context: ReplyContext): Delegation | undefined {
  if (message.rcode !== 'NOERROR' || message.answer.length > 0) return undefined;
  const { zone, question } = context;
  const ns = message.authority.find(
    (set) => set.type === NS && isBelow(set.name, zone) && covers(set.name, context),
  );
  if (ns === undefined || message.authority.some((set) => set.type === SOA)) return undefined;
  // The parent answers for DS: an NS set at the name itself is no way to it (RFC 4035 §3.1.4.1).
  if (question.type === DS && ns.name === question.name) return undefined;
  return { ns, glue: addressesOf(ns, message.additional, zone) };
}

function answer(links: readonly RRset[], message: Message, context: ReplyContext): Verdict {
  const asked = links.find(({ type }) => type === NS);
  const addresses = asked ? addressesOf(asked, message.additional, context.zone) : [];
  return { kind: 'answer', links, volunteered: volunteeredIn(message, context), addresses };
}

/** The zone's own NS set next to an authoritative answer. */
function volunteeredIn(message: Message, context: ReplyContext): Delegation | undefined {
  if (!message.authoritative || context.forwarder) return undefined;
  const ns = message.authority.find((set) => set.type === NS && covers(set.name, context));
  return ns && { ns, glue: addressesOf(ns, message.additional, context.zone) };
}

/** Whether the owner lies in bailiwick, at or above the name asked for. */
function covers(owner: Name, { zone, question }: ReplyContext): boolean {
  return isSubdomain(owner, zone) && isSubdomain(question.name, owner);
}

/**
 * A referral to the zone itself or above (RFC 9499 "lame delegation"). With AA the zone's own NS set is just
 * the authority section of NODATA (RFC 2308 §2.2); with RA it may come from a recursive resolver's cache.
 */
function pointsUp(
  { authority, authoritative, recursionAvailable }: Message,
  { zone }: ReplyContext,
): boolean {
  const own = authoritative || recursionAvailable;
  return authority.some(
    (set) => set.type === NS && (own ? isBelow(zone, set.name) : isSubdomain(zone, set.name)),
  );
}

function lame(why: Lameness): Verdict {
  return { kind: 'lame', why };
}
