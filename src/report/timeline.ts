/** What several strategies have in common on their timelines. */
import type { StrategyResult, TimelineMark } from '../measure/result.ts';

/**
 * Marks to draw for the strategies together, by time. One strategy: all of its marks. Several: what their
 * scenarios do, once each; reactions differ between strategies and are left out.
 */
export function commonTimeline(strategies: readonly StrategyResult[]): readonly TimelineMark[] {
  const [first, ...others] = strategies;
  if (others.length === 0) return first?.timeline ?? [];
  const marks = strategies.flatMap(({ timeline }) => timeline.filter((mark) => mark.kind !== 'reaction'));
  const distinct = new Map(marks.map((mark) => [JSON.stringify(mark), mark]));
  return [...distinct.values()].sort((one, other) => one.atSeconds - other.atSeconds);
}
