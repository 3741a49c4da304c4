/** Rules of Azure as data: a Traffic Manager profile under one routing method, or an alias record set of Azure DNS. */
import type { Seconds } from '../../../../base/time.ts';
import type { RuleSpec } from '../../../spec.ts';
import type { Territory } from '../../steering/places.ts';

export type Method =
  | 'priority'
  | 'weighted'
  | 'performance'
  | 'geographic'
  | 'multivalue'
  | 'subnet'
  /** No profile but an alias record set: whatever its target has. */
  | 'alias';

export interface AzureRule extends RuleSpec {
  readonly kind: 'azure';
  readonly method: Method;
  /** A disabled profile has no name in DNS; nested, it stops its endpoint. */
  readonly enabled: boolean;
  /** One for each candidate of the policy. */
  readonly endpoints: readonly AzureEndpoint[];
  /** Multivalue: how many endpoints one answer holds, at least 1. */
  readonly maxReturn: number;
  readonly subnetDegraded: SubnetDegraded;
}

/** Subnet: a Degraded endpoint leaves its clients to the catch-all, or is answered as with geographic routing. */
export type SubnetDegraded = 'skipped' | 'answered';

export interface AzureEndpoint {
  /** What the operator, or the service behind the endpoint, says of it. */
  readonly status: 'enabled' | 'disabled' | 'stopped';
  /** Priority: 1 to 1000, lower first. */
  readonly priority?: number;
  /** Weighted: 1 to 1000. */
  readonly weight?: number;
  /** Geographic. */
  readonly territory?: Territory;
  /** Subnet: its blocks; none for the catch-all. */
  readonly blocks?: readonly string[];
  /** Of a nested profile: how many of its endpoints must be Online. Absent: it is no nested profile. */
  readonly minChildEndpoints?: number;
}

/** Settings of an Azure provider. */
export interface AzureOptions extends RuleSpec {
  readonly kind: 'azure';
  /** TTL of profiles that say nothing. */
  readonly defaultTtl: Seconds;
  readonly subnetDegraded: SubnetDegraded;
}
