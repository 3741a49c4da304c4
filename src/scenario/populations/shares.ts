/** Shares of a population as a scenario changes them, and whole numbers of clients in proportion to shares. */

/** What a scenario writes about the shares of one list: by name. */
export type WrittenShares = Readonly<Record<string, number>>;

/**
 * The written shares as they are, and the others in their old proportion in what these leave.
 * @param shares shares that add up to 1, by name
 * @param written some of the names, with shares of at most 1 together
 */
export function settleShares(shares: WrittenShares, written: WrittenShares): Record<string, number> {
  const taken = Object.values(written).reduce((sum, share) => sum + share, 0);
  const rest = Object.entries(shares).reduce((sum, [name, share]) => sum + (name in written ? 0 : share), 0);
  const scale = rest === 0 ? 0 : Math.max(0, 1 - taken) / rest;
  return Object.fromEntries(
    Object.entries(shares).map(([name, share]) => [name, written[name] ?? share * scale]),
  );
}

/** Whole numbers that add up to `total`, by the largest remainders; of equal ones the first. */
export function apportion(total: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * total);
  const counts = exact.map(Math.floor);
  let left = Math.round(total - counts.reduce((sum, count) => sum + count, 0));
  const order = exact
    .map((value, index) => ({ index, remainder: value - counts[index]! }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (left <= 0) break;
    counts[index]! += 1;
    left -= 1;
  }
  return counts;
}
