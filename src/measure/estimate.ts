/** Numbers with their uncertainty. */

/** Mean over replications with a 95 % confidence interval (absent when one replication cannot give one). */
export interface Estimate {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/** As Estimate; `null` where the quantile lies beyond the horizon (right-censored). */
export type CensoredEstimate = Estimate | null;
