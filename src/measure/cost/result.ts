/** What a strategy costs, as plain JSON: part of the result document. US dollars per month of 730 hours. */
import type { Price, PriceKey } from '../../profiles/prices/price.ts';
import type { Estimate } from '../estimate.ts';
import type { AnswerVolume, CostBasis } from './record.ts';

export interface CostResult {
  readonly currency: 'USD';
  readonly basis: CostBasis;
  /** Length of the stretch of the run that stands for the month. */
  readonly basisSeconds: number;
  /** A month in normal times, as far as prices are known. */
  readonly month: Estimate;
  /** False: a price is unknown, and the sum is a lower bound. */
  readonly complete: boolean;
  /** What the drilled faults add once, as far as prices are known; absent without a time before them. */
  readonly outage?: Estimate;
  readonly providers: readonly ProviderCost[];
}

export interface ProviderCost {
  readonly provider: string;
  readonly list: string;
  readonly title: string;
  readonly month: Estimate;
  readonly complete: boolean;
  readonly items: readonly CostItem[];
  /** Queries per month by what makes them cost what they do. */
  readonly answers: readonly AnswerVolume[];
}

export interface CostItem {
  readonly key: PriceKey;
  readonly price: Price;
  /** Mean units per month. */
  readonly quantity: number;
  /** `null` = the price is unknown. */
  readonly month: number | null;
  readonly covered?: true;
  readonly outage?: { readonly quantity: number; readonly cost: number | null };
}
