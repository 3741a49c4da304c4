/**
 * Rules of caching and answering in which recursive resolvers differ beyond plain numbers, as data: what the TTL
 * bounds cover, what an NXDOMAIN stands for, who is left without an answer.
 *
 * Not modelled: limits per client address (Unbound wait-limit), since a request does not say who made it.
 */
import type { Micros, Seconds } from '../../base/time.ts';

/** How cache entries are bounded, matched and shown. */
export interface CacheRules {
  /** TTLs count from the last full second, as in software whose clock has no fractions. */
  readonly wholeSeconds: boolean;
  /** What the bounds of data TTLs also bound: nothing else; the TTL of the SOA that comes with a negative answer,
   * before MINIMUM is looked at (PowerDNS Recursor); or every negative TTL (Unbound, Knot Resolver). */
  readonly ttlBoundsCover: 'data' | 'soa' | 'all';
  /** Life of a negative answer without SOA, seconds; RFC 2308 §5: such answers should not be cached (0). */
  readonly negativeWithoutSoaSeconds: Seconds;
  /** An NXDOMAIN denies every type of its name (RFC 2308 §5), or only the type asked for (Unbound, Knot Resolver). */
  readonly nxdomainScope: 'name' | 'type';
  /** TTL of the SOA in a negative answer from the cache: what is left of the entry, or of the TTL as received,
   * whatever bounded the entry (Knot Resolver's packet cache). */
  readonly negativeShown: 'kept' | 'received';
  /** TTLs of an answer that was fetched just now: as they came, within the bounds; or as they are kept, where what
   * is cached already ends them earlier (a delegation, BIND). */
  readonly freshShown: 'received' | 'kept';
  /** Negative answers of a zone share one cached SOA, and end with it (Unbound's RRset cache). */
  readonly sharedSoa: boolean;
  /** Validated proofs deny further names, and wildcards answer for them, without a query (RFC 8198). */
  readonly aggressiveNsec: boolean;
  /** By hashed names (NSEC3) as well, where no opt-out leaves some out. */
  readonly aggressiveNsec3: boolean;
  /** Most proofs and wildcards kept for that. */
  readonly nsecRecords: number;
  /** A cache of whole answers in front repeats them this long, seconds, so that hits on them refresh nothing
   * (PowerDNS Recursor); undefined = none. */
  readonly packetSeconds?: Seconds | undefined;
}

/** What happens to client requests that come to no good end, are late, or too many. */
export interface AnswerRules {
  /** Queries for ANY (RFC 8482 §4 leaves the choice): NOTIMP; or all that is cached of the name, or else all that an
   * authority gives. */
  readonly any: 'notimp' | 'all';
  /** A query without RD that the cache cannot answer: REFUSED; or the closest delegation that is known, the root's if
   * need be asked for (RFC 1034 §4.3.1). */
  readonly withoutRecursion: 'refuse' | 'referral';
  /** An alias that points to itself: a loop and thus SERVFAIL, or an answer as it stands (Unbound). */
  readonly selfAlias: 'loop' | 'answer';
  /** Whether SERVFAIL for an alias loop, or for a chain that is too long, shows the aliases. */
  readonly failureShowsAliases: boolean;
  /** Answers later than this after the query are not sent (Unbound discard-timeout); undefined = all are sent. */
  readonly discardAfterMicros?: Micros | undefined;
  /** When the most requests are waiting: a new one gets SERVFAIL; gets nothing; takes the place of the oldest, which
   * gets nothing; or takes the place of the oldest of the newer half, if that waits long enough (jostling). */
  readonly overload: 'refuse' | 'drop' | 'drop-oldest' | 'jostle';
  /** From when on a waiting request can be jostled out, microseconds. */
  readonly jostleAfterMicros: Micros;
  /** How the limit of requests that wait for one question adapts; undefined = it is constant. */
  readonly joinedGrowth?: JoinedGrowth | undefined;
}

/** A query that was answered although its limit of waiting requests was reached raises the limit. */
export interface JoinedGrowth {
  readonly step: number;
  /** Highest limit. */
  readonly maximum: number;
  /** The limit falls by one this often, down to where it began. */
  readonly fallsEachSeconds: Seconds;
}

/** What the RFCs recommend. */
export const RFC_CACHE_RULES: CacheRules = {
  wholeSeconds: false, // RFC 1035 §3.2.1 speaks of seconds, not of a clock
  ttlBoundsCover: 'data', // no RFC bounds negative TTLs by data's bounds
  negativeWithoutSoaSeconds: 0, // RFC 2308 §5
  nxdomainScope: 'name', // RFC 2308 §5
  negativeShown: 'kept', // RFC 2308 §5: the TTL is decremented
  freshShown: 'received', // RFC 1034 §5.3.3: the reply is the answer
  sharedSoa: false,
  aggressiveNsec: false, // RFC 8198 §5.1: for resolvers that validate
  aggressiveNsec3: false,
  nsecRecords: 100_000, // PowerDNS Recursor aggressive-nsec-cache-size
  packetSeconds: undefined,
};

/** What the RFCs recommend; they are silent on most of it. */
export const RFC_ANSWER_RULES: AnswerRules = {
  any: 'notimp', // RFC 8482 §4
  withoutRecursion: 'refuse', // what software does for those it is not told to let look into its cache
  selfAlias: 'loop', // RFC 1034 §3.6.2: loops should be signalled as an error
  failureShowsAliases: false,
  discardAfterMicros: undefined,
  overload: 'refuse',
  jostleAfterMicros: 200_000, // Unbound jostle-timeout
  joinedGrowth: undefined,
};
