/** Rules of Google Cloud DNS as data: one routing policy for an RRset. */
import type { HealthRef, RuleSpec } from '../../../spec.ts';

export interface GoogleRule extends RuleSpec {
  readonly kind: 'google';
  readonly routing: Routing;
  /** By candidate: the backends that speak for it, where it is an internal passthrough load balancer. */
  readonly backends: readonly (readonly HealthRef[] | undefined)[];
  /** Share of its backends that must be healthy, 0 to 1. */
  readonly backendShare: number;
  /** How the nearest item is found. */
  readonly nearest: Nearest;
  /** Whether the order inside an answer changes from query to query. */
  readonly shuffle: boolean;
}

export type Routing =
  | { readonly kind: 'wrr'; readonly items: readonly WeightedItem[] }
  | ({ readonly kind: 'geo' } & GeoPolicy)
  | {
      readonly kind: 'failover';
      /** Places in the policy's list of candidates. */
      readonly primary: readonly number[];
      readonly backup: GeoPolicy;
      /** Share of the queries answered with backups although the primary is up, 0 to 1. */
      readonly trickle: number;
      /** Whether trickled queries go to backups that are all unhealthy. */
      readonly trickleToUnhealthy: boolean;
      /** What answers when neither a primary nor a backup is healthy. */
      readonly allUnhealthy: 'primary' | 'backup';
    };

/** One item of a policy: its addresses are answered together. Places in the policy's list of candidates. */
export interface WeightedItem {
  readonly addresses: readonly number[];
  /** At least 0. */
  readonly weight: number;
}

export interface GeoPolicy {
  readonly items: readonly GeoItem[];
  /** Clients never leave their nearest item. */
  readonly fenced: boolean;
}

export interface GeoItem {
  readonly addresses: readonly number[];
  /** Index of its region. */
  readonly region: number;
}

export type Nearest = 'distance' | 'round-trip';

/** Settings of a Google Cloud DNS provider. */
export interface GoogleOptions extends RuleSpec {
  readonly kind: 'google';
  readonly nearest: Nearest;
  readonly allUnhealthy: 'primary' | 'backup';
  readonly trickleToUnhealthy: boolean;
  readonly backendShare: number;
  /** Its zones are signed: an item with a health check then holds one address. */
  readonly dnssec: boolean;
  /** Private zones: whether aliases are followed by where they come from, or each hop is resolved anew. */
  readonly cnameChasing: CnameChasing;
}

export type CnameChasing = 'by-source' | 'each-hop';
