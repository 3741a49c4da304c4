/** Monitors: how Cloudflare's data centres probe endpoints and agree upon them. */
import { MINUTE, type Micros, SECOND } from '../../../base/time.ts';
import type { CloudflareOptions, Plan } from '../../../model/authority/providers/cloudflare/rule.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';
import type { CheckersFormat } from '../format.ts';
import { LIMITS, type OptionsDoc, PLAN } from './options.ts';

const API = 'Cloudflare API, load balancer monitors';
const HEALTH = 'Cloudflare, load-balancing/understand-basics/health-details';

/** Data centres that probe in each region. */
const CENTRES = 3;

/** Monitors as the interface makes them. */
export const MONITORS: CheckersFormat = {
  interval: cited(60 * SECOND, 'documentation', `${API}: interval 60`),
  timeout: cited(5 * SECOND, 'documentation', `${API}: timeout 5`),
  failures: cited(1, 'documentation', `${API}: consecutive_down 0, so the first failure counts`),
  successes: cited(1, 'documentation', `${API}: consecutive_up 0, so the first success counts`),
  intervalFrom: cited('schedule', 'assumption', 'not documented'),
  recheck: cited({ times: 2, after: 0 }, 'documentation', `${API}: retries 2, at once`),
  initial: cited(
    'healthy',
    'assumption',
    `drills begin in normal operation; a monitor without a result counts as down (${HEALTH})`,
  ),
  aggregation: cited(5 * SECOND, 'assumption', 'not published; a few seconds'),
  regions: (regions) => ({
    indexes: regions.flatMap((_, region) => Array.from({ length: CENTRES }, () => region)),
    why: `three data centres in every region (${HEALTH})`,
  }),
  quorum: (regions) => {
    const distinct = new Set(regions).size;
    return {
      quorum: Math.floor(distinct / 2) + 1,
      regionQuorum: Math.floor(CENTRES / 2) + 1,
      why: `the majority of data centres in the majority of regions (${HEALTH})`,
    };
  },
};

/** Shortest interval by plan (load-balancing/monitors); load balancing comes to the free plan as to Pro. */
const SHORTEST: Readonly<Record<Plan, Micros>> = {
  free: MINUTE,
  pro: MINUTE,
  business: 15 * SECOND,
  enterprise: 10 * SECOND,
};
const SHORTEST_BY_LIMITS_PAGE = 15 * SECOND;

/** The same with the shortest interval of a plan. */
export function monitorsFor(own: Pick<OptionsDoc, 'plan' | 'interval-limits'>): CheckersFormat {
  const { plan = PLAN.value, 'interval-limits': limits = LIMITS.value } = own;
  return { ...MONITORS, leastInterval: shortest(plan, limits) };
}

function shortest(plan: Plan, limits: CloudflareOptions['intervalLimits']): Cited<Micros> {
  if (plan === 'enterprise' || limits === 'plan') {
    return cited(
      SHORTEST[plan],
      'documentation',
      `the plan is ${plan} (Cloudflare, load-balancing/monitors)`,
    );
  }
  return cited(SHORTEST_BY_LIMITS_PAGE, 'documentation', 'Cloudflare, load-balancing/reference/limitations');
}
