/**
 * Whether a record of a Route 53 group counts as healthy.
 *
 * A record without a health check is healthy. An alias that evaluates its target is healthy while at least one
 * record below it is; one that does not is healthy whatever lies below. With a check too, both must pass
 * (Route 53 Developer Guide, dns-failover-complex-configs). An alias to a record of the zone without a policy is
 * healthy, as such a record has no check.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import type { Route53Rule } from './rule.ts';

/** Aliases that lead to aliases; deeper nests count as healthy. */
const DEEPEST = 8;

export function isHealthy(
  policy: PolicySpec,
  candidate: number,
  surroundings: Surroundings,
  depth = 0,
): boolean {
  const { health, data } = policy.candidates[candidate]!;
  if (!surroundings.healthy(health)) return false;
  const { kind, records } = policy.rule as Route53Rule;
  const record = kind === 'route53' ? records[candidate]! : undefined;
  if (!record?.evaluatesTarget || depth >= DEEPEST) return true;
  if (data.kind !== 'alias') return surroundings.healthy(record.target);
  const below = surroundings.policyAt(data.name, policy.type);
  return (
    below === undefined || below.candidates.some((_, at) => isHealthy(below, at, surroundings, depth + 1))
  );
}
