/**
 * Orders a shuffle can bring about, with their weights.
 *
 * Where only the head of the list matters afterwards, only the heads differ. Shuffles without weights are rotations:
 * every answer is first as often as every other, and the number of different answers stays that of the items (see
 * steering/pick.ts). Weighted ones are drawn one after the other among those left, in full up to `MOST_ORDERS`
 * orders; beyond that only the head is, and the rest follow in their order.
 */
import type { Items } from './filter.ts';

const MOST_ORDERS = 120;

interface Way {
  readonly items: Items;
  readonly weight: number;
}

/** @param heads how many from the head on matter afterwards */
export function evenOrders(items: Items, heads: number): Way[] {
  if (items.length < 2) return [{ items, weight: 1 }];
  if (heads === 1) return items.map((head) => ({ items: headFirst(items, head), weight: 1 }));
  return items.map((_, start) => ({ items: [...items.slice(start), ...items.slice(0, start)], weight: 1 }));
}

/** @param weightOf at least 0; 0 comes first only when nothing else is left */
export function weightedOrders(items: Items, weightOf: (item: number) => number, heads: number): Way[] {
  const wanted = Math.min(heads, items.length);
  const drawn = countOrders(items.length, wanted) <= MOST_ORDERS ? wanted : 1;
  let ways: (Way & { readonly left: Items })[] = [{ items: [], left: items, weight: 1 }];
  for (let place = 0; place < drawn; place++) ways = ways.flatMap((way) => nextDraw(way, weightOf));
  return ways.map((way) => ({ items: [...way.items, ...way.left], weight: way.weight }));
}

function nextDraw(
  { items, left, weight }: Way & { readonly left: Items },
  weightOf: (item: number) => number,
): (Way & { readonly left: Items })[] {
  const sum = left.reduce((total, item) => total + weightOf(item), 0);
  const shareOf = (item: number): number => (sum > 0 ? weightOf(item) / sum : 1 / left.length);
  return left
    .filter((item) => shareOf(item) > 0)
    .map((item) => ({
      items: [...items, item],
      left: left.filter((other) => other !== item),
      weight: weight * shareOf(item),
    }));
}

function countOrders(of: number, drawn: number): number {
  let count = 1;
  for (let place = 0; place < drawn; place++) count *= of - place;
  return count;
}

function headFirst(items: Items, head: number): Items {
  return [head, ...items.filter((item) => item !== head)];
}
