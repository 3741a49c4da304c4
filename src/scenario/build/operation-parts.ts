/** What entries of the timeline are that move policies, checks, feeds and proxies, and what they are built from. */
import type { PolicySpec } from '../../model/spec.ts';
import type { OperationDoc } from '../schema/operations.ts';
import type { Draft } from './draft.ts';
import type { PolicySurroundings } from './policies.ts';

export type OperationEntry = OperationDoc & { readonly label?: string };

/** The entry with this verb. */
export type OperationOf<Verb extends string> = Extract<OperationEntry, Readonly<Record<Verb, unknown>>>;

/** What operations start from. */
export interface OperationParts {
  readonly draft: Draft;
  readonly around: PolicySurroundings;
  /** The policies at the start. */
  readonly policies: readonly PolicySpec[];
}
