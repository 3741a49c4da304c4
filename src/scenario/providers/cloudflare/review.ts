/** Limits of Cloudflare's plans, told as warnings (load-balancing/reference/limitations). */
import type {
  BalancerRule,
  CloudflareOptions,
  Plan,
} from '../../../model/authority/providers/cloudflare/rule.ts';
import type { RuleSpec } from '../../../model/spec.ts';
import type { ReviewDesk } from '../format.ts';

/** What plans below Enterprise allow. */
const MOST_BALANCERS = 20;
const MOST_POOLS = 20;
const MOST_ENDPOINTS = 20;

/** Warns of what the plan does not allow. */
export function review(rule: RuleSpec, desk: ReviewDesk): void {
  const options = rule as CloudflareOptions;
  const balancers = desk.policies.filter((one) => one.rule.kind === 'cloudflare');
  if (options.plan === 'enterprise') return;
  const rules = balancers.map((one) => one.rule as BalancerRule);
  const pools = new Set(rules.flatMap((one) => one.pools.map(({ name }) => name)));
  const largest = Math.max(0, ...rules.flatMap((one) => one.pools.map(({ members }) => members.length)));
  warnAbove(balancers.length, MOST_BALANCERS, 'load balancers', options.plan, desk);
  warnAbove(pools.size, MOST_POOLS, 'pools', options.plan, desk);
  warnAbove(largest, MOST_ENDPOINTS, 'endpoints in a pool', options.plan, desk);
}

function warnAbove(count: number, most: number, noun: string, plan: Plan, desk: ReviewDesk): void {
  if (count > most) desk.warn(['plan'], `the plan ${plan} allows ${most} ${noun}, not ${count}`);
}
