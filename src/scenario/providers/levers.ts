/** What an operator can move in a policy while it runs, by kind of policy; and what helps to move it. */
import type { Kind } from '../kinds.ts';
import type { CandidateDoc } from './candidate.ts';

/**
 * Each gives the rule as it would be written afterwards, or nothing where the rule holds nothing of that name. What is
 * absent cannot be moved at such a policy.
 */
export interface PolicyLevers {
  /** Weights it takes. */
  readonly weights?: Kind<number>;
  weigh?(doc: never, name: string, weight: number): unknown;
  /** @param first the rule as the scenario writes it */
  endpoint?(doc: never, name: string, isOn: boolean, first: never): unknown;
  pool?(doc: never, name: string, isOn: boolean): unknown;
  whole?(doc: never, isOn: boolean): unknown;
  proxy?(doc: never, proxied: boolean): unknown;
}

/** What people call a candidate. */
export function candidateLabel({ endpoint, records, alias }: CandidateDoc): string {
  return endpoint?.join(' and ') ?? records?.join(' and ') ?? alias?.slice(0, -1) ?? 'nothing';
}

/** The list with another candidate in place of each of this name; nothing when there is none. */
export function withChanged<T extends CandidateDoc>(
  docs: readonly T[],
  name: string,
  change: (doc: T) => T,
): T[] | undefined {
  const isMeant = (doc: T): boolean => candidateLabel(doc) === name;
  return docs.some(isMeant) ? docs.map((doc) => (isMeant(doc) ? change(doc) : doc)) : undefined;
}

/** The same for a list with weights. */
export function withWeight<T extends CandidateDoc & { readonly weight?: number }>(
  docs: readonly T[] | undefined,
  name: string,
  weight: number,
): T[] | undefined {
  return docs && withChanged(docs, name, (doc) => ({ ...doc, weight }));
}
