/** Cloudflare as data: load balancers with their pools, and how a zone's records are served. */
import type { Name } from '../../../../dns/data/name.ts';
import type { HealthRef, RuleSpec } from '../../../spec.ts';

/** Global traffic steering, by the names of the interface. `default`: geo where there are geo pools, else off. */
export const STEERINGS = [
  'default',
  'off',
  'random',
  'geo',
  'dynamic-latency',
  'proximity',
  'least-outstanding-requests',
  'least-connections',
] as const;
export type Steering = (typeof STEERINGS)[number];

/** Endpoint steering inside a pool. */
export const ENDPOINT_STEERINGS = [
  'random',
  'hash',
  'least-outstanding-requests',
  'least-connections',
] as const;
export type EndpointSteering = (typeof ENDPOINT_STEERINGS)[number];

/** The thirteen regions of load balancing (Regions API). */
export const CF_REGIONS = [
  'WNAM',
  'ENAM',
  'WEU',
  'EEU',
  'NSAM',
  'SSAM',
  'OC',
  'ME',
  'NAF',
  'SAF',
  'SAS',
  'SEAS',
  'NEAS',
] as const;
export type CfRegion = (typeof CF_REGIONS)[number];

/** A load balancer: one name and type, or a proxied name. */
export interface BalancerRule extends RuleSpec {
  readonly kind: 'cloudflare';
  /** A disabled balancer leaves its name to the DNS record, if there is one. */
  readonly enabled: boolean;
  readonly steering: Steering;
  readonly pools: readonly PoolRule[];
  /** Places of the default pools in `pools`, in failover order. */
  readonly defaults: readonly number[];
  /** Place of the fallback pool. Absent: it is disabled. */
  readonly fallback?: number;
  readonly geo: readonly GeoPools[];
  readonly proxied: boolean;
  readonly failoverAcrossPools: boolean;
  readonly location: LocationRule;
  /** How many addresses of a pool a DNS-only answer holds. */
  readonly answer: 'one' | 'all';
}

export interface PoolRule {
  readonly name: string;
  readonly members: readonly PoolMember[];
  /** Fewer endpoints up than this, and the pool is critical; at least 1. */
  readonly minimum: number;
  /** Share under random steering and by counters, at least 0. */
  readonly weight: number;
  readonly steering: EndpointSteering;
  /** A disabled pool gets no traffic, not even as fallback. */
  readonly enabled: boolean;
  /** GPS coordinates for proximity steering. */
  readonly latitude?: number;
  readonly longitude?: number;
}

export interface PoolMember {
  /** Place in the policy's list of candidates. */
  readonly candidate: number;
  /** 0 to 1. */
  readonly weight: number;
  /** Absent: it is. */
  readonly enabled?: boolean;
  /** Health as data centres of a region (an index) see it, where it counts before the global verdict. */
  readonly views: ReadonlyMap<number, HealthRef>;
}

/** The pools of an area, in failover order. The smallest area that holds the place counts. */
export interface GeoPools {
  readonly area:
    | { readonly level: 'pop'; readonly region: number }
    | { readonly level: 'country'; readonly code: string }
    | { readonly level: 'region'; readonly code: CfRegion };
  readonly pools: readonly number[];
}

/** Where a DNS-only query counts as coming from (`location_strategy`). */
export interface LocationRule {
  readonly preferEcs: 'always' | 'never' | 'proximity' | 'geo';
  /** Without a client subnet: the data centre that answers, or the resolver's address. */
  readonly mode: 'pop' | 'resolver-ip';
}

/** Settings of a Cloudflare provider. */
export interface CloudflareOptions extends RuleSpec {
  readonly kind: 'cloudflare';
  readonly plan: Plan;
  /** Names whose A, AAAA or CNAME records are proxied. */
  readonly proxied: readonly Name[];
  /** Names whose CNAME is flattened, and whether all are. The apex always is. */
  readonly flattened: readonly Name[];
  readonly flattensAll: boolean;
  readonly answer: BalancerRule['answer'];
  /** By region of the scenario; `undefined` where it follows from the place. */
  readonly regions: ReadonlyMap<number, CfRegion>;
  readonly intervalLimits: 'plan' | 'limits-page';
}

export type Plan = 'free' | 'pro' | 'business' | 'enterprise';

/** Settings in force where a world names none. */
export const PLAIN_OPTIONS: CloudflareOptions = {
  kind: 'cloudflare',
  plan: 'pro',
  proxied: [],
  flattened: [],
  flattensAll: false,
  answer: 'one',
  regions: new Map(),
  intervalLimits: 'plan',
};

/** TTL of a proxied name, not to be changed (dns/manage-dns-records/reference/ttl). */
export const PROXIED_TTL = 300;
