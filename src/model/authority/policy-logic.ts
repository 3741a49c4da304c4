/**
 * How one kind of rule decides: the part that a new provider has to write. Pure functions of a policy, of health
 * and of the query; no clock, no events.
 */

import type { HealthRef } from '../policy-spec.ts';
import type { PolicySpec, WorldSpec } from '../spec.ts';
import type { PolicyAnswer, PolicyQuery } from './provider.ts';
import type { RequestWay } from './proxy.ts';

/** What a policy can look at besides the query. */
export interface Surroundings {
  readonly spec: WorldSpec;
  /** Index of the provider in the spec. */
  readonly provider: number;
  /** What the provider believes of a signal at this moment. @param ref absent: no signal, which is healthy */
  healthy(ref: HealthRef | undefined): boolean;
  /** Another policy of the same provider under the same health, for rules that lead to rules. */
  policyAt(name: PolicySpec['name'], type: PolicySpec['type']): PolicySpec | undefined;
}

/** A policy under a given state of health: good until some signal turns. */
export interface Decider {
  /** The answer to one query; draws only where chance decides. */
  decide(query: PolicyQuery): PolicyAnswer;
  /** Everything `decide` could answer to a resolver next to clients of this region. */
  possible(region: number): readonly PolicyAnswer[];
  /** Where requests of a proxied name go that are taken in this region. Absent: the policy knows no proxy. */
  ways?(region: number): readonly RequestWay[];
  /** What it chooses at present, in words: `us-east`, `us-east or eu-west`, `no address`. */
  readonly choice: string;
  /** Why, in words. Absent: the choice says it all. @param region for clients there; absent: for all */
  reason?(region?: number): string;
}

export interface PolicyLogic {
  prepare(policy: PolicySpec, surroundings: Surroundings): Decider;
  /** Whether the policy is switched off, so that its name has what the zone has. Absent: it never is. */
  isOff?(policy: PolicySpec): boolean;
  /** Whether answers depend on where the client is. */
  isScoped(policy: PolicySpec): boolean;
}

/** The logic for each kind of rule that a provider understands. */
export type LogicByRule = Readonly<Record<string, PolicyLogic>>;
