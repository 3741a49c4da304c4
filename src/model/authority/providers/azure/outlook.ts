/** What answers of Traffic Manager profiles hang on. Sources: README.md beside this file. */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { type AnswerOutlook, answerOf, type OutlookOf } from '../../outlook.ts';
import type { AzureRule } from './rule.ts';

export const azureOutlook: OutlookOf = (policy, spec) => {
  const { method, endpoints } = policy.rule as AzureRule;
  const isMapped = method === 'geographic' || method === 'subnet';
  const usable = policy.candidates.flatMap((_, at) => (endpoints[at]!.status === 'enabled' ? [at] : []));
  const leftOut = isMapped && !hasCatchAll(policy) ? { leftOut: 'clients nothing is mapped to' } : {};
  const deaf = 'geographic routing answers a Degraded endpoint all the same';
  return {
    order: method === 'priority' ? 'ranked' : isMapped || method === 'performance' ? 'placed' : 'shared',
    answers: usable.map((at) => endpointOf(policy, at, spec)),
    ...(method === 'geographic' ? { deaf } : {}),
    allUnhealthy: {
      does: 'ignores-health',
      words: 'when all are Degraded Traffic Manager answers as if all were Online',
    },
    ...leftOut,
  };
};

/** A nested profile has the health of the endpoints in it. */
function endpointOf(policy: PolicySpec, at: number, spec: WorldSpec): AnswerOutlook {
  const { method, endpoints } = policy.rule as AzureRule;
  const { minChildEndpoints, priority = at } = endpoints[at]!;
  const before = endpoints.filter((one) => (one.priority ?? 0) < priority).length;
  const own = answerOf(spec, policy.candidates[at]!, method === 'priority' ? before : 0);
  return minChildEndpoints === undefined ? own : { ...own, follows: true };
}

function hasCatchAll({ rule }: PolicySpec): boolean {
  const { method, endpoints } = rule as AzureRule;
  return endpoints.some(({ territory, blocks = [] }) =>
    method === 'geographic' ? territory?.level === 'world' : blocks.length === 0,
  );
}
