/** What happened when: a lane each, bars for faults, ticks for changes, diamonds for reactions. */
import type { TimelineMark } from '../../measure/result.ts';
import { clean } from '../layout.ts';
import { formatTimes } from '../marks.ts';
import { NO_BREAK } from '../numbers.ts';
import type { Axis } from './axes.ts';
import { element, label, shorten, textWidth } from './drawing.ts';

const LANE = 17;
/** Where a label does not fit beside its bar, labels have lines of their own above the bars. */
const TALL_LANE = 32;

/** Height of every lane of these marks. */
export function laneHeight(marks: readonly TimelineMark[], time: Axis, width: number): number {
  const fitsBeside = marks.every((mark) => {
    const left = time.at(mark.atSeconds);
    const right = width - time.at(endOf(mark, time.plot.to));
    return textWidth(textOf(mark)) + 9 <= Math.max(left, right);
  });
  return fitsBeside ? LANE : TALL_LANE;
}

function textOf(mark: TimelineMark): string {
  const isInstant = mark.untilSeconds === undefined && mark.kind !== 'fault';
  return `${clean(mark.label)}, ${isInstant ? `at${NO_BREAK}` : ''}${formatTimes(mark)}`;
}

/** When a mark ends: faults without an end last to the end of the run, anything else is an instant. */
export function endOf({ atSeconds, untilSeconds, kind }: TimelineMark, durationSeconds: number): number {
  return untilSeconds ?? (kind === 'fault' ? durationSeconds : atSeconds);
}

/** One lane per mark from `top` down, with its label. */
export function drawLanes(marks: readonly TimelineMark[], time: Axis, top: number, width: number): string {
  const height = laneHeight(marks, time, width);
  const lanes = marks.map((mark, lane) => {
    const y = top + lane * height + height - 7;
    const from = time.at(mark.atSeconds);
    const to = time.at(endOf(mark, time.plot.to));
    const text = textOf(mark);
    const words = height === LANE ? beside(text, from, to, y, width) : above(text, from, y - 14, width);
    return element(
      'g',
      { 'data-mark': lane, 'data-kind': mark.kind },
      drawMark(mark.kind, from, to, y),
      words,
    );
  });
  return element('g', {}, ...lanes);
}

function above(text: string, from: number, y: number, width: number): string {
  const shown = shorten(text, width - 8);
  const middle = textWidth(shown) / 2;
  return label(shown, { x: Math.max(4, Math.min(from, width - 4 - 2 * middle)), y });
}

function drawMark(kind: TimelineMark['kind'], from: number, to: number, y: number): string {
  if (kind === 'reaction') {
    return element('path', {
      class: 'reaction',
      d: 'M0,-5L5,0L0,5L-5,0Z',
      transform: `translate(${Math.round(from)},${y - 4})`,
    });
  }
  const bar = { x: from, y: y - 7, width: Math.max(3, to - from), height: 6, rx: 1.5 };
  return element('rect', { class: kind, ...bar });
}

/** Right of the bar if it fits, else on the side with more room. */
function beside(text: string, from: number, to: number, y: number, width: number): string {
  const right = width - to - 9;
  const left = from - 9;
  const needed = textWidth(text);
  const isRight = right >= needed || right >= left;
  if (isRight) return label(shorten(text, right), { x: to + 8, y });
  return label(shorten(text, left), { x: from - 8, y, anchor: 'end' });
}

/** The time of faults, shaded over a plot. */
export function drawShades(marks: readonly TimelineMark[], time: Axis, top: number, bottom: number): string {
  const faults = marks.filter(({ kind }) => kind === 'fault');
  return faults
    .map((mark) => {
      const x = time.at(mark.atSeconds);
      const width = Math.max(1, time.at(endOf(mark, time.plot.to)) - x);
      return element('rect', { class: 'shade', x, y: top, width, height: bottom - top });
    })
    .join('');
}
