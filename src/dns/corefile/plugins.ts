/** The plugins of a Corefile that are understood, with all defaults filled in, as plain data. */
import type { Micros, Seconds } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import type { RrType } from '../data/rrtype.ts';

/** Where the statement stands: line of the Corefile, for messages and traces. */
interface Stated {
  readonly line: number;
}

/** For which names a plugin that has no answer passes the query on; absent: for none. */
export type Fallthrough = readonly Name[] | undefined;

export interface CacheLimits {
  readonly capacity: number;
  readonly ttlSeconds: Seconds;
  readonly leastSeconds: Seconds;
}

export interface CachePlugin extends Stated {
  readonly plugin: 'cache';
  readonly zones: readonly Name[];
  readonly success: CacheLimits;
  readonly denial: CacheLimits;
  /** At least `amount` hits with no gap of `gap` or more; refreshed in the last `percentage` of the TTL. */
  readonly prefetch?: { readonly amount: number; readonly gap: Micros; readonly percentage: number };
  readonly serveStale?: StaleCache;
  readonly servfailSeconds: Seconds;
  readonly keepTtl: boolean;
}

/** What `serve_stale` says. */
export interface StaleCache {
  /** How long after their end entries are served. */
  readonly upTo: Micros;
  /** Before a refresh is tried, or once it has failed. */
  readonly mode: 'immediate' | 'verify';
  /** `verify`: how long a refresh is waited for; absent: until it has ended. */
  readonly patience?: Micros;
  readonly ttlSeconds: Seconds;
  /** After a failed refresh none is tried for so long. */
  readonly recheckSeconds: Seconds;
}

export interface ForwardPlugin extends Stated {
  readonly plugin: 'forward';
  readonly from: Name;
  /** As written. */
  readonly to: readonly string[];
  readonly except: readonly Name[];
  readonly policy: 'random' | 'round_robin' | 'sequential';
  readonly healthCheck: Micros;
  /** Whose NS set probes ask for. */
  readonly healthName: Name;
  /** Whether probes ask for recursion. */
  readonly healthRecursion: boolean;
  readonly maxFails: number;
  readonly maxConcurrent?: number;
  readonly maxConnectAttempts: number;
  readonly expire: Micros;
  readonly failfast: boolean;
  /** Rcodes after which the next upstream is tried. */
  readonly failover: readonly string[];
  /** Rcodes after which the next forward is tried. */
  readonly next: readonly string[];
}

export interface KubernetesPlugin extends Stated {
  readonly plugin: 'kubernetes';
  readonly zones: readonly Name[];
  readonly ttl: Seconds;
  readonly pods: 'disabled' | 'insecure' | 'verified';
  /** Only these; absent: all. */
  readonly namespaces?: readonly string[];
  readonly noEndpoints: boolean;
  readonly ignoreEmptyService: boolean;
  readonly fallthrough: Fallthrough;
}

export interface FilePlugin extends Stated {
  readonly plugin: 'file' | 'auto' | 'secondary';
  readonly zones: readonly Name[];
  /** `file`: the master file; `auto`: the directory; `secondary`: none. */
  readonly source: string;
  /** `secondary`: the servers it transfers from. */
  readonly from: readonly string[];
  /** How often a changed file is looked for; 0: never. */
  readonly reload: Micros;
  readonly fallthrough: Fallthrough;
}

export interface HostsPlugin extends Stated {
  readonly plugin: 'hosts';
  readonly file: string | undefined;
  readonly zones: readonly Name[];
  readonly entries: readonly HostsEntry[];
  readonly ttl: Seconds;
  readonly reverse: boolean;
  readonly fallthrough: Fallthrough;
}

export interface HostsEntry {
  readonly address: string;
  readonly names: readonly Name[];
}

export interface Matcher {
  readonly how: 'exact' | 'prefix' | 'suffix' | 'substring' | 'regex';
  readonly what: string;
}

export type RewriteRule =
  | {
      readonly field: 'name';
      readonly match: Matcher;
      readonly to: string;
      /** Turns names of the answer back: by itself, or with patterns of its own. */
      readonly answer: 'none' | 'auto' | readonly { readonly from: string; readonly to: string }[];
    }
  | { readonly field: 'type'; readonly from: RrType; readonly to: RrType }
  | { readonly field: 'ttl'; readonly match: Matcher; readonly least: Seconds; readonly most: Seconds };

export interface RewritePlugin extends Stated {
  readonly plugin: 'rewrite';
  readonly rule: RewriteRule;
  /** Whether the rules after it are applied too. */
  readonly goesOn: boolean;
}

export interface TemplatePlugin extends Stated {
  readonly plugin: 'template';
  /** Absent: any type. */
  readonly type?: RrType;
  readonly zones: readonly Name[];
  /** None: everything matches. */
  readonly matches: readonly string[];
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
  readonly rcode: string;
  readonly fallthrough: Fallthrough;
}

export interface LoadbalancePlugin extends Stated {
  readonly plugin: 'loadbalance';
  readonly policy: 'round_robin' | 'weighted' | 'prefer';
  /** `weighted`: by owner name and address. */
  readonly weights: ReadonlyMap<Name, ReadonlyMap<string, number>>;
  /** `prefer`: blocks in order. */
  readonly blocks: readonly string[];
}

export interface AclRule {
  readonly action: 'allow' | 'block' | 'filter' | 'drop';
  /** Absent: any type. */
  readonly types?: readonly RrType[];
  /** Absent: from anywhere. */
  readonly nets?: readonly string[];
}

export interface AclPlugin extends Stated {
  readonly plugin: 'acl';
  readonly zones: readonly Name[];
  readonly rules: readonly AclRule[];
}

export interface Dns64Plugin extends Stated {
  readonly plugin: 'dns64';
  /** First twelve octets of the addresses made up. */
  readonly prefix: string;
  /** Whether AAAA records that exist are replaced too. */
  readonly translateAll: boolean;
}

export interface AutopathPlugin extends Stated {
  readonly plugin: 'autopath';
  readonly zones: readonly Name[];
  /** `@kubernetes`, or the file with the search list. */
  readonly source: string;
}

export interface SimplePlugin extends Stated {
  readonly plugin: 'any' | 'minimal' | 'whoami';
}

export type Plugin =
  | CachePlugin
  | ForwardPlugin
  | KubernetesPlugin
  | FilePlugin
  | HostsPlugin
  | RewritePlugin
  | TemplatePlugin
  | LoadbalancePlugin
  | AclPlugin
  | Dns64Plugin
  | AutopathPlugin
  | SimplePlugin;

/** Plugins behind some keys. */
export interface ServerBlock {
  readonly zones: readonly Name[];
  readonly port: number;
  readonly line: number;
  /** In the order in which a query passes them (plugin.cfg). */
  readonly plugins: readonly Plugin[];
  /** Statements that are understood but change nothing, by name; options as `health lameduck`. */
  readonly quiet: readonly string[];
}

export interface Corefile {
  readonly blocks: readonly ServerBlock[];
}
