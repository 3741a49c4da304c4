/**
 * Which addresses of an item are up. An address without a check is always answered; an internal passthrough load
 * balancer is up while at least a share of its backends is (Cloud DNS, routing policies overview: 20 %); proxy load
 * balancers have a health of their own, for which the endpoint's check stands.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import type { GoogleRule } from './rule.ts';

/** The addresses of an item that are up. */
export type Alive = (addresses: readonly number[]) => readonly number[];

export function aliveIn(policy: PolicySpec, { healthy }: Surroundings): Alive {
  const { backends, backendShare } = policy.rule as GoogleRule;
  const up = policy.candidates.map(({ health }, at) => {
    const own = backends[at];
    if (!own) return healthy(health);
    const count = own.filter((one) => healthy(one)).length;
    return count > 0 && count >= own.length * backendShare;
  });
  return (addresses) => addresses.filter((one) => up[one]);
}
