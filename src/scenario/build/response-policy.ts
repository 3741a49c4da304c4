/** `response-policy:` of a resolver to rules by name. */
import { isWildcard, parent } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import type { ResponsePolicyOptions, ResponseRule } from '../../dns/resolve/detour/response-policy.ts';
import type { ResolverSpec } from '../../model/spec.ts';
import { nameKind, Problem } from '../kinds.ts';
import type { ResolverDoc } from '../schema/resolvers.ts';
import { ALIASES, ALIASES_KIND, type LocalData, showLocalData } from '../schema/response-policy.ts';
import type { Draft } from './draft.ts';

/**
 * The policy of a resolver. One that leaves all its questions to others never looks at it: alternative servers of an
 * outbound server policy come first (Google Cloud DNS, name resolution order), which is told.
 */
export function responsePolicyOf(
  { ledger, issues }: Draft,
  resolver: string,
  { 'response-policy': doc, forward }: ResolverDoc,
): ResponsePolicyOptions | undefined {
  if (!doc) return undefined;
  const path = ['resolvers', resolver, 'response-policy'];
  const rules = Object.entries(doc.rules).flatMap(([text, data]) => {
    ledger.note([...path, 'rules', text], showLocalData(data), ledger.authorOf([...path, 'rules', text]));
    return ruleOf(text, data);
  });
  const aliases = ledger.settle([...path, 'aliases'], doc.aliases, ALIASES_KIND, ALIASES);
  if (forward?.to === undefined) return { rules, aliases };
  const message = `${resolver} forwards everything, and alternative servers come before its response policy`;
  const hint =
    'forward single zones (forward: { zones: ... }), or leave the policy to the servers it forwards to';
  issues.add(path, 'scenario-unused-policy', message, { hint, severity: 'warning' });
  return undefined;
}

function ruleOf(text: string, data: LocalData): readonly ResponseRule[] {
  const name = nameKind.read(text);
  if (name instanceof Problem) return [];
  const wild = isWildcard(name);
  const rule = { name: wild ? parent(name)! : name, isWildcard: wild };
  return [data === 'bypass' ? rule : { ...rule, data }];
}

/** Records of all policies, for those who want to know which addresses there are. */
export function* localData(resolvers: readonly ResolverSpec[]): Generator<RRset> {
  for (const { options } of resolvers) {
    for (const { data = [] } of options.responsePolicy?.rules ?? []) yield* data;
  }
}

/** Addresses in the policies of a document. */
export function* localAddresses(docs: Readonly<Record<string, ResolverDoc>>): Generator<string> {
  for (const { 'response-policy': policy } of Object.values(docs)) {
    for (const data of Object.values(policy?.rules ?? {})) {
      if (data === 'bypass') continue;
      for (const { rdata } of data) for (const one of rdata) if (one.kind === 'address') yield one.address;
    }
  }
}
