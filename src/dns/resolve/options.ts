/**
 * Everything in which recursive resolvers differ, as plain data. A profile of real software is one such
 * object; the step function itself knows no product.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import { MILLISECOND, SECOND } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import type { RrType } from '../data/rrtype.ts';
import type { ResponsePolicyOptions } from './detour/response-policy.ts';
import type { AutopathOptions } from './detour/search-names.ts';
import type { ForwardingOptions } from './forward/options.ts';
import { type AnswerRules, type CacheRules, RFC_ANSWER_RULES, RFC_CACHE_RULES } from './rules.ts';
import type { SelectionOptions } from './select/options.ts';
import { UPSTREAM_REFERENCE, type UpstreamRules } from './upstream.ts';

/** Back-off of remembered resolution failures (RFC 9520 §3.2). */
export interface FailureOptions {
  /** Life of the first failure, seconds, 1 to 300. */
  readonly first: Seconds;
  /** Each failure in a row lives this many times longer; 1 = constant. */
  readonly factor: number;
  /** Longest life, seconds; RFC 9520 §3.2 allows at most 300. */
  readonly maximum: Seconds;
}

/** Serve-stale (RFC 8767 §5). */
export interface ServeStaleOptions {
  /** Client response timer: stale data goes out this long after the query; 0 = at once; undefined = only
   * once the resolution has failed. */
  readonly clientTimerMicros?: Micros | undefined;
  /** TTL written on stale answers, seconds. */
  readonly answerTtlSeconds: Seconds;
  /** Whether a stale answer's TTL may not exceed the data's original TTL. */
  readonly capAtOriginalTtl: boolean;
  /** How long after expiry data may be served, seconds. */
  readonly maxStaleSeconds: Seconds;
  /** Failure recheck timer: after a failed refresh stale data goes out at once this long, seconds; 0: failures are not
   * even remembered where there are stale data. */
  readonly recheckSeconds: Seconds;
  /** Whether an expired NXDOMAIN is served too. */
  readonly nxdomain: boolean;
  /** Where the client response timer is looked at only between two tries (Knot Resolver); the request then ends
   * with the stale answer. By default the timer rings by itself. */
  readonly betweenTries?: boolean | undefined;
  /** Whose the client response timer is: each `request` has its own (RFC 8767 §5), when left out; all who are `waiting`
   * share the one that runs (Unbound); or it is the `fetch`'s: it runs from its start, cuts a wait short, and whoever
   * comes later is served at its next time-out (BIND 9.18). */
  readonly timerOf?: 'request' | 'waiting' | 'fetch' | undefined;
  /** A failed refresh starts the maximum stale time anew (Unbound serve-expired-ttl-reset). */
  readonly resetByFailure?: boolean | undefined;
  /** Stale answers carry the extended error 3, or 19 for NXDOMAIN (RFC 8914 §4.4, §4.20). */
  readonly extendedError?: boolean | undefined;
  /** After a failure an entry lives on as if fresh, for a while at a time (PowerDNS Recursor). */
  readonly extensions?: StaleExtensions | undefined;
}

/** Expired data come back to life piece by piece; each piece starts a refresh in the background. */
export interface StaleExtensions {
  /** How often at most; a gap counts as often as it would have held extensions. */
  readonly count: number;
  /** Longest extension, seconds; never longer than the data's original TTL. */
  readonly seconds: Seconds;
}

/** When a hit starts a refresh: little of the original TTL is left. The conditions add up. */
export interface PrefetchOptions {
  /** Share of the original TTL; 0 when left out. */
  readonly remainingShare?: number | undefined;
  /** Seconds, on top of the share; 0 when left out. */
  readonly remainingSeconds?: Seconds | undefined;
  /** Shorter original TTLs are left alone. */
  readonly minimumOriginalSeconds?: Seconds | undefined;
  /** A hit refreshes only what has had this many hits, itself included, none of them so long after the one before;
   * left out: every hit does. */
  readonly popularity?: { readonly hits: number; readonly gapSeconds: Seconds } | undefined;
  /** A refresh takes delegations that end before the data do for ended (Unbound). */
  readonly renewsDelegations?: boolean | undefined;
}

/**
 * An address that keeps timing out is left alone for a while: after `afterTimeouts` time-outs in a row no
 * query goes to it for `firstMicros`, then one probe; each further loss multiplies the pause.
 */
export interface QuarantineOptions {
  readonly afterTimeouts: number;
  /** Time-outs shorter than this do not begin it. */
  readonly leastTimeoutMicros: Micros;
  /** Share of questions for which it is not heeded, [0,1]. */
  readonly bypassShare: number;
  /** Whether the first query after the pause keeps all others off for as long again, until its reply. */
  readonly probesOnce: boolean;
  readonly firstMicros: Micros;
  readonly factor: number;
  readonly maximumMicros: Micros;
}

/** How long data and denials are kept at least and at most, seconds. */
export interface TtlBounds {
  readonly ttlFloorSeconds: Seconds;
  readonly ttlCapSeconds: Seconds;
  readonly negativeFloorSeconds: Seconds;
  readonly negativeCapSeconds: Seconds;
}

/** A zone whose servers are configured instead of found by referral. */
export interface ConfiguredZone {
  readonly zone: Name;
  /**
   * `stub`: authorities of the zone. `forward`: recursive resolvers that answer for everything below.
   * `iterate`: neither, though a zone above is forwarded; no addresses.
   */
  readonly mode: 'stub' | 'forward' | 'iterate';
  readonly addresses: readonly string[];
  /** `stub` only: names of these types that the zone denies are resolved as if it were not configured. */
  readonly redirects?: readonly RrType[] | undefined;
  /** `stub` only: targets of its aliases are looked for in configured zones alone. Absent: anywhere. */
  readonly confinesAliases?: boolean | undefined;
  /** Bounds for what these servers say. Absent: those of the resolver. */
  readonly bounds?: TtlBounds | undefined;
  /** `forward` only: how these upstreams are asked. Absent: as all are, `ResolverOptions.forwarding`. */
  readonly forwarding?: ForwardingOptions | undefined;
  /** Resolve as if nothing were configured once all these addresses have failed. */
  readonly fallback: boolean;
}

export interface ResolverOptions {
  /** Lower bound of cached TTLs, seconds. */
  readonly ttlFloorSeconds: Seconds;
  /** Upper bound of cached TTLs, seconds. */
  readonly ttlCapSeconds: Seconds;
  /** Lower bound of negative TTLs, seconds. */
  readonly negativeFloorSeconds: Seconds;
  /** Upper bound of negative TTLs, seconds (RFC 2308 §5). */
  readonly negativeCapSeconds: Seconds;
  /** Data stay usable this long after their TTL reached 0, shown with TTL 0; 0 = strict expiry. Software
   * that compares whole seconds behaves as if this were 1. */
  readonly expiryGraceSeconds: Seconds;
  /** Most owner names in the cache; undefined = no limit. */
  readonly maximumCachedNames?: number | undefined;
  /** Most of which only denials are held, counted apart; undefined = with the others. */
  readonly maximumCachedDenials?: number | undefined;
  readonly failureSeconds: FailureOptions;
  readonly serveStale?: ServeStaleOptions | undefined;
  readonly prefetch?: PrefetchOptions | undefined;
  readonly cacheRules: CacheRules;
  readonly answerRules: AnswerRules;

  /** Whether names below a cached NXDOMAIN are denied without asking (RFC 8020 §2). */
  readonly nxdomainCut: boolean;
  /** Whether the NS set an authority volunteers next to an answer enters the cache (RFC 2181 §5.4.1). */
  readonly acceptVolunteeredNs: boolean;
  /** How much of a CNAME chain inside one reply is believed: the link asked for, or all of it in bailiwick. */
  readonly chainTrust: 'first-link' | 'whole';
  /** Replies without AA from a delegated server: believed; believed unless RA betrays a recursive resolver,
   * which is used last of all; or taken for lame (RFC 9499 "lame delegation"). */
  readonly nonAuthoritative: 'accept' | 'last-resort' | 'lame';
  /** Whether the child's NS set and addresses replace the parent's referral (`child`) or never do. */
  readonly credibility: 'child' | 'parent';

  /** RFC 9156: `relaxed` asks the full name after NXDOMAIN or an error, `strict` believes NXDOMAIN. */
  readonly qnameMinimisation: 'off' | 'relaxed' | 'strict';
  /** Most minimised queries per question (RFC 9156 §2.3 MAX_MINIMISE_COUNT). */
  readonly minimiseCount: number;
  /** Type of minimised queries: A (RFC 9156 §2.1) when left out, or NS as RFC 7816 had it. */
  readonly minimisedType?: 'A' | 'NS' | undefined;
  /** How many of them add one label only (RFC 9156 §2.3 MINIMISE_ONE_LAB). */
  readonly minimiseOneLabelCount: number;
  /** The full name is asked after this many labels without a zone cut; undefined = only the count limits. */
  readonly minimiseUncutLabels?: number | undefined;
  /** Longest minimised name, labels; undefined = no limit. */
  readonly minimiseLabels?: number | undefined;
  /** The full name is asked for type A before any other type (Unbound; RFC 9156 §2.1 hides the type as well). */
  readonly minimiseHidesType?: boolean | undefined;
  /** Relaxed only: this many time-outs of minimised queries in a row lead to the full name. */
  readonly minimiseTimeouts: number;

  /** Most unanswered sends of one question to one address and transport; RFC 9520 §3.1 allows 3. */
  readonly sendsPerServer: number;
  /** Time-out of a send to an address never heard from, microseconds. */
  readonly firstTimeoutMicros: Micros;
  /** `adaptive`: smoothed round-trip time plus four deviations (RFC 6298 §2); `whole-milliseconds`: the same as
   * Unbound reckons it; `rounded-milliseconds`: as Knot Resolver does; `selection`: by the selection's own estimate,
   * as BIND; `fixed`: always the first. */
  readonly timeout: 'adaptive' | 'whole-milliseconds' | 'rounded-milliseconds' | 'selection' | 'fixed';
  readonly minimumTimeoutMicros: Micros;
  readonly maximumTimeoutMicros: Micros;
  /** Each time-out in a row multiplies the next one. */
  readonly backoffFactor: number;
  /**
   * How time-outs lengthen the next: `server`, each time-out of an address multiplies the one it waited for, so that
   * several at the same time count once; `losses`, they are counted, each of them, until a reply; `question`, anew
   * for each question.
   */
  readonly backoffScope: 'server' | 'losses' | 'question';
  readonly quarantine?: QuarantineOptions | undefined;
  /** How long round-trip times, time-outs and lameness of an address are remembered, seconds. */
  readonly serverMemorySeconds: Seconds;
  /** How long an address stays out of use for a zone it is lame for, seconds; 0 = only for the question. */
  readonly lameSeconds: Seconds;
  readonly selection: SelectionOptions;
  readonly upstream: UpstreamRules;

  /** Longest time spent on one client request, microseconds (RFC 8767 §5 query resolution timer). */
  readonly budgetMicros: Micros;
  /** Most queries sent for one client request, look-ups of name servers included. */
  readonly maximumQueries: number;
  /** Longest CNAME chain. */
  readonly maximumCnames: number;
  /** How deep look-ups of name server addresses may nest. */
  readonly maximumDepth: number;
  /** Most client requests waiting at once; undefined = no limit. */
  readonly maximumOutstanding?: number | undefined;
  /** Most client requests waiting for one question; more are dropped. undefined = no limit. */
  readonly maximumJoined?: number | undefined;
  /** Whether identical client queries in flight share one resolution; look-ups of servers always do. */
  readonly joinQueries: boolean;
  /** Ask for the root's NS set before the hints are used for anything else (RFC 8109); off when left out. */
  readonly priming?: boolean | undefined;
  /** Leave names below a cached DNAME to the authority, as Unbound does without a signature; off when left out. */
  readonly ignoreCachedDname?: boolean | undefined;
  /** Ask the parent once more when no server of a delegated zone was of use (RFC 8767 §5). */
  readonly refreshDelegation: boolean;

  readonly useIpv4: boolean;
  readonly useIpv6: boolean;
  /** Which family is looked up first, and wins where the selection is indifferent. */
  readonly preferIpv6: boolean;
  /** Root name servers by name. They are used until a cached root NS set takes their place. */
  readonly rootHints: Readonly<Record<string, readonly string[]>>;
  readonly configuredZones: readonly ConfiguredZone[];
  /** Names it answers by itself, before anything else. */
  readonly responsePolicy?: ResponsePolicyOptions | undefined;
  /** Search lists that it goes along for its clients. */
  readonly autopath?: AutopathOptions | undefined;
  /** How the upstreams of forwarded zones are asked; left out: as authoritative servers are. */
  readonly forwarding?: ForwardingOptions | undefined;
}

/** What the RFCs recommend; where they are silent, the most common value of real software. */
export const RFC_REFERENCE: ResolverOptions = {
  ttlFloorSeconds: 0, // RFC 2181 §8: a TTL of 0 is legal
  ttlCapSeconds: 604_800, // RFC 8767 §4: cap of 7 days
  negativeFloorSeconds: 0, // RFC 2308 §5
  negativeCapSeconds: 10_800, // RFC 2308 §5: 1 to 3 hours found to work well
  expiryGraceSeconds: 0, // RFC 1035 §3.2.1
  failureSeconds: { first: 5, factor: 2, maximum: 300 }, // RFC 9520 §3.2
  serveStale: {
    clientTimerMicros: 1_800 * MILLISECOND, // RFC 8767 §5
    answerTtlSeconds: 30, // RFC 8767 §5
    capAtOriginalTtl: false, // RFC 8767 §5 names no such cap
    maxStaleSeconds: 86_400, // RFC 8767 §5: 1 to 3 days
    recheckSeconds: 30, // RFC 8767 §5
    nxdomain: true, // RFC 8767 §6
    betweenTries: false, // RFC 8767 §5: a timer
    resetByFailure: false, // RFC 8767 §5
    extendedError: true, // RFC 8914 §4.4
    extensions: undefined, // no RFC asks for it
  },
  prefetch: undefined, // no RFC asks for it
  cacheRules: RFC_CACHE_RULES,
  answerRules: RFC_ANSWER_RULES,
  nxdomainCut: true, // RFC 8020 §2
  acceptVolunteeredNs: true, // RFC 2181 §5.4.1
  chainTrust: 'first-link', // RFC 2181 §5.4.1: AA covers the first owner name only
  nonAuthoritative: 'last-resort', // RFC 2181 §5.4.1 ranks such data, but low
  credibility: 'child', // RFC 2181 §5.4.1
  qnameMinimisation: 'relaxed', // RFC 9156 §2.3 step 6; §5.1
  minimiseCount: 10, // RFC 9156 §2.3
  minimisedType: 'A', // RFC 9156 §2.1
  minimiseOneLabelCount: 4, // RFC 9156 §2.3
  minimiseHidesType: false, // RFC 9156 §2.3 asks the full question in the end
  minimiseTimeouts: 3, // RFC 9156 is silent; as many sends as one server gets
  sendsPerServer: 3, // RFC 9520 §3.1
  firstTimeoutMicros: 400 * MILLISECOND, // Knot Resolver 400 ms, Unbound 376 ms
  timeout: 'adaptive', // RFC 6298 §2
  minimumTimeoutMicros: 50 * MILLISECOND, // Unbound infra-cache-min-rtt
  maximumTimeoutMicros: 10 * SECOND, // Knot Resolver
  backoffFactor: 2, // RFC 6298 §5.5
  backoffScope: 'server', // RFC 9520 §3.1: be gentle with unresponsive servers
  quarantine: undefined, // no RFC asks for it
  serverMemorySeconds: 900, // Unbound infra-host-ttl
  lameSeconds: 0, // measured: error replies are not remembered between requests
  upstream: UPSTREAM_REFERENCE,
  selection: { id: 'lowest-rtt', weight: 0.3, decayPerSecond: 0.02, timeoutPenaltyMicros: SECOND },
  budgetMicros: 10 * SECOND, // RFC 8767 §5: 10 to 30 seconds
  maximumQueries: 100, // BIND allows 50 to 200, PowerDNS Recursor 50
  maximumCnames: 11, // BIND, Unbound and PowerDNS Recursor
  maximumDepth: 7, // BIND max-recursion-depth
  maximumOutstanding: undefined,
  maximumJoined: undefined,
  joinQueries: true, // RFC 9520 §2.6
  priming: true, // RFC 8109 §3
  ignoreCachedDname: false, // RFC 6672 §3.4
  refreshDelegation: true, // RFC 8767 §5
  useIpv4: true,
  useIpv6: true,
  preferIpv6: false,
  rootHints: {},
  configuredZones: [],
};
