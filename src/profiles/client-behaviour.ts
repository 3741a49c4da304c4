/**
 * What client-side software does with answers: plain data, one shape for applications and one for operating
 * systems. The model interprets it; the presets beside this file fill it in with sources.
 */
import type { Micros, Seconds } from '../base/time.ts';

/** How long a cache keeps an answer whose remaining TTL is `ttl`. All times in whole seconds. */
export interface CacheRule {
  /**
   * `none`: keeps nothing. `ttl`: clamp(ttl · factor + add, floor, cap), where a TTL of 0 stays 0 unless
   * the floor is positive. `fixed`: always `fixedSeconds`, whatever the record says. `forever`: data until the
   * process restarts (applications only).
   */
  readonly mode: 'none' | 'ttl' | 'fixed' | 'forever';
  readonly fixedSeconds: Seconds;
  readonly floorSeconds: Seconds;
  readonly capSeconds: Seconds;
  readonly factor: number;
  readonly addSeconds: Seconds;
  /** Upper bound for NXDOMAIN and NODATA; 0 = negatives are not kept. */
  readonly negativeCapSeconds: Seconds;
  /** SERVFAIL and time-outs are kept this long; 0 = not kept. */
  readonly failureSeconds: Seconds;
  /** After expiry the old answer may be used this much longer while a refresh runs (stale-while-revalidate). */
  readonly graceSeconds: Seconds;
}

export interface RetryRule {
  /** Further attempts after a failed one; 0 = none. */
  readonly count: number;
  readonly firstDelay: Micros;
  /** Each further delay is the previous one times this. */
  readonly factor: number;
  /** Waits before each further attempt, one by one; when present the three above mean nothing. */
  readonly delays?: readonly Micros[];
}

/** What an application does with what it holds when a look-up fails. */
export interface HoldRule {
  /** The data of the last good look-up is used this long after it while look-ups fail; Infinity = for ever. */
  readonly after: Micros;
  /** NXDOMAIN and NODATA count as failing; otherwise they replace the data. */
  readonly negativeToo: boolean;
}

/** Addresses refreshed by a timer instead of by requests. */
export interface PollingRule {
  /** Time from one look-up to the next; `ttl`: when the answer expires. */
  readonly every: Micros | 'ttl';
  /** Time to the next look-up after a failed one. */
  readonly retry: Micros;
}

/** Pools of kept connections, beyond their idle time-out. */
export interface ConnectionRule {
  /** A connection is closed at this age, busy or not; Infinity = never. */
  readonly lifetime: Micros;
  /** A request over a kept connection gives a silent endpoint up after this long. */
  readonly silence: Micros;
  /** A connection is closed once the addresses the application holds no longer contain its own. */
  readonly closeOnChange: boolean;
}

/**
 * How several addresses are tried. `staggered`: one after the other, `attemptDelay` apart, former attempts going
 * on (RFC 8305 §5). `interleaved`: the same with the families alternating (RFC 8305 §4). `abandoning`: as
 * interleaved, but an attempt ends when the next begins. `family-race`: each family in turn by itself, the second
 * family `attemptDelay` later. `in-order`: the next one when the former has failed. `first-only`: no other than
 * the first. `balanced`: in order from one drawn at random. `one-of-all`: one drawn at random, no other.
 */
export const ADDRESS_STYLES = [
  'staggered',
  'interleaved',
  'abandoning',
  'family-race',
  'in-order',
  'first-only',
  'balanced',
  'one-of-all',
] as const;
export type AddressStyle = (typeof ADDRESS_STYLES)[number];

export const FAMILY_ORDERS = ['as-asked', 'ipv4-first', 'ipv6-first'] as const;
export type FamilyOrder = (typeof FAMILY_ORDERS)[number];

export interface AddressRule {
  readonly style: AddressStyle;
  readonly families: FamilyOrder;
  /** Data of one type waits this long for the other types (RFC 8305 §3); absent = until they are done. */
  readonly resolutionDelay?: Micros;
  /** The address that failed last is left out this long while there are others; absent = it is not remembered. */
  readonly avoid?: Micros;
}

/** A stub resolver of the application's own, which leaves the operating system's cache out. */
export interface OwnStub {
  readonly schedules: readonly [StubSchedule, StubSchedule, StubSchedule];
}

export interface ApplicationBehaviour {
  readonly id: string;
  readonly cache: CacheRule;
  /** An idle connection is kept and reused this long, pinning its address; 0 = a connection per request. */
  readonly keepAlive: Micros;
  /** A silent address is given up after this long. */
  readonly connectTimeout: Micros;
  /** With several addresses the next one is tried after this long (RFC 8305 §5). */
  readonly attemptDelay: Micros;
  /** A request that takes longer than this in all counts as too slow; Infinity = never. */
  readonly patience: Micros;
  readonly retries: RetryRule;
  /** A hit on a kept failure or "no" starts a look-up in the background. */
  readonly refreshFailures?: boolean;
  /** The process restarts this often and forgets everything; clients are spread evenly over it. Absent = never. */
  readonly restartEvery?: Micros;
  /** Absent: a failed look-up is the answer, whatever was held before. */
  readonly hold?: HoldRule;
  /** Absent: requests look up what has expired. */
  readonly polling?: PollingRule;
  /** Absent: kept connections live as long as they are busy, and give a silent endpoint the connect time-out. */
  readonly connections?: ConnectionRule;
  /** Absent: staggered, in the order asked, when all types are known. */
  readonly addresses?: AddressRule;
  /** Absent: look-ups go through the operating system. */
  readonly ownStub?: OwnStub;
}

/**
 * One transmission of the stub's schedule. `resolver` is a place in the order the look-up goes through its
 * resolvers (the listed one, unless the system remembers), the one after the last asked, or all at once.
 */
export interface StubSend {
  readonly at: Micros;
  readonly resolver: number | 'next' | 'all';
}

/** `order: penalty`: how long a resolver that did not answer stays behind the others. */
export interface PenaltyRule {
  readonly duration: Micros;
  /** `after`: so long after the failure. `clock`: at the next of a host's own beats, one every `duration`. */
  readonly ends: 'after' | 'clock';
}

/** `order: score`: a resolver with too few successes among its latest samples is left out. */
export interface ScoreRule {
  /** Samples kept, at most 64, and how many it takes to judge. */
  readonly samples: number;
  readonly fewest: number;
  /** Share of successes below which a resolver is left out. */
  readonly threshold: number;
  /** Bad samples are believed this long after the latest. */
  readonly validSeconds: Seconds;
}

/**
 * What SERVFAIL or REFUSED leads to. `false`: it is the answer. `true`: the next transmission at once, and the
 * failure of the last one is the answer. `each-once`: every other resolver once, then the failure is the answer.
 * `ignore`: nothing; the schedule goes on as if nobody had answered.
 */
export type FailureRule = boolean | 'each-once' | 'ignore';

/** What a system does with names written without their final dot when there is a search list. */
export interface SearchRule {
  /** A name with fewer dots than `ndots`: whether it is asked as it stands after the list. */
  readonly fewDots: 'list-then-as-is' | 'list';
  /** Any other name: asked as it stands, and then perhaps with the list. */
  readonly manyDots: 'as-is' | 'as-is-then-list';
  /**
   * What follows NODATA, SERVFAIL or silence for one candidate: the next, the name as it stands, or the end.
   * NXDOMAIN leads to the next in every system.
   */
  readonly nodata: 'next' | 'end';
  readonly failure: 'next' | 'as-is' | 'end';
  readonly timeout: 'next' | 'as-is' | 'end';
}

export interface StubBehaviour {
  readonly id: string;
  readonly cache: CacheRule;
  /** NXDOMAIN and NODATA count as if their TTL were at least this, twice as much on each repeat; 0 = as it is. */
  readonly negativeFirstSeconds: Seconds;
  /** When a look-up fails, data held past its life is used and that life begins again. */
  readonly keepOnFailure: boolean;
  /** Schedules for one, two and three or more configured resolvers. */
  readonly schedules: readonly [StubSchedule, StubSchedule, StubSchedule];
  /** Resolvers of the list that are used at all; Infinity = every one. */
  readonly mostResolvers: number;
  /** What the stub remembers about its resolvers from look-up to look-up: which comes first. */
  readonly order: 'listed' | 'rotate' | 'sticky' | 'penalty' | 'score';
  readonly penalty: PenaltyRule;
  readonly score: ScoreRule;
  readonly nextOnFailure: FailureRule;
  /** After SERVFAIL the same resolver is asked again at once so many times before `nextOnFailure` holds. */
  readonly failureRepeats: number;
  /**
   * How the types of a name are asked. `in-turn`: A first, the next when it has been answered. `a-decides`: in
   * turn, and when the first fails the others are not asked at all.
   */
  readonly types: 'together' | 'in-turn' | 'a-decides';
  readonly search: SearchRule;
}

export interface StubSchedule {
  readonly sends: readonly StubSend[];
  readonly giveUp: Micros;
}
