/** Which logic reads a policy's rule, and what people call a policy. */
import { typeToText } from '../../../dns/data/rrtype.ts';
import type { PolicySpec } from '../../spec.ts';
import type { Decider, LogicByRule, PolicyLogic } from '../policy-logic.ts';

/** The logic for a policy. @throws RangeError when the provider has none for its kind of rule */
export function logicOf(logics: LogicByRule, policy: PolicySpec): PolicyLogic {
  const logic = logics[policy.rule.kind];
  if (logic) return logic;
  throw new RangeError(`no logic for rules of kind ${policy.rule.kind}, as ${policy.name} has`);
}

/** `failover app.example.com/A`. */
export function policyLabel({ word, name, type }: PolicySpec): string {
  return `${word} ${name.replace(/(?<=.)\.$/, '')}/${typeToText(type)}`;
}

/** ` (up removes us)`: why a policy chooses what it does, to be put after the choice; empty when it does not say. */
export function becauseOf(decider: Decider, region?: number): string {
  const reason = decider.reason?.(region) ?? '';
  return reason === '' ? '' : ` (${reason})`;
}
