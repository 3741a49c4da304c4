/** What an operator can move in a Traffic Manager profile: weights, the status of endpoints, the profile itself. */
import type { Method } from '../../../model/authority/providers/azure/rule.ts';
import { wholeKind } from '../../kinds.ts';
import { candidateLabel, type PolicyLevers, withChanged, withWeight } from '../levers.ts';
import type { EndpointDoc } from './endpoints.ts';

type Group = readonly EndpointDoc[] | Readonly<Record<string, EndpointDoc>>;
type ProfileDoc = Readonly<Partial<Record<Exclude<Method, 'alias'>, Group>>> & { readonly enabled?: boolean };

const GROUPS = ['priority', 'weighted', 'performance', 'geographic', 'multivalue', 'subnet'] as const;

/** Endpoints in a list, or by place or block. */
function changed(group: Group, name: string, change: (doc: EndpointDoc) => EndpointDoc): Group | undefined {
  if (Array.isArray(group)) return withChanged(group as readonly EndpointDoc[], name, change);
  const entries = Object.entries(group) as [string, EndpointDoc][];
  const isMeant = (doc: EndpointDoc): boolean => candidateLabel(doc) === name;
  if (!entries.some(([, doc]) => isMeant(doc))) return undefined;
  return Object.fromEntries(entries.map(([key, doc]) => [key, isMeant(doc) ? change(doc) : doc]));
}

export const AZURE_LEVERS: PolicyLevers = {
  weights: wholeKind(1, 1000),
  weigh(doc: ProfileDoc, name, weight) {
    const weighted = withWeight(doc.weighted as readonly EndpointDoc[] | undefined, name, weight);
    return weighted && { ...doc, weighted };
  },
  endpoint(doc: ProfileDoc, name, isOn) {
    const method = GROUPS.find((one) => doc[one])!;
    const status = isOn ? 'enabled' : 'disabled';
    const group = doc[method] && changed(doc[method], name, (one) => ({ ...one, status }));
    return group && { ...doc, [method]: group };
  },
  whole: (doc: ProfileDoc, isOn) => (GROUPS.some((one) => doc[one]) ? { ...doc, enabled: isOn } : undefined),
};
