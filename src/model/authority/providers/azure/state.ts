/**
 * The state of an endpoint as its profile sees it (traffic-manager-monitoring, traffic-manager-nested-profiles).
 *
 * CheckingEndpoint, an endpoint before its first probes, is answered like an Online one and is one here. An endpoint
 * without a check is Online for ever ("always serve").
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import type { AzureRule } from './rule.ts';

export type State = 'Online' | 'Degraded' | 'Stopped' | 'Disabled';

/** Levels of nested profiles (traffic-manager-nested-profiles). */
const LEVELS = 10;

/** States of all endpoints of a profile, in the order of its candidates. @param level of the profile, from 1 on */
export function statesOf(policy: PolicySpec, surroundings: Surroundings, level = 1): readonly State[] {
  return policy.candidates.map((_, at) => stateOf(policy, at, surroundings, level));
}

function stateOf(policy: PolicySpec, candidate: number, surroundings: Surroundings, level: number): State {
  const { status, minChildEndpoints } = (policy.rule as AzureRule).endpoints[candidate]!;
  if (status === 'disabled') return 'Disabled';
  if (status === 'stopped') return 'Stopped';
  const { data, health } = policy.candidates[candidate]!;
  if (minChildEndpoints === undefined || data.kind !== 'alias') {
    return surroundings.healthy(health) ? 'Online' : 'Degraded';
  }
  const child = surroundings.policyAt(data.name, policy.type);
  if (!isEnabledProfile(child) || level >= LEVELS) return 'Stopped';
  const online = statesOf(child, surroundings, level + 1).filter((state) => state === 'Online');
  return online.length >= minChildEndpoints ? 'Online' : 'Degraded';
}

function isEnabledProfile(policy: PolicySpec | undefined): policy is PolicySpec {
  return policy?.rule.kind === 'azure' && (policy.rule as AzureRule).enabled;
}
