/** Rules of Amazon Route 53 as data: a group of records of one name and type under one routing policy. */
import type { HealthRef, RuleSpec } from '../../../spec.ts';
import type { Territory } from '../../steering/places.ts';

export type Routing =
  | 'simple'
  | 'weighted'
  | 'failover'
  | 'latency'
  | 'geolocation'
  | 'geoproximity'
  | 'multivalue'
  | 'ip';

export interface Route53Rule extends RuleSpec {
  readonly kind: 'route53';
  readonly routing: Routing;
  /** One for each candidate of the policy. */
  readonly records: readonly Route53Record[];
  /** Geoproximity: which formula a negative bias follows (the documentation has had both). */
  readonly negativeBias: 'divided' | 'multiplied';
  /** IP-based: which of several blocks that hold a client wins (not documented). */
  readonly overlap: 'longest' | 'first';
}

export interface Route53Record {
  /** Weighted: 0 to 255. */
  readonly weight?: number;
  /** Failover. */
  readonly role?: 'primary' | 'secondary';
  /** Geolocation. */
  readonly territory?: Territory;
  /** Geoproximity: −99 to 99. */
  readonly bias?: number;
  /** IP-based: blocks of its location; none for the default. */
  readonly blocks?: readonly string[];
  /** Alias records: whether an unhealthy target makes them unhealthy. */
  readonly evaluatesTarget?: boolean;
  /** An alias to a resource of AWS. */
  readonly resource?: true;
  /** Alias records to resources: the signal that stands for the resource's own health. */
  readonly target?: HealthRef;
}

/** Settings of a Route 53 provider. */
export interface Route53Options extends RuleSpec {
  readonly kind: 'route53';
  readonly negativeBias: Route53Rule['negativeBias'];
  readonly overlap: Route53Rule['overlap'];
}
