/**
 * What every kind of DNS provider has in common: the border between a provider and the world around it.
 *
 * A provider has three planes that fail apart. The control plane takes zone changes, the health plane takes the
 * verdicts of health checks; both run ahead as events of the shared simulation. The edge answers queries from
 * what the planes have revealed to it. Whatever moves from planes to edge is a `ProviderChange`, plain data that
 * becomes visible when the world applies it. So planes never read the edge, and the edge never reads the planes.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import type { Message, Question } from '../../dns/data/message.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { Draw, LinkState, Reaction } from '../outside.ts';
import type { CheckSpec, PolicySpec, SettingSpec, WorldSpec, ZoneChangeSpec } from '../spec.ts';
import type { ProbeResult } from './health/probe.ts';
import type { RequestWay } from './proxy.ts';

/** Something that becomes visible at a provider's edge. `zone` is an index into the spec. */
export type ProviderChange =
  /** The control plane holds this data from now on; no edge serves it yet. */
  | { readonly kind: 'accepted'; readonly provider: number; readonly zone: number; readonly data: Zone }
  /** Every edge serves this data from now on. */
  | { readonly kind: 'published'; readonly provider: number; readonly zone: number; readonly data: Zone }
  /** Every edge takes the signal (see health/signals.ts) for healthy or not from now on. */
  | {
      readonly kind: 'health';
      readonly provider: number;
      readonly signal: number;
      readonly healthy: boolean;
    }
  /** The control plane holds this policy from now on, or every edge decides by it. */
  | {
      readonly kind: 'policy';
      readonly stage: 'accepted' | 'published';
      readonly provider: number;
      readonly policy: PolicySpec;
      /** What the operator called the change. */
      readonly label: string;
    }
  /** The same for a setting. */
  | {
      readonly kind: 'setting';
      readonly stage: 'accepted' | 'published';
      readonly provider: number;
      readonly setting: SettingSpec;
    }
  /** Something else the planes of this provider tell their edge; only its own kind can read it. */
  | { readonly kind: 'own'; readonly provider: number; readonly state: { readonly kind: string } };

/** What an operator hands in at a control plane. */
export type OperatorChange =
  /** @param zone an index into the spec */
  | { readonly kind: 'zone'; readonly zone: number; readonly change: ZoneChangeSpec }
  | { readonly kind: 'policy'; readonly policy: PolicySpec }
  | { readonly kind: 'setting'; readonly setting: SettingSpec };

/** What a provider is told, or can see, of a query beside its question. */
export interface PolicyQuery {
  /** Index of the region the query comes from: that of the resolver. */
  readonly region: number;
  /** Index of the client's region, where the resolver sends it (RFC 7871). */
  readonly clientRegion?: number | undefined;
  /** Index of the resolver service, and of the instance of it; absent for look-ups between providers. */
  readonly service?: number | undefined;
  readonly instance?: number | undefined;
  /** The name looked up, where a wildcard stands for it. */
  readonly qname?: Name | undefined;
  /** Index of the provider's server that was asked, and of the region of the site that received the query. */
  readonly server: number;
  readonly siteRegion: number;
  /** When; absent where nobody asks at a time, as for the truth. */
  readonly now?: Micros;
  readonly draw: Draw;
  /** The DO bit (RFC 3225 §3): signatures and proofs are wanted. Absent: no. */
  readonly dnssecOk?: boolean | undefined;
  /** Aliases followed so far on behalf of other providers; absent = none. */
  readonly aliasDepth?: number;
}

/** What a traffic policy says about one owner name and type; `absent` = no such records (NODATA). */
export type PolicyAnswer = RRset | 'absent' | AliasAnswer | FailedAnswer;

/** Whatever `alias` has of the type, under the policy's own name. @see follow.ts */
export interface AliasAnswer {
  readonly alias: Name;
  /** TTL of the answer; absent = the smallest on the way to the target. */
  readonly ttl?: Seconds;
}

/** No data at all but an error: a policy that cannot be evaluated, or one that denies its own name. */
export interface FailedAnswer {
  readonly rcode: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  /** In plain words, for traces. */
  readonly why?: string;
}

/** What the world offers to a provider. */
export interface ProviderContext {
  readonly spec: WorldSpec;
  /** Index of the provider in the spec. */
  readonly index: number;
  /** How a plane stands at this moment of the shared simulation. */
  plane(plane: 'health' | 'control'): LinkState;
  /** How the site of one of its servers stands at this moment. @param site position among the server's sites */
  site(server: number, site: number): LinkState;
  /** Whether a zone transfer from another provider (an index) would succeed at this moment. */
  reaches(primary: number): boolean;
  /** Chance in what its planes do. */
  readonly draw: Draw;
  /**
   * Plays a probe from a region to an endpoint as things stand; nobody is there without an endpoint.
   * `undefined` while the region is down, as then nothing is sent.
   */
  probe(check: CheckSpec, endpoint: number | undefined, region: number): ProbeResult | undefined;
  /** Calls `woken(kind, a)` after `delay`. */
  wake(delay: Micros, kind: number, a: number): void;
  /** Makes a change visible at this instant. */
  reveal(change: ProviderChange): void;
  /** Sets a health check that it runs, at this instant. */
  setCheck(setting: Extract<SettingSpec, { kind: 'check' }>): void;
  /** @param rule see `Reaction` */
  react(stage: Reaction['stage'], label: string, rule?: string): void;
}

export interface Provider {
  // Planes: called by events of the shared simulation.

  /** An operator hands in a change. */
  submit(change: OperatorChange, label: string, now: Micros): void;
  /** A health check has come to a verdict. @param signal its number, see health/signals.ts */
  hear(signal: number, healthy: boolean): void;
  /** Faults of some plane, or of some server of its own, have changed. */
  planesChanged(now: Micros): void;
  woken(kind: number, a: number, now: Micros): void;

  // Edge: called by queries and by the world when it applies changes.

  /** @param now absent for what holds from the start */
  apply(change: ProviderChange, now?: Micros): void;
  /** Raised by every `apply` that changes `published`. */
  readonly revision: number;
  /** Zone data served at every edge without faults. Immutable; a new map after each change. */
  readonly published: ReadonlyMap<number, Zone>;
  /** Zone data as the control plane holds it. */
  readonly accepted: ReadonlyMap<number, Zone>;
  /** What a policy answers to one query; `undefined` when no policy covers the name and type. */
  decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined;
  /**
   * Everything a policy could rightly answer to clients of a region at this moment, whatever the draw.
   * @param qname the name looked up, where `name` is a wildcard
   */
  correct(name: Name, type: RrType, region: number, qname?: Name): readonly PolicyAnswer[] | undefined;
  /** An error that a server gives instead of looking anything up. Absent: there is none. */
  failure?(question: Question, query: PolicyQuery): FailedAnswer | undefined;
  /** What `decide` goes by, in words for traces: `failover app.example.com/A: eu-west`. Absent: it does not say. */
  explain?(name: Name, type: RrType, query: PolicyQuery): string | undefined;
  /**
   * Where its proxy sends requests for a name that it takes in a region. Absent: it has no proxy.
   * @param look answers a question as the authorities concerned would
   */
  ways?(name: Name, region: number, look: (question: Question) => Message): readonly RequestWay[];
  /** Raised by every `apply` that may change `ways`. */
  readonly waysRevision?: number;
  /** Whether a policy covers the name and type whose answers depend on the region of the client. */
  isScoped(name: Name, type: RrType): boolean;
  /**
   * The whole answer, for kinds that do more than look into zones and policies; `drop` is silence. Asked of server
   * -1 it is the answer of one that has all it should have. Absent: zones and policies are looked up.
   */
  respond?(question: Question, query: PolicyQuery, answers: Answers): Message | 'drop';
}

/** What helps a provider that answers by itself. */
export interface Answers {
  /** The zones the server holds, with the faults in force. */
  readonly zones: ReadonlyMap<Name, Zone>;
  /** The answer out of some zones, with policies and faults over them. */
  lookup(question: Question, zones: ReadonlyMap<Name, Zone>): Message;
  /** What the operators of other zones answer. @param by index of the provider asked; absent: the zone's first */
  elsewhere(question: Question, by?: number): Message;
}
