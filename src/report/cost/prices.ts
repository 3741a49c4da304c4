/** Prices in words. */
import type { CostItem } from '../../measure/result.ts';
import { PRICE_UNITS, type Price, type PriceKey } from '../../profiles/prices/price.ts';
import { formatMoney } from '../numbers.ts';

/** The price of the step that the quantity reaches; empty where unknown. */
export function eachText({ price, quantity, covered }: CostItem): string {
  if (covered) return 'contract';
  if (price.tiers === null) return 'unknown';
  const step = price.tiers.find(({ upTo }) => upTo === null || quantity <= upTo) ?? price.tiers.at(-1)!;
  return rateText(step.price);
}

/** A price for one unit; where cents would be off by more than a hundredth it keeps its digits: `0.0015`, `0.375`. */
function rateText(price: number): string {
  const text = formatMoney(price);
  const isClose = Math.abs(Number(text.replaceAll(',', '')) - price) <= price / 100;
  return isClose ? text : String(Number(price.toPrecision(3)));
}

/** `0.50 a zone to 25, then 0.10`. */
export function stepsText(key: PriceKey, { tiers }: Price): string {
  if (tiers === null) return 'unknown';
  const { unit } = PRICE_UNITS[key];
  return tiers
    .map(({ upTo, price }, index) => {
      const amount =
        index === 0 ? `${rateText(price)} ${/^[aeio]/.test(unit) ? 'an' : 'a'} ${unit}` : rateText(price);
      return upTo === null ? amount : `${amount} to ${upTo}`;
    })
    .join(', then ');
}
