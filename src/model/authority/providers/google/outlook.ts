/** What answers of Google Cloud DNS policies hang on. Sources: README.md beside this file. */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { type AnswerOutlook, answerOf, type Outlook, type OutlookOf, watchOf } from '../../outlook.ts';
import type { GoogleRule, Routing } from './rule.ts';

export const googleOutlook: OutlookOf = (policy, spec) => {
  const { routing } = policy.rule as GoogleRule;
  return {
    order: ORDERS[routing.kind],
    answers: policy.candidates.map((_, at) => addressOf(policy, at, spec)),
    allUnhealthy: { does: 'ignores-health', words: emergencyOf(routing) },
  };
};

const ORDERS: Readonly<Record<Routing['kind'], Outlook['order']>> = {
  wrr: 'shared',
  geo: 'placed',
  failover: 'ranked',
};

function emergencyOf(routing: Routing): string {
  if (routing.kind === 'geo' && routing.fenced) {
    return 'behind the fence clients stay with their nearest item, healthy or not';
  }
  if (routing.kind !== 'failover')
    return 'when all are unhealthy Google Cloud DNS answers as if all were healthy';
  return `when all are unhealthy Google Cloud DNS answers the ${routing.allUnhealthy}`;
}

/** The backends speak for an internal passthrough load balancer. */
function addressOf(policy: PolicySpec, at: number, spec: WorldSpec): AnswerOutlook {
  const { routing, backends } = policy.rule as GoogleRule;
  const isBackup = routing.kind === 'failover' && !routing.primary.includes(at);
  const own = answerOf(spec, policy.candidates[at]!, isBackup ? 1 : 0);
  const behind = (backends[at] ?? []).flatMap((ref) => watchOf(spec, ref));
  return { ...own, watches: [...own.watches, ...behind] };
}
