/** What several strategies have in common on their timelines. */
import type { StrategyResult, TimelineMark } from '../measure/result.ts';

/**
 * Marks to draw for the strategies together, by time. One strategy: all of its marks. Several: what their
 * scenarios do, once each, named after the strategies where it is not common to all; reactions differ between
 * strategies and are left out.
 */
export function commonTimeline(strategies: readonly StrategyResult[]): readonly TimelineMark[] {
  const [first, ...others] = strategies;
  if (others.length === 0) return first?.timeline ?? [];
  const shared = new Map<string, { mark: TimelineMark; names: string[] }>();
  for (const { name, timeline } of strategies) {
    for (const mark of timeline.filter(({ kind }) => kind !== 'reaction')) {
      const key = JSON.stringify(mark);
      const entry = shared.get(key) ?? { mark, names: [] };
      if (!entry.names.includes(name)) entry.names.push(name);
      shared.set(key, entry);
    }
  }
  return [...shared.values()]
    .map(({ mark, names }) => (names.length === strategies.length ? mark : named(mark, names)))
    .sort((one, other) => one.atSeconds - other.atSeconds);
}

function named(mark: TimelineMark, names: readonly string[]): TimelineMark {
  return { ...mark, label: `${mark.label} (${names.join('; ')})` };
}
