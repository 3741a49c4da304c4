/** What an operator can move in a routing policy of Google Cloud DNS: the weights of its items. */
import { numberKind } from '../../kinds.ts';
import { candidateLabel, type PolicyLevers } from '../levers.ts';
import type { ItemDoc } from './items.ts';

type WeightedDoc = ItemDoc & { readonly weight: number };

function labelOf({ endpoint, unchecked, records }: ItemDoc): string {
  const shown = endpoint ?? unchecked;
  return candidateLabel({ ...(shown ? { endpoint: shown } : {}), ...(records ? { records } : {}) });
}

export const GOOGLE_LEVERS: PolicyLevers = {
  weights: numberKind(0),
  weigh({ wrr }: { readonly wrr?: readonly WeightedDoc[] }, name, weight) {
    if (!wrr?.some((one) => labelOf(one) === name)) return undefined;
    return { wrr: wrr.map((one) => (labelOf(one) === name ? { ...one, weight } : one)) };
  },
};
