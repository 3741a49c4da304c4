/** What answers of load balancers hang on. Sources: README.md beside this file. */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { type AnswerOutlook, answerOf, type OutlookOf, watchOf } from '../../outlook.ts';
import type { BalancerRule, PoolMember } from './rule.ts';
import { isByPlace, steeringOf } from './steering.ts';

export const cloudflareOutlook: OutlookOf = (policy, spec) => {
  const rule = policy.rule as BalancerRule;
  const ranked = steeringOf(rule) === 'off';
  const pools = rule.pools.flatMap((pool, at) => (pool.enabled ? [{ pool, at }] : []));
  const rankOf = (at: number): number => {
    const place = rule.defaults.indexOf(at);
    return ranked ? (place < 0 ? rule.defaults.length : place) : 0;
  };
  const last = rule.fallback === undefined ? undefined : rule.pools[rule.fallback];
  return {
    order: ranked ? 'ranked' : isByPlace(rule) ? 'placed' : 'shared',
    answers: pools.flatMap(({ pool, at }) =>
      pool.members
        .filter(({ enabled }) => enabled !== false)
        .map((member) => memberOf(policy, member, rankOf(at), spec)),
    ),
    allUnhealthy: last?.enabled
      ? {
          does: 'falls-back',
          words: `when all pools are unhealthy Cloudflare answers the fallback pool ${last.name} without looking at its health`,
        }
      : { does: 'answers-nothing', words: 'without a fallback pool nothing is answered' },
  };
};

/** Checks by region count like the global one. */
function memberOf(policy: PolicySpec, member: PoolMember, rank: number, spec: WorldSpec): AnswerOutlook {
  const own = answerOf(spec, policy.candidates[member.candidate]!, rank);
  const views = [...member.views.values()].flatMap((ref) => watchOf(spec, ref));
  return { ...own, watches: [...own.watches, ...views] };
}
