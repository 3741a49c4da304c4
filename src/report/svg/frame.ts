/** The frame of an availability chart: sizes, scales, axes, and the ribbon of faults below. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { TimelineMark } from '../../measure/result.ts';
import { roundTicks } from '../axis.ts';
import { clean, clip } from '../layout.ts';
import { formatSeconds, NO_BREAK } from '../numbers.ts';
import { element, textElement } from './markup.ts';

export const WIDTH = 960;
export const PLOT = { left: 64, right: 750, top: 112, bottom: 392 } as const;
const AXIS_ROOM = 40;
const LANE = 20;

export interface Frame {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly durationSeconds: number;
}

/** Scales of the plot. */
export function makeFrame(durationSeconds: number): Frame {
  const end = durationSeconds > 0 ? durationSeconds : 1;
  return {
    x: scaleLinear().domain([0, end]).range([PLOT.left, PLOT.right]).clamp(true),
    y: scaleLinear().domain([0, 1]).range([PLOT.bottom, PLOT.top]),
    durationSeconds: end,
  };
}

/** Grid lines with their shares, and the time axis. */
export function drawAxes({ x, y, durationSeconds }: Frame): string {
  const shares = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    element('line', { class: 'grid', x1: PLOT.left, x2: PLOT.right, y1: y(share), y2: y(share) }),
    textElement(
      { class: 'quiet', x: PLOT.left - 8, y: y(share) + 4, 'text-anchor': 'end' },
      `${share * 100}${NO_BREAK}%`,
    ),
  ]);
  const times = roundTicks(durationSeconds, 7).flatMap((tick) => [
    element('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: PLOT.bottom, y2: PLOT.bottom + 6 }),
    textElement(
      { class: 'quiet', x: x(tick), y: PLOT.bottom + 22, 'text-anchor': 'middle' },
      tick === 0 ? '0' : formatSeconds(tick),
    ),
  ]);
  return element('g', {}, ...shares, ...times);
}

/** A lane per mark: a bar for a fault, a tick for what happens at an instant, with its label beside. */
export function drawRibbon(marks: readonly TimelineMark[], frame: Frame): string {
  if (marks.length === 0) return '';
  return element('g', {}, ...marks.map((mark, lane) => drawMark(mark, lane, frame)));
}

/** Height of the whole chart with so many marks below and so many names beside the plot. */
export function heightWith(marks: number, names: number): number {
  return Math.max(PLOT.bottom + AXIS_ROOM + marks * LANE, PLOT.top + names * LANE) + 16;
}

function drawMark(mark: TimelineMark, lane: number, { x, durationSeconds }: Frame): string {
  const top = PLOT.bottom + AXIS_ROOM + lane * LANE;
  const from = x(mark.atSeconds);
  const until = mark.untilSeconds ?? (mark.kind === 'fault' ? durationSeconds : mark.atSeconds);
  const length = Math.max(3, x(until) - from);
  const label = `${formatSeconds(mark.atSeconds)}  ${clip(clean(mark.label), 60)}`;
  const bar = { class: mark.kind === 'fault' ? 'fault' : 'change', x: from, y: top, width: length };
  const shade = { class: 'shade', x: from, y: PLOT.top, width: length, height: PLOT.bottom - PLOT.top };
  return [
    mark.kind === 'fault' ? element('rect', shade) : '',
    element('rect', { ...bar, height: 6, rx: 2 }),
    besideBar(label, from, from + length, top + 8),
  ].join('');
}

/** Right of the bar where there is room, else left of it, else over its start. */
function besideBar(label: string, from: number, to: number, y: number): string {
  const room = label.length * 7.2;
  if (to + 8 + room <= WIDTH) return textElement({ x: to + 8, y }, label);
  if (from - 8 - room >= 0) return textElement({ x: from - 8, y, 'text-anchor': 'end' }, label);
  return textElement({ x: 8, y: y + 10 }, label);
}
