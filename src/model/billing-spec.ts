/**
 * What the operators of the user's zones charge: settled prices and what a scenario says about quantities. Nothing
 * simulated depends on it; a world only counts answers for providers that have one.
 */
import type { Name } from '../dns/data/name.ts';
import type { PriceList } from '../profiles/prices/price.ts';

export interface BillingSpec {
  /** Index into `WorldSpec.providers`. */
  readonly provider: number;
  /** The list it is billed by, with every price of the scenario's own put in. */
  readonly list: PriceList;
  /** Origins of the scenario's zones that it serves; zones of name servers' own names are the operators' own. */
  readonly zones: readonly Name[];
  /** Health checks it runs. */
  readonly checks: readonly BilledCheck[];
  /** Quantities that the scenario says, instead of what follows from it, by key of the price. */
  readonly quantities: Readonly<Record<string, number>>;
}

export interface BilledCheck {
  readonly name: string;
  /** Whether its endpoint stands in the provider's own cloud. */
  readonly inside: boolean;
  /** What it costs extra with some providers. */
  readonly options: readonly ('https' | 'fast' | 'string-matching')[];
}
