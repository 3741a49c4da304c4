/** What answers of generic policies hang on. */
import { answerOf, type Emergency, type OutlookOf } from '../../outlook.ts';
import type { Arrangement, GenericRule, UnhealthyRule } from './rule.ts';

const EMERGENCIES: Readonly<Record<UnhealthyRule['kind'], Emergency>> = {
  'ignore-health': { does: 'ignores-health' },
  all: { does: 'answers-all' },
  none: { does: 'answers-nothing' },
  fallback: { does: 'falls-back', words: 'the fallback is answered, healthy or not' },
};

export const genericOutlook: OutlookOf = (policy, spec) => {
  const { arrange, weights, unhealthy } = policy.rule as GenericRule;
  const ranked = arrange.kind === 'listed';
  const rankOf = (at: number): number => (ranked ? at : weights?.[at] === 0 ? 1 : 0);
  return {
    order: ranked ? 'ranked' : arrange.kind === 'together' ? 'shared' : 'placed',
    answers: policy.candidates.map((candidate, at) => answerOf(spec, candidate, rankOf(at))),
    allUnhealthy: EMERGENCIES[unhealthy.kind],
    ...(lacksDefault(arrange) ? { leftOut: 'clients it does not know' } : {}),
  };
};

function lacksDefault(arrange: Arrangement): boolean {
  if (arrange.kind === 'territory') {
    return !arrange.territories.some((own) => own.length === 0 || own.some(({ level }) => level === 'world'));
  }
  if (arrange.kind === 'network') {
    return !arrange.blocks.some((own) => own.length === 0 || own.some((one) => one.endsWith('/0')));
  }
  return arrange.kind === 'region' && !arrange.regions.some((own) => own.length === 0);
}
