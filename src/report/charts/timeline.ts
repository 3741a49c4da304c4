/** The fault timeline: what was done to the world, and how it reacted. */
import type { TimelineMark } from '../../measure/result.ts';
import { formatSeconds } from '../numbers.ts';
import { drawBottom, timeAxis } from './axes.ts';
import { type Chart, type ChartOptions, widthOf } from './chart.ts';
import { drawing, spaced } from './drawing.ts';
import { drawLanes, drawShades, endOf, laneHeight } from './lanes.ts';

export interface TimelineData {
  readonly durationSeconds: number;
  readonly marks: readonly TimelineMark[];
}

const LEFT = 12;
const BELOW = 26;

export function timelineChart({ durationSeconds, marks }: TimelineData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const time = timeAxis(durationSeconds, LEFT, width - LEFT);
  const bottom = 6 + Math.max(1, marks.length) * laneHeight(marks, time, width) + 6;
  const title = 'What happened when';
  const finding = findingOf(marks);
  const paper = { name: 'timeline', title, finding, width, height: bottom + BELOW, options };
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(
      paper,
      drawShades(marks, time, 0, bottom),
      drawLanes(marks, time, 6, width),
      drawBottom(time, bottom, width),
    ),
    table: {
      columns: [
        { heading: 'from', format: 'seconds' },
        { heading: 'to', format: 'seconds' },
        { heading: 'kind' },
        { heading: 'what' },
      ],
      rows: marks.map((mark) => [mark.atSeconds, endOf(mark, durationSeconds), mark.kind, mark.label]),
    },
    plots: [{ x: time.plot, y: { from: 0, to: marks.length, start: 6, end: bottom - 6, isLog: false } }],
  };
}

function findingOf(marks: readonly TimelineMark[]): string {
  const [first] = marks;
  if (first === undefined) return 'Nothing happens on the timeline.';
  const counts = (['fault', 'change', 'reaction'] as const)
    .map((kind) => ({ kind, count: marks.filter((mark) => mark.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}${count === 1 ? '' : 's'}`);
  return spaced(`${counts.join(', ')}; the first at ${formatSeconds(first.atSeconds)}.`);
}
