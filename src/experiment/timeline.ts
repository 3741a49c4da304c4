/** What happened when: the faults and changes of the scenario and the reactions of the simulated world. */
import { type Micros, SECOND } from '../base/time.ts';
import type { ReplicationRecord } from '../measure/record.ts';
import type { TimelineMark } from '../measure/result.ts';
import type { Reaction } from '../model/outside.ts';
import type { TimelineSpec } from '../model/spec.ts';
import { mean, tidy } from './estimate.ts';

/**
 * Sorted by time; at the same instant faults and changes of the scenario come before reactions. A change that is at
 * every edge the moment it is made is told once.
 */
export function aggregateTimeline(
  timeline: readonly TimelineSpec[],
  records: readonly ReplicationRecord[],
): TimelineMark[] {
  const plan = timeline.map(planned);
  const marks = [
    ...plan,
    ...typicalReactions(records).filter((mark) => !plan.some((one) => isSame(one, mark))),
  ];
  return marks
    .map((mark, order) => ({ mark, order }))
    .sort((one, other) => one.mark.atSeconds - other.mark.atSeconds || one.order - other.order)
    .map(({ mark }) => mark);
}

function planned(item: TimelineSpec): TimelineMark {
  const ends = item.kind === 'fault' && Number.isFinite(item.until);
  return {
    atSeconds: tidy(item.at / SECOND),
    ...(ends && { untilSeconds: tidy(item.until / SECOND) }),
    kind: item.kind,
    label: item.label,
  };
}

function isSame({ atSeconds, label }: TimelineMark, reaction: TimelineMark): boolean {
  if (reaction.atSeconds !== atSeconds) return false;
  return reaction.label.replace(/^at every edge of [^:]+: /, '') === label;
}

/**
 * Reactions seen in at least half of the replications, at the mean of their times. The nth time a label
 * appears in one replication is matched with the nth time in another.
 */
function typicalReactions(records: readonly ReplicationRecord[]): TimelineMark[] {
  const seen = new Map<string, { label: string; times: Micros[] }>();
  for (const record of records) {
    for (const { key, reaction } of numbered(record.reactions)) {
      const entry = seen.get(key) ?? { label: reaction.label, times: [] };
      entry.times.push(reaction.at);
      seen.set(key, entry);
    }
  }
  return [...seen.values()]
    .filter(({ times }) => times.length * 2 >= records.length)
    .map(({ label, times }) => ({ atSeconds: tidy(mean(times) / SECOND), kind: 'reaction', label }));
}

function numbered(reactions: readonly Reaction[]): { key: string; reaction: Reaction }[] {
  const counts = new Map<string, number>();
  return reactions.map((reaction) => {
    const count = (counts.get(reaction.label) ?? 0) + 1;
    counts.set(reaction.label, count);
    return { key: `${count} ${reaction.label}`, reaction };
  });
}
