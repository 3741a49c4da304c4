/**
 * What goes into and comes out of the resolution step function.
 *
 * The resolver has no clock and no queue: the caller hands it an event and the time, performs the actions it
 * gets back in order, and keeps the promise to deliver every reply or time-out exactly once unless it was
 * cancelled. The same contract serves virtual time, a live server and scripts written by others.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import type { FailureOrigin, Message, Question, Rcode } from '../data/message.ts';
import type { RRset } from '../data/rrset.ts';

/** Chosen by the caller; names the client request an `answer` action belongs to. */
export type Ticket = number;
/** Chosen by the resolver; names one query to one server, or one armed timer. */
export type ExchangeId = number;
export type TimerId = number;
export type Transport = 'udp' | 'tcp';

export type ResolverEvent =
  | {
      readonly kind: 'query';
      readonly ticket: Ticket;
      readonly question: Question;
      readonly recursionDesired?: boolean;
    }
  | { readonly kind: 'reply'; readonly exchange: ExchangeId; readonly message: Message }
  /** No reply within the `timeout` of the `send` action. */
  | { readonly kind: 'timeout'; readonly exchange: ExchangeId }
  /** The network said at once that nobody is there (ICMP, connection refused). */
  | { readonly kind: 'unreachable'; readonly exchange: ExchangeId }
  | { readonly kind: 'timer'; readonly timer: TimerId };

export type ResolverAction =
  /** Send `question` to `address`; deliver `reply`, `timeout` (after `timeout` µs) or `unreachable`. Over TCP,
   * `timeout` is due after `connectTimeout` already where no connection comes about. */
  | {
      readonly kind: 'send';
      readonly exchange: ExchangeId;
      readonly address: string;
      readonly question: Question;
      readonly transport: Transport;
      readonly timeout: Micros;
      readonly connectTimeout?: Micros;
      /** A refusal by the network is not noticed: it ends with the time-out. */
      readonly ignoresRefusal?: true;
      /** Another query under way is waited for: nothing is sent, only the time-out is due. */
      readonly chained?: true;
    }
  /** The exchange no longer matters: its events must not be delivered. */
  | { readonly kind: 'cancel'; readonly exchange: ExchangeId }
  | { readonly kind: 'arm'; readonly timer: TimerId; readonly delay: Micros }
  | { readonly kind: 'disarm'; readonly timer: TimerId }
  | { readonly kind: 'answer'; readonly ticket: Ticket; readonly answer: Answer }
  /** The resolver refuses by silence (discard, limits): the ticket will never be answered. */
  | { readonly kind: 'drop'; readonly ticket: Ticket; readonly reason: Reason }
  /** Only while tracing: what was decided, and why. */
  | { readonly kind: 'note'; readonly note: Note };

/** How the resolver came by its answer; the start of every causal chain shown to the user. */
export type Reason =
  | 'fresh' // fetched from an authority for this request (or one it joined)
  | 'cache' // positive or negative cache hit
  | 'stale' // serve-stale (RFC 8767)
  | 'failure-cache' // a remembered failure (RFC 9520)
  | 'no-reachable-server' // every server timed out or the network refused
  | 'server-failure' // every server answered SERVFAIL, REFUSED or lame
  | 'budget' // resolution took too many queries or too long
  | 'loop' // CNAME or delegation loop, or chain too long
  | 'limit' // too many outstanding queries
  | 'too-late'; // the answer came after the time in which it is sent at all

/** What a stub receives: the client-facing part of a response. */
export interface Answer {
  readonly question: Question;
  readonly rcode: Rcode;
  /** CNAMEs in order, then the final RRset; TTLs already counted down to `now`. Empty for NODATA and errors. */
  readonly answer: readonly RRset[];
  /** The SOA of a negative answer, TTL counted down; empty otherwise. */
  readonly authority: readonly RRset[];
  /** Smallest remaining TTL over the answer, or the negative TTL left; 0 for failures. */
  readonly ttl: Seconds;
  readonly reason: Reason;
  /** Address of the authority whose data decided the answer, when one did. */
  readonly from?: string;
  /** When the deciding data entered this cache. */
  readonly storedAt?: Micros;
  /** Cache hits with data: when their TTL reaches 0. Until then the same hit gives the same data. */
  readonly until?: Micros;
  /** Why the answer is not what it should be (RFC 8914): stale answers of resolvers that say so. */
  readonly ede?: ExtendedError;
  /** Failures that an upstream resolver handed down: what it said of them. */
  readonly told?: FailureOrigin;
}

/** An extended DNS error (RFC 8914 §2): INFO-CODE and EXTRA-TEXT. */
export interface ExtendedError {
  readonly code: number;
  readonly text: string;
}

/** One step of a trace, in the resolver's words. `code` is stable; `text` is for people. */
export interface Note {
  readonly code: string;
  readonly text: string;
}

export type { Message };
