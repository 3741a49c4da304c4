/**
 * The state of a resolver at work, as plain data: look-ups (one client request, one name server address, one
 * prefetch) that follow aliases, and fetches (one question put to authorities) that they wait for.
 *
 *   client request ──▶ Lookup ──▶ Fetch ──▶ exchange with a server
 *                                   │
 *                                   ├─ needs a server's address ──▶ Lookup ──▶ Fetch ...
 *                                   └─ starts, without waiting ╌╌╌▶ Lookup ──▶ Fetch ...
 */
import type { Micros } from '../../base/time.ts';
import type { Denials } from '../cache/denials.ts';
import type { CacheEntry } from '../cache/entry.ts';
import type { RRsetCache } from '../cache/rrset-cache.ts';
import type { SecureCuts } from '../cache/secure-cuts.ts';
import type { FailureOrigin, Message, Question, Rcode } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import type { RrType } from '../data/rrtype.ts';
import type { ResponsePolicy } from './detour/response-policy.ts';
import type { FailureCache } from './failure.ts';
import type { Forwarder } from './forward/forwarder.ts';
import type { Infra } from './infra.ts';
import type { ResolverOptions, TtlBounds } from './options.ts';
import type { ExchangeId, Reason, ResolverAction, Ticket, TimerId, Transport } from './protocol.ts';
import type { SelectionOptions } from './select/options.ts';
import type { Selection } from './select/selection.ts';
import type { Throttle } from './throttle.ts';

/** For whom a look-up is made. */
export type Owner =
  | { readonly kind: 'client'; readonly ticket: Ticket }
  | { readonly kind: 'server-address'; readonly fetch: Fetch; readonly server: Name }
  /** The root's NS set, before the fetch goes on. */
  | { readonly kind: 'priming'; readonly fetch: Fetch }
  /** A server's address, before it is needed; goes on when the fetch has ended. */
  | { readonly kind: 'ahead'; readonly fetch: Fetch }
  | { readonly kind: 'prefetch' };

/** Work done for one request, name server look-ups included; shared by all it starts. */
export interface Effort {
  queries: number;
  timeouts: number;
  readonly startedAt: Micros;
  /** A refresh takes delegations that end within this time for ended; 0 for all else. */
  readonly leewayMicros: Micros;
  /** The request may not last longer than this. */
  readonly deadline: Micros;
  /** Sends without a reply, by question, address and transport (RFC 9520 §3.1). */
  readonly unanswered: Map<string, number>;
}

/** How a fetch ended. */
export type Outcome =
  | { readonly kind: 'entries'; readonly entries: readonly CacheEntry[] }
  | {
      readonly kind: 'failure';
      readonly reason: Reason;
      readonly rcode: Rcode;
      readonly told?: FailureOrigin | undefined;
    };

/** A look-up on its way along a search list. */
export interface SearchWalk {
  readonly names: readonly Name[];
  /** Which of the names is looked up. */
  at: number;
  /** What the first of them led to: the answer when none exists. */
  first: CacheEntry[] | undefined;
}

export interface Lookup {
  readonly kind: 'lookup';
  readonly question: Question;
  readonly owner: Owner;
  readonly effort: Effort;
  /** Nesting of server address look-ups; 0 for a client's request. */
  readonly depth: number;
  /** The name looked for now: the question's, or the target of the last alias. */
  name: Name;
  /** What the answer is made of so far. */
  chain: CacheEntry[];
  /** The search list it goes along on behalf of the client. */
  search: SearchWalk | undefined;
  /** Whether anything was fetched for it. */
  fetched: boolean;
  /** The fetch it waits for. */
  fetch: Fetch | undefined;
  /** The end of that fetch, to be dealt with. */
  outcome: Outcome | undefined;
  /** Why it ended without data. */
  failure: Reason | undefined;
  timer: TimerId | undefined;
  /** When its client response timer rings. */
  staleAt: Micros | undefined;
  /** The client has its answer; the look-up goes on to refresh the cache. */
  answered: boolean;
  /** Finished: nothing more may happen. */
  done: boolean;
}

/** `failed`: answered with an error; `unreachable`: the network refused. All but `usable` for this fetch only. */
export type ServerState = 'usable' | 'failed' | 'lame' | 'unreachable';

/** One address of the zone being asked. */
export interface Server {
  readonly address: string;
  /** Name of the server; undefined when only addresses were configured. */
  readonly name: Name | undefined;
  state: ServerState;
  transport: Transport;
  /** Sends of the question being asked over the present transport that got no reply. */
  sends: number;
  /** Tries since the delegation was turned to, whatever the question. */
  tries: number;
  /** Error replies to this fetch, and connections that failed. */
  errors: number;
  /** Queries of this fetch over UDP that it left without a reply. */
  timeouts: number;
  /** The question for which the next two were looked at. */
  checkedFor: Question | undefined;
  /** The question is kept from it for now. */
  isThrottled: boolean;
  /** It is asked although it is left alone. */
  isBypassed: boolean;
}

/** A server name without a known address, and the address type to look up. */
export interface Unresolved {
  readonly name: Name;
  readonly type: RrType;
}

/** A zone and the way to its servers. */
export interface Cut {
  readonly zone: Name;
  readonly origin: 'cache' | 'referral' | 'hints' | 'stub' | 'forward';
  readonly servers: Server[];
  /** Look-ups still worth making. */
  readonly unresolved: Unresolved[];
  /** Look-ups made ahead of need whose end has not been taken over yet. */
  readonly ahead: Lookup[];
  /** The server that is asked next: the choice fell on it before its address was known. */
  chosen: Name | undefined;
  /** A server's address had to be looked up. */
  lookedUp: boolean;
  /** What the parent said was added to what the child says. */
  parentSide: boolean;
  /** For configured zones: bounds of their own for what is kept. */
  readonly bounds?: TtlBounds | undefined;
  /** For configured zones: resolve normally once all servers have failed. */
  readonly fallback: boolean;
  /** For forwarded questions: how far the upstreams have been asked. */
  course?: Course;
}

/** One question on its way through a forwarder's upstreams. */
export interface Course {
  readonly order: readonly Server[];
  readonly startedAt: Micros;
  /** Place in the order of the next to ask, and how many were passed over as down in this round. */
  next: number;
  down: number;
  rounds: number;
  /** No further transmission. */
  ended: boolean;
  /** The question has gone to every upstream. */
  toAll: boolean;
}

export interface Fetch {
  readonly kind: 'fetch';
  readonly key: string;
  readonly name: Name;
  readonly type: RrType;
  readonly effort: Effort;
  readonly depth: number;
  readonly waiters: Lookup[];
  cut: Cut | undefined;
  /** What is asked of the cut's servers: the full question or a minimised one. */
  asked: Question | undefined;
  /** Labels of the name known to hold no zone cut (RFC 9156 §2.3). */
  revealedDepth: number;
  minimisedQueries: number;
  /** Addresses of the zone it began with; 0 until it asks. */
  firstServers: number;
  /** Time-outs in a row, which may end minimisation. */
  minimisedTimeouts: number;
  /** The next reply is taken for one to a minimised question. */
  unsure: boolean;
  /** Minimisation is given up. */
  plain: boolean;
  exchange: Exchange | undefined;
  /** The exchange of another fetch whose reply it waits for. */
  shares: Exchange | undefined;
  /** More of the same under way, where a forwarder asks several upstreams at once. */
  alongside?: readonly Exchange[];
  /** What an upstream resolver said of its failure. */
  told?: FailureOrigin;
  /** The look-up of a server address it waits for. */
  waitsFor: Lookup | undefined;
  /** It waits for the first to end of the look-ups its cut has made ahead. */
  awaitsAny: boolean;
  /** The worn-out cut whose delegation was asked for again at the parent (RFC 8767 §5). */
  worn: Cut | undefined;
  /** How often the parent was asked for it again. */
  renewals: number;
  /** Queries sent, but for those to the parent of a worn-out cut. */
  queries: number;
  timeouts: number;
  /** Error replies since the last good one. */
  errorsInRow: number;
  /** The next query goes over TCP. */
  overTcp: boolean;
  /** TCP was of no use, so that only UDP is left. */
  tcpFailed: boolean;
  /** Configured zones left behind by fallback. */
  readonly skipped: Name[];
  /** The root's NS set was asked for. */
  primed: boolean;
  /** Some who asked the same were dropped. */
  spilled?: true;
  /** A reply to fall back on when nothing better comes. */
  lastResort: { readonly message: Message; readonly server: Server } | undefined;
  /** Why the first look-up of a server's address failed. */
  addressFailure: Reason | undefined;
  done: boolean;
}

/** How one send is waited for. */
export interface SendPlan {
  /** The time-out by round-trip times and losses. */
  readonly timeoutMicros: Micros;
  /** The wait was cut short: its end says nothing of the server. */
  readonly isCapped: boolean;
  readonly isRepeat: boolean;
  /** It waits for a connection that another query has begun, or for the reply to one; a failure is held against that
   * one only. */
  readonly isJoined: boolean;
}

export interface Exchange {
  readonly id: ExchangeId;
  readonly fetch: Fetch;
  readonly server: Server;
  readonly question: Question;
  readonly transport: Transport;
  readonly sentAt: Micros;
  /** Other fetches that wait for its reply. */
  readonly followers: Fetch[];
  /** Undefined for queries to upstreams of a forwarder. */
  readonly plan?: SendPlan | undefined;
}

export interface Counters {
  queries: number;
  hits: number;
  sends: number;
  timeouts: number;
}

/** Everything a step reads and writes. */
export interface Core {
  readonly options: ResolverOptions;
  readonly random: () => number;
  readonly selection: Selection<SelectionOptions>;
  readonly cache: RRsetCache;
  /** Where referrals and glue go: the same cache, unless the resolver is parent-centric. */
  readonly delegations: RRsetCache;
  /** NS sets and server addresses as referrals gave them, whatever the child says: a last resort. */
  readonly parentSide: RRsetCache;
  readonly failures: FailureCache;
  /** Validated proofs (RFC 8198), where they are used for more than the answer they came with. */
  readonly denials: Denials | undefined;
  /** The zone cuts that lead to signed zones; along with `denials`. */
  readonly secureCuts: SecureCuts | undefined;
  readonly infra: Infra;
  /** Where questions are kept from servers that did not answer them well. */
  readonly throttle: Throttle | undefined;
  /** Whether some questions may not be answered from the cache alone. */
  readonly hasDetours: boolean;
  /** Whether some zone keeps aliases from leading out of it. */
  readonly confinesAliases: boolean;
  /** Names it answers by itself. */
  readonly responsePolicy: ResponsePolicy | undefined;
  /** Where upstreams are picked by a forwarder's own policy. */
  readonly forwarder: Forwarder | undefined;
  readonly fetches: Map<string, Fetch>;
  readonly exchanges: Map<ExchangeId, Exchange>;
  /** Those that others may wait for, by what they ask; only where questions are shared. */
  readonly shared: Map<string, Exchange> | undefined;
  readonly timers: Map<TimerId, Lookup>;
  readonly counters: Counters;
  /** Questions to be refreshed in the background before the step ends. */
  readonly refreshes: Question[];
  /** Work to be done before the step ends, first in first out. */
  readonly ready: (Fetch | Lookup)[];
  now: Micros;
  actions: ResolverAction[];
  nextId: number;
  /** Client requests not answered yet. */
  outstanding: number;
  /** The same, oldest first; only where one may have to give way to another. */
  readonly waiting: Set<Lookup> | undefined;
  /** How many may wait for one question, where that adapts; undefined = as configured. */
  joined: { readonly limit: number; readonly changedAt: Micros } | undefined;
  /** Hits in a row and the last of them, by question; only where refreshes ask for popularity. */
  readonly popularity: Map<string, { hits: number; lastAt: Micros }> | undefined;
  /** Until when whole answers are repeated by the packet cache, by question; only where hits may refresh. */
  readonly packets: Map<string, Micros> | undefined;
  tracing: boolean;
}
