/** Arithmetic of prices in steps. */
import type { PriceTier } from '../../profiles/prices/price.ts';

/** What `quantity` units come to; each step prices the units that fall into it, its upper end included. */
export function tierCost(tiers: readonly PriceTier[], quantity: number): number {
  let from = 0;
  let cost = 0;
  for (const { upTo, price } of tiers) {
    const to = upTo ?? Number.POSITIVE_INFINITY;
    cost += Math.max(Math.min(quantity, to) - from, 0) * price;
    from = to;
  }
  return cost;
}

/** The price of one unit more than `quantity`, as far as the quantity is inside a step. */
export function unitPriceAt(tiers: readonly PriceTier[], quantity: number): number {
  return (tiers.find(({ upTo }) => upTo === null || quantity <= upTo) ?? tiers.at(-1)!).price;
}
