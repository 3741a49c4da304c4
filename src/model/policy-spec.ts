/**
 * Traffic policies and the health signals they listen to, as plain data: the part of the world's specification
 * that differs from provider to provider. The world knows names, types, candidates and signals; how a candidate
 * is chosen is the business of the provider's rule, which only its own folder can read.
 */
import type { Micros, Seconds } from '../base/time.ts';
import type { Name } from '../dns/data/name.ts';
import type { Rdata } from '../dns/data/rdata.ts';
import type { RrType } from '../dns/data/rrtype.ts';

/** A traffic policy decides one RRset at query time. */
export interface PolicySpec {
  readonly name: Name;
  /** Any type; the answer is an RRset of this type or none. */
  readonly type: RrType;
  /** TTL of its answers, unless its rule has TTLs of its own. */
  readonly ttl: Seconds;
  /** Index of the provider that runs the policy. Other providers of the zone serve the zone's own record. */
  readonly provider: number;
  /** What people call it, for labels and traces: `failover`, `route53 weighted`. */
  readonly word: string;
  /** Everything it may answer with. Rules refer to them by their place in this list. */
  readonly candidates: readonly CandidateSpec[];
  /** Signals its rule listens to besides those of the candidates. Absent: none. */
  readonly watches?: readonly HealthRef[];
  readonly rule: RuleSpec;
}

/** How a policy decides. `kind` names the logic that can read it: a provider's own, or `generic`. */
export interface RuleSpec {
  readonly kind: string;
}

/** One thing a policy may answer with. */
export interface CandidateSpec {
  /** What people call it: the name of its endpoint, or its data. */
  readonly label: string;
  readonly data: CandidateData;
  /** The signal that says whether it is usable; absent = none, so the provider's rule for that case counts. */
  readonly health?: HealthRef;
  /** TTL of its answers, where it differs from that of the policy. */
  readonly ttl?: Seconds;
  /** Index of the region it stands in, for rules by latency or distance; absent = that of its first endpoint. */
  readonly region?: number;
}

export type CandidateData =
  /** The addresses of these endpoints (indexes into the spec) that have the family of the policy's type. */
  | { readonly kind: 'endpoints'; readonly endpoints: readonly number[] }
  /** Data of the policy's type, as they stand. */
  | { readonly kind: 'records'; readonly rdata: readonly Rdata[] }
  /**
   * Whatever `name` has of the policy's type, looked up by the provider itself (ALIAS, ANAME, alias records, CNAME
   * flattening). `ttl`: that of the target, or that of the policy.
   */
  | { readonly kind: 'alias'; readonly name: Name; readonly ttl: 'target' | 'policy' };

/** A source of verdicts: an endpoint's own check, or one of `WorldSpec.checks`. */
export type HealthRef =
  | { readonly kind: 'endpoint'; readonly endpoint: number }
  | { readonly kind: 'check'; readonly check: number };

/** A health check that stands by itself: one provider's own, or one that is computed from others. */
export interface NamedCheckSpec {
  readonly name: string;
  /** Only this provider (an index) hears its verdicts; absent = every provider does. */
  readonly provider?: number;
  readonly check: SignalSpec;
}

export type SignalSpec = ProbeSignalSpec | CalculatedSpec | MetricSpec;

export interface ProbeSignalSpec {
  readonly kind: 'probe';
  /** Index of the endpoint probed. */
  readonly endpoint: number;
  readonly probe: CheckSpec;
}

/** Healthy while at least `needed` of its children are. 0 = always healthy; more than there are = never. */
export interface CalculatedSpec {
  readonly kind: 'calculated';
  /** Indexes into `WorldSpec.checks`, all before this one. */
  readonly of: readonly HealthRef[];
  readonly needed: number;
  readonly inverted: boolean;
}

/**
 * An alarm on a metric of the endpoint's service: the share of requests that fail, as the service reports it.
 * A service that is down, or whose region is, reports nothing.
 */
export interface MetricSpec {
  readonly kind: 'metric';
  readonly endpoint: number;
  /** The alarm goes off from this share of failing requests on, above 0 to 1. */
  readonly threshold: number;
  /** One data point per period. */
  readonly period: Micros;
  /** Data points in a row until the state turns. */
  readonly points: number;
  /** What missing data say. */
  readonly missing: 'healthy' | 'unhealthy' | 'last-known';
  readonly inverted: boolean;
}

/** A health check of one endpoint, run by one checker per listed region. */
export interface CheckSpec {
  readonly kind: 'https' | 'http' | 'tcp' | 'ping' | 'dns';
  readonly path: string;
  readonly interval: Micros;
  readonly timeout: Micros;
  /** Consecutive failures until a checker calls the endpoint unhealthy. */
  readonly failures: number;
  /** Consecutive successes until it calls it healthy again. */
  readonly successes: number;
  /** Where its checkers stand; a region listed several times has several. */
  readonly regions: readonly number[];
  /** The endpoint is unhealthy when at least this many checkers (or regions, see below) say so. */
  readonly quorum: number;
  /** A region says unhealthy when at least this many of its checkers do; then `quorum` counts regions. */
  readonly regionQuorum?: number;
  /** `schedule`: probes start every interval. `response`: an interval after the previous result. */
  readonly intervalFrom: 'schedule' | 'response';
  /** First probe of checker 0 after the start; `undefined` = drawn uniformly over one interval per checker. */
  readonly phase?: Micros;
  /** What the check says before checkers have come to a verdict of their own. Absent: healthy. */
  readonly initial?: 'healthy' | 'unhealthy';
  /** A failed probe counts only once it has been repeated this often, `after` each failure. Absent: never. */
  readonly recheck?: { readonly times: number; readonly after: Micros };
  /** From the checkers' agreement until the verdict is known. Absent: at once. */
  readonly aggregation?: Micros;
  /** Says healthy when its checkers say unhealthy, and the other way round. */
  readonly inverted?: boolean;
}
