/** Answers of authoritative servers as they are counted for bills. */
import type { RrType } from '../dns/data/rrtype.ts';

/** `cname`: a CNAME whose target the same provider serves. */
export const ANSWER_KINDS = ['data', 'nodata', 'nxdomain', 'error', 'cname'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

export interface AnswerCount {
  /** Indexes into the spec; policy −1 = no policy decided. */
  readonly provider: number;
  readonly policy: number;
  readonly type: RrType;
  readonly kind: AnswerKind;
  /** A further name of a chain, answered along with the first. */
  readonly chained: boolean;
  /** Answered out of a private zone. */
  readonly private: boolean;
  readonly answers: number;
}
