/**
 * What a kind of provider adds to the scenario format: options of its own, policies in its own words, and
 * defaults where it differs from others. One object per kind, listed in catalogue.ts.
 */
import type { z } from 'zod';
import type { Micros, Seconds } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { CandidateSpec, HealthRef, PolicySpec, RuleSpec } from '../../model/spec.ts';
import type { Cited } from '../../profiles/cited.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import type { IssueList } from '../issues.ts';
import type { TextSource } from '../text-source.ts';
import type { CandidateDoc } from './candidate.ts';
import type { PolicyLevers } from './levers.ts';

export interface ProviderFormat {
  /** The word for `kind:`; also the key of its options and of its policies. */
  readonly kind: string;
  /** `Amazon Route 53`. */
  readonly title: string;
  /** Where it differs from the defaults of all providers. */
  readonly defaults?: ProviderDefaults;
  /** Names of its servers where the scenario gives none. Absent: ns1.PROVIDER-dns.net and so on. */
  readonly serverNames?: (provider: string, count: number) => Name[];
  /** Settings under `providers.*.KIND`. */
  readonly options?: OptionsFormat;
  /** Propagation where its own settings say it. Absent, or nothing: as `defaults` has it. */
  readonly propagation?: (options: RuleSpec) => Cited<Micros> | undefined;
  /** What it makes of a zone of the scenario; absent: it serves the zone as it is. */
  readonly served?: (options: RuleSpec, zone: ServedZone) => ServedZone | { readonly problem: string };
  /** Addresses of servers that its own settings transfer zones from. */
  readonly primaries?: (options: RuleSpec) => readonly string[];
  /** Addresses it gives out that stand in no zone. */
  readonly addresses?: (options: RuleSpec) => Iterable<string>;
  /** By the key of `policies.*` that holds the rule. Vendors have one, named as their kind. */
  readonly policies: Readonly<Record<string, PolicyFormat>>;
  /** Names whose requests go through its proxy. Absent: it has none. @param policies its own */
  readonly proxied?: (options: RuleSpec, policies: readonly PolicySpec[]) => readonly Name[];
  /** What it finds odd about its part of the scenario, such as limits of a plan. */
  readonly review?: (options: RuleSpec, desk: ReviewDesk) => void;
  /** How its health checkers work, for checks that it runs. Absent: as the check itself says. */
  readonly checkers?: CheckersFormat;
  /** How they work where settings of its own say so. @param own what `providers.*.KIND` holds; else `checkers` */
  readonly checkersFor?: (own: never) => CheckersFormat;
  /** Where the document names things defined elsewhere; paths as in references.ts. */
  readonly references?: readonly (readonly [noun: ReferenceNoun, pattern: string])[];
}

/** A zone of the scenario. */
export interface ServedZone {
  readonly origin: Name;
  readonly zone: Zone;
  /** Names that it does not hold may be answered all the same. */
  readonly dynamic?: boolean;
}

/** A provider's part of the scenario, for a last look. */
export interface ReviewDesk {
  /** Its own. */
  readonly policies: readonly PolicySpec[];
  /** @param path below its settings */
  warn(path: Path, message: string, hint?: string): void;
}

export type ReferenceNoun = 'region' | 'provider' | 'endpoint' | 'check';

export interface ProviderDefaults {
  readonly servers?: Cited<number>;
  readonly propagation?: Cited<Micros>;
  readonly readsClientSubnet?: Cited<boolean>;
  /** TTL of policies that say nothing. */
  readonly policyTtl?: Cited<Seconds>;
  /** Names of regions in which its control plane may stand: the first that the scenario has. Absent: nowhere. */
  readonly controlRegions?: readonly string[];
  /** The SOA of zones that have none: serial and times in presentation format, without the names. */
  readonly soa?: { readonly ttl: Seconds; readonly times: string; readonly source: string };
  /** TTL of the NS set of zones that have none. */
  readonly nsTtl?: Seconds;
}

export interface OptionsFormat {
  readonly schema: z.ZodType<object>;
  /** @param doc what is written, or an empty object @param path of the options, for the ledger */
  build(doc: never, path: Path, desk: OptionsDesk): RuleSpec;
}

export interface OptionsDesk {
  readonly ledger: Ledger;
  readonly issues: IssueList;
  readonly regions: readonly string[];
  /** Text that a value names as a file, or is. @returns nothing, reported, where there is no file */
  text(path: Path, written: string): TextSource | undefined;
}

export interface PolicyFormat {
  readonly schema: z.ZodType<unknown>;
  /** What the policy does. @param doc as the schema read it */
  build(doc: never, desk: PolicyDesk): BuiltPolicy;
  /** What an operator can move in it while it runs. Absent: nothing. */
  readonly levers?: PolicyLevers;
}

export interface BuiltPolicy {
  /** What people call it, for labels and traces: `failover`, `route53 weighted`. */
  readonly word: string;
  readonly candidates: readonly CandidateSpec[];
  readonly rule: RuleSpec;
  readonly watches?: readonly HealthRef[];
  /** Where the rule holds a TTL or a provider of its own, instead of `ttl` and `provider` beside it. */
  readonly ttl?: Seconds;
  readonly provider?: string;
}

/** What helps to build a policy: everything here reports problems and notes values by itself. */
export interface PolicyDesk extends OptionsDesk {
  readonly name: Name;
  readonly type: RrType;
  /** Of the rule: `policies.KEY.WORD`. */
  readonly path: Path;
  /** What stands beside the rule. */
  readonly common: CommonPolicyDoc;
  /** Kind and options of the provider that runs the policy. */
  readonly provider: { readonly kind: string; readonly options?: RuleSpec };
  /** One thing the policy may answer with. @param place its path in the document */
  candidate(doc: CandidateDoc, place: Path): CandidateSpec;
  /** The signal of a check or of an endpoint, by name; nothing when it has no check. */
  health(name: string): HealthRef | undefined;
  endpoint(name: string): number;
  /** Addresses of a candidate's endpoints, of either family. */
  addressesOf(candidate: CandidateSpec): readonly string[];
  /** Whether a map stands at the path in the document. */
  isMap(path: Path): boolean;
}

/** Keys of `policies.*` that stand beside the rule, whatever its kind. */
export interface CommonPolicyDoc {
  readonly ttl?: Seconds;
  readonly provider?: string;
  readonly unhealthy?: 'ignore-health' | 'all' | 'none' | 'fallback';
  readonly fallback?: string;
  readonly answers?: number;
  readonly shuffle?: boolean;
}

/** How a provider's health checkers work. */
export interface CheckersFormat {
  readonly interval: Cited<Micros>;
  /** The shortest interval it takes; a shorter one is warned of. */
  readonly leastInterval?: Cited<Micros>;
  readonly timeout: Cited<Micros>;
  /** Where a TCP check waits longer or shorter. */
  readonly tcpTimeout?: Cited<Micros>;
  readonly failures: Cited<number>;
  readonly successes: Cited<number>;
  readonly intervalFrom: Cited<'schedule' | 'response'>;
  /** The regions of its checkers, one entry each, out of those of the scenario. */
  regions(regions: readonly string[]): { readonly indexes: readonly number[]; readonly why: string };
  /** Unhealthy votes that make the verdict. @param regions one entry per checker */
  quorum(regions: readonly number[]): Votes;
  readonly recheck?: Cited<{ readonly times: number; readonly after: Micros }>;
  readonly aggregation?: Cited<Micros>;
  /** What a check says before its first verdict. Absent: healthy. */
  readonly initial?: Cited<'healthy' | 'unhealthy'>;
}

export interface Votes {
  readonly quorum: number;
  readonly regionQuorum?: number;
  readonly why: string;
}
