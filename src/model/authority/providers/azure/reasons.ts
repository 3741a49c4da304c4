/** What a Traffic Manager profile makes of the states of its endpoints, in plain words for traces and phases. */
import type { PolicySpec } from '../../../spec.ts';
import type { AzureRule } from './rule.ts';
import type { State } from './state.ts';

/** `eu is Degraded, and answered all the same: geographic routing has no other endpoint for a place`; empty if all is well. */
export function whyOf(policy: PolicySpec, states: readonly State[]): string {
  const notes = (['Degraded', 'Stopped', 'Disabled'] as const).flatMap((state) => {
    const found = policy.candidates.filter((_, at) => states[at] === state).map(({ label }) => label);
    return found.length > 0 ? [`${found.join(' and ')} ${found.length > 1 ? 'are' : 'is'} ${state}`] : [];
  });
  const rule = ruleOf(policy, states);
  return [...notes, ...(rule === '' ? [] : [rule])].join('; ');
}

function ruleOf({ rule }: PolicySpec, states: readonly State[]): string {
  if (!states.includes('Degraded')) return '';
  if ((rule as AzureRule).method === 'geographic') return 'geographic routing answers it all the same';
  return states.includes('Online') ? '' : 'none is Online, so Degraded ones count as Online';
}
