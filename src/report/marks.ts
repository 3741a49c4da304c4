/** Faults, changes and reactions below a chart: lettered lanes, and a key with times and labels. */
import type { TimelineMark } from '../measure/result.ts';
import { columnOf } from './axis.ts';
import { COLUMNS, clean, clip, padEnd, width } from './layout.ts';
import { formatSeconds, NO_BREAK } from './numbers.ts';

/** What a reader can still take in. */
const MARKS_AT_MOST = 12;
const LANES_AT_MOST = 5;

export interface LetteredMark {
  readonly letter: string;
  readonly mark: TimelineMark;
}

/** The marks to draw, lettered by time: faults first, then changes, then reactions as far as there is room. */
export function chooseMarks(timeline: readonly TimelineMark[]): LetteredMark[] {
  const byImportance = (['fault', 'change', 'reaction'] as const).flatMap((kind) =>
    timeline.filter((mark) => mark.kind === kind),
  );
  const chosen = new Set(byImportance.slice(0, MARKS_AT_MOST));
  return timeline
    .filter((mark) => chosen.has(mark))
    .map((mark, index) => ({ letter: String.fromCharCode(65 + index), mark }));
}

/** One line per lane; marks that would overlap stand in different lanes. */
export function drawLanes(
  marks: readonly LetteredMark[],
  durationSeconds: number,
  columns: number,
): string[] {
  const lanes: string[] = [];
  for (const { letter, mark } of marks) {
    const from = columnOf(mark.atSeconds, durationSeconds, columns);
    const to = columnOf(endOf(mark, durationSeconds), durationSeconds, columns);
    const drawn = letter + '━'.repeat(Math.max(0, to - from));
    const lane = lanes.findIndex((line) => line.length < from);
    if (lane >= 0) lanes[lane] = lanes[lane]!.padEnd(from) + drawn;
    else if (lanes.length < LANES_AT_MOST) lanes.push(' '.repeat(from) + drawn);
  }
  return lanes;
}

function endOf(mark: TimelineMark, durationSeconds: number): number {
  return mark.untilSeconds ?? (mark.kind === 'fault' ? durationSeconds : mark.atSeconds);
}

/** `A  10 min – 40 min  us-east fails`, and how many marks were left out. */
export function drawKey(marks: readonly LetteredMark[], leftOut: number): string[] {
  const times = marks.map(({ mark }) => formatTimes(mark));
  const room = Math.max(0, ...times.map(width));
  const lines = marks.map(({ letter, mark }, index) =>
    clip(`  ${letter}  ${padEnd(times[index]!, room)}  ${clean(mark.label)}`, COLUMNS),
  );
  return leftOut > 0 ? [...lines, `     and ${leftOut} more`] : lines;
}

/** `10 min – 40 min`, `from 10 min` for what lasts to the end, `10 min` for an instant. */
export function formatTimes(mark: TimelineMark): string {
  const from = formatSeconds(mark.atSeconds);
  if (mark.untilSeconds !== undefined) {
    return `${from}${NO_BREAK}–${NO_BREAK}${formatSeconds(mark.untilSeconds)}`;
  }
  return mark.kind === 'fault' ? `from${NO_BREAK}${from}` : from;
}
