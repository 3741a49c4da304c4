/** What nothing else beats: the Pareto front of two costs, both better when lower. */

export interface ParetoPoint {
  readonly name: string;
  readonly load: number;
  /** `null` = beyond the horizon, worse than any number. */
  readonly recovery: number | null;
}

/**
 * For each point the names of those that dominate it: no worse in both, better in one. Points without such names
 * are the front. Equal points do not dominate one another.
 */
export function dominators(points: readonly ParetoPoint[]): string[][] {
  return points.map((point) => points.filter((other) => dominates(other, point)).map(({ name }) => name));
}

function dominates(one: ParetoPoint, other: ParetoPoint): boolean {
  const [fast, slow] = [wait(one), wait(other)];
  if (one.load > other.load || fast > slow) return false;
  return one.load < other.load || fast < slow;
}

function wait({ recovery }: ParetoPoint): number {
  return recovery ?? Number.POSITIVE_INFINITY;
}
