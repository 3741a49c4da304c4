/** What answers of Route 53 groups hang on. Sources: README.md beside this file. */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import { type AnswerOutlook, answerOf, type OutlookOf, watchOf } from '../../outlook.ts';
import type { Route53Rule, Routing } from './rule.ts';

const RANKED: readonly Routing[] = ['failover'];
const SHARED: readonly Routing[] = ['simple', 'weighted', 'multivalue'];

/** Amazon Route 53 Developer Guide, how records are chosen with health checks. */
const UNHEALTHY: Readonly<Partial<Record<Routing, string>>> = {
  failover: 'when both are unhealthy Route 53 answers the primary, not the secondary',
  geolocation: 'when a whole ladder is unhealthy Route 53 answers the smallest region, however dead',
  weighted: 'when all are unhealthy Route 53 answers by weight as if all were healthy',
  multivalue: 'when all are unhealthy Route 53 answers up to eight of the unhealthy',
};

export const route53Outlook: OutlookOf = (policy, spec) => {
  const { routing, records } = policy.rule as Route53Rule;
  const isSimple = routing === 'simple';
  return {
    order: RANKED.includes(routing) ? 'ranked' : SHARED.includes(routing) ? 'shared' : 'placed',
    answers: policy.candidates.map((_, at) => recordOf(policy, at, spec)),
    ...(isSimple ? { deaf: 'Route 53 answers simple records whatever their health' } : {}),
    allUnhealthy: {
      does: 'ignores-health',
      words: UNHEALTHY[routing] ?? 'Route 53 then answers as if all were healthy',
    },
    ...(lacksDefault(routing, records) ? { leftOut: 'clients it does not know' } : {}),
  };
};

/** An alias has the health of its target only where it evaluates that; without, it is always healthy. */
function recordOf(policy: PolicySpec, at: number, spec: WorldSpec): AnswerOutlook {
  const { routing, records } = policy.rule as Route53Rule;
  const { weight, role, evaluatesTarget = false, target } = records[at]!;
  const { data, ...candidate } = policy.candidates[at]!;
  const rank = role === 'secondary' || (routing === 'weighted' && weight === 0) ? 1 : 0;
  const own = answerOf(spec, { ...candidate, data }, rank);
  const isChecked = data.kind === 'alias' && leadsToChecks(policy, data.name, spec);
  const follows = data.kind === 'alias' && (evaluatesTarget || !isChecked) && own.watches.length === 0;
  return { ...own, watches: [...own.watches, ...watchOf(spec, target)], follows };
}

/** Whether there is health to be evaluated at the name. */
function leadsToChecks({ type, provider }: PolicySpec, name: PolicySpec['name'], spec: WorldSpec): boolean {
  const below = spec.policies.find(
    (one) => one.name === name && one.type === type && one.provider === provider,
  );
  return below?.candidates.some(({ health, data }) => health !== undefined || data.kind === 'alias') ?? false;
}

function lacksDefault(routing: Routing, records: Route53Rule['records']): boolean {
  if (routing === 'geolocation') return !records.some(({ territory }) => territory?.level === 'world');
  return routing === 'ip' && !records.some(({ blocks = [] }) => blocks.length === 0);
}
