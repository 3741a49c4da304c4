/** The bill of one replication, as plain data. Amounts are US dollars per month of 730 hours. */
import type { Micros } from '../../base/time.ts';
import type { AnswerKind } from '../../model/answer-count.ts';
import type { AnswerRoute, Price, PriceKey } from '../../profiles/prices/price.ts';

export interface CostRecord {
  /**
   * Which stretch of the run stands for the month: the time before the first fault, the whole of a run without a
   * fault, or the whole of a run whose fault is there from the start.
   */
  readonly basis: CostBasis;
  readonly basisMicros: Micros;
  readonly providers: readonly ProviderCostRecord[];
}

export type CostBasis = 'before-faults' | 'whole-run' | 'with-faults';

export interface ProviderCostRecord {
  readonly provider: string;
  /** The price list, and what people call it. */
  readonly list: string;
  readonly title: string;
  readonly answers: readonly AnswerVolume[];
  readonly items: readonly CostItemRecord[];
}

/** Queries per month by what makes them cost what they do. */
export interface AnswerVolume {
  /** Mnemonic. */
  readonly type: string;
  readonly route: AnswerRoute;
  readonly kind: AnswerKind;
  /** Further names of CNAME chains. */
  readonly chained: boolean;
  /** Key of the price; absent = not billed. */
  readonly price?: PriceKey;
  readonly millionsPerMonth: number;
}

export interface CostItemRecord {
  readonly key: PriceKey;
  readonly price: Price;
  /** Units per month in normal times: millions of queries, zones, checks ... */
  readonly quantity: number;
  /** `null` = the price is unknown. */
  readonly month: number | null;
  /** An unknown price that a contract with a known price covers; then `month` is 0. */
  readonly covered?: true;
  /** What the drilled faults add once, where there is a normal time to compare with. */
  readonly outage?: { readonly quantity: number; readonly cost: number | null };
}
