/** What a Route 53 group makes of the health of its records, in plain words for traces and phases. */
import type { PolicySpec } from '../../../spec.ts';
import type { Surroundings } from '../../policy-logic.ts';
import { isHealthy } from './health.ts';
import type { Route53Rule } from './rule.ts';
import { tiersFor } from './tiers.ts';

/**
 * `us is unhealthy`, `us and eu are unhealthy; as all are, all count as healthy`; empty if all is well.
 * @param region for clients there; absent: for all
 */
export function whyOf(policy: PolicySpec, surroundings: Surroundings, region?: number): string {
  const { routing } = policy.rule as Route53Rule;
  if (routing === 'simple') return '';
  const all = policy.candidates.map((_, at) => at);
  const dead = all.filter((at) => !isHealthy(policy, at, surroundings));
  const notes = [
    nameAll(policy, dead),
    ...all.flatMap((at) => unseen(policy, at, surroundings)),
    ruleOf(policy, dead),
    region === undefined ? '' : placeOf(policy, dead, surroundings, region),
  ];
  return notes.filter((note) => note !== '').join('; ');
}

function nameAll({ candidates }: PolicySpec, dead: readonly number[]): string {
  if (dead.length === 0) return '';
  return `${dead.map((at) => candidates[at]!.label).join(' and ')} ${dead.length > 1 ? 'are' : 'is'} unhealthy`;
}

function ruleOf({ rule, candidates }: PolicySpec, dead: readonly number[]): string {
  const { routing, records } = rule as Route53Rule;
  if (dead.length === 0) return '';
  if (dead.length === candidates.length) {
    if (routing === 'failover') return 'as both are, the primary is answered';
    return routing === 'geolocation' ? '' : 'as all are, all count as healthy';
  }
  const weighed = records.flatMap(({ weight }, at) => (weight === 0 ? [] : [at]));
  const isLast = routing === 'weighted' && weighed.length > 0 && weighed.every((at) => dead.includes(at));
  return isLast ? 'weight 0 counts now that all others are unhealthy' : '';
}

/** What the place of clients has to do with it. */
function placeOf(
  policy: PolicySpec,
  dead: readonly number[],
  { spec }: Surroundings,
  region: number,
): string {
  const { routing } = policy.rule as Route53Rule;
  if (routing !== 'geolocation' && routing !== 'ip') return '';
  const ladder = tiersFor(policy, region, spec).flat();
  if (ladder.length === 0) return 'no record is for clients there, and there is no default';
  if (routing === 'ip' || !ladder.every((at) => dead.includes(at))) return '';
  return 'all records for clients there are unhealthy, so that of the smallest place is answered';
}

/** An alias that does not look at a target with nothing healthy. */
function unseen(policy: PolicySpec, at: number, surroundings: Surroundings): string[] {
  const { data } = policy.candidates[at]!;
  if (data.kind !== 'alias' || (policy.rule as Route53Rule).records[at]!.evaluatesTarget) return [];
  const below = surroundings.policyAt(data.name, policy.type);
  if (!below || below.candidates.some((_, one) => isHealthy(below, one, surroundings))) return [];
  return [`${policy.candidates[at]!.label} does not evaluate its target, where nothing is healthy`];
}
