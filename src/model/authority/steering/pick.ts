/** Chance in traffic policies: one of several by weight, or a few of many. */
import type { Draw } from '../../outside.ts';

/**
 * One item, each with probability weight/sum; all alike when no weight is positive. One item takes no draw.
 * @param items at least one
 */
export function pickWeighted(
  items: readonly number[],
  weightOf: (item: number) => number,
  draw: Draw,
): number {
  if (items.length === 1) return items[0]!;
  const sum = items.reduce((total, item) => total + weightOf(item), 0);
  if (sum <= 0) return items[Math.floor(draw() * items.length)]!;
  let left = draw() * sum;
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return items.findLast((item) => weightOf(item) > 0)!;
}

/**
 * `count` neighbours of the list taken as a ring, from a random place on: every item is in the answer, and first
 * in it, as often as every other. Real servers draw any subset in any order; which items come together differs,
 * how often each is used does not, and the number of different answers stays that of the items.
 */
export function pickSeveral(items: readonly number[], count: number, draw: Draw): readonly number[] {
  if (items.length < 2) return items;
  const start = Math.floor(draw() * items.length);
  const size = Math.min(count, items.length);
  return Array.from({ length: size }, (_, at) => items[(start + at) % items.length]!);
}
