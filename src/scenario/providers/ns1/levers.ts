/** What an operator can move in a record of NS1: the weight of an answer, and whether it is up. */
import { numberKind } from '../../kinds.ts';
import type { CandidateDoc } from '../candidate.ts';
import { candidateLabel, type PolicyLevers, withChanged } from '../levers.ts';
import type { MetaDoc } from './metadata.ts';

type AnswerDoc = CandidateDoc & { readonly meta?: MetaDoc };

interface RecordDoc {
  readonly answers?: readonly AnswerDoc[];
}

function withMeta(doc: RecordDoc, name: string, change: (meta: MetaDoc) => MetaDoc): RecordDoc | undefined {
  const answers = withChanged(doc.answers ?? [], name, (one) => ({ ...one, meta: change(one.meta ?? {}) }));
  return answers && { ...doc, answers };
}

export const NS1_LEVERS: PolicyLevers = {
  weights: numberKind(0),
  weigh: (doc: RecordDoc, name, weight) => withMeta(doc, name, (meta) => ({ ...meta, weight })),
  /** Enabled: what the record says of it, its monitor again where it has one. */
  endpoint(doc: RecordDoc, name, isOn, first: RecordDoc) {
    const written = first.answers?.find((one) => candidateLabel(one) === name)?.meta?.up;
    return withMeta(doc, name, ({ up: _, ...meta }) => {
      if (!isOn) return { ...meta, up: false };
      if (written === undefined) return meta;
      return { ...meta, up: written === false ? true : written };
    });
  },
};
