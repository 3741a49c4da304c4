/**
 * The fault timeline: what happens when, and how many requests are served meanwhile. What is lost is filled, so
 * that harm is an area.
 */
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import type { TimelineMark } from '../../src/measure/result.ts';
import { clip } from '../../src/report/layout.ts';
import { formatSeconds, formatShare } from '../../src/report/numbers.ts';
import { element, textElement } from '../../src/report/svg/markup.ts';
import type { Description, Mark } from '../engine/session-messages.ts';
import { filled, type Point, steps, stretches } from './paths.ts';
import type { Figure } from './recovery-chart.ts';
import { linear, type Scale, stepTicks } from './scale.ts';
import { type Origin, originOf } from './sentences.ts';

export interface TimelineFigureData {
  /** Share served by bucket; `null` without requests. */
  readonly series: readonly (number | null)[];
  readonly bucketSeconds: number;
  readonly marks: readonly Mark[];
  /** Reactions of the simulated world; kept back together with the series. */
  readonly reactions: readonly TimelineMark[];
  /** Stretch shown, seconds. */
  readonly from: number;
  readonly to: number;
  readonly faultAt: number;
  /** What stands at that time. */
  readonly origin: Origin;
}

/** Room left and right of the plot: half a thumb of the slider that lies over it, and a little. */
const TIMELINE_MARGIN = 12;

const TOP = 26;
const BOTTOM = 20;
const TITLE = 'Requests served over time';
const NARROWEST_BAR = 3;
/** Height of a lane of marks, and how many there are at most. */
const LANE = 22;
const MOST_LANES = 3;
/** Width of a letter, generously. */
const LETTER = 7.2;

/** @param outcome absent while it is not known, or kept back */
export function timelineData(
  { marks, faultAt }: Pick<Description, 'marks' | 'faultAt'>,
  outcome: SessionOutcome | undefined,
  { from, to }: Pick<TimelineFigureData, 'from' | 'to'>,
): TimelineFigureData {
  const availability = outcome?.result.overall.availability;
  return {
    series: availability?.series ?? [],
    bucketSeconds: availability?.bucketSeconds ?? 1,
    marks,
    reactions: outcome?.result.timeline.filter(({ kind }) => kind === 'reaction') ?? [],
    from,
    to,
    faultAt,
    origin: originOf({ marks }),
  };
}

export function timelineAxis({ from, to }: Pick<TimelineFigureData, 'from' | 'to'>, width: number): Scale {
  return linear(from, to, TIMELINE_MARGIN, width - TIMELINE_MARGIN);
}

export function timelineFigure(data: TimelineFigureData, width: number, height: number): Figure {
  const x = timelineAxis(data, width);
  const top = TOP + lanesHeight(data, width);
  const y = linear(0, 1, height - BOTTOM, top);
  const finding = findingOf(data);
  const svg = element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${TITLE}. ${finding}` },
    drawTicks(data, x, width, { top, bottom: height - BOTTOM }),
    ...lanesOf(data, x).map((placed) => drawMark(placed, data, x, y, width)),
    drawSeries(data, x, y),
    ...data.reactions.map((reaction) => drawReaction(reaction, data, x, y)),
  );
  return { svg, title: TITLE, finding, columns: ['Time', 'What happens'], rows: rowsOf(data) };
}

function drawTicks(
  { from, to, faultAt, origin }: TimelineFigureData,
  x: Scale,
  width: number,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): string {
  const ticks = stepTicks(from - faultAt, to - faultAt, Math.max(2, Math.floor(width / 90)));
  return element(
    'g',
    { 'aria-hidden': 'true' },
    ...ticks.map((since) => {
      const at = x.at(since + faultAt);
      const anchor = at < 30 ? 'start' : at > width - 40 ? 'end' : 'middle';
      return (
        element('path', { class: 'grid', d: `M${at} ${top}V${bottom}` }) +
        textElement({ class: 'tick', x: at, y: bottom + 15, 'text-anchor': anchor }, sinceText(since, origin))
      );
    }),
  );
}

function sinceText(seconds: number, origin: Origin): string {
  if (Math.abs(seconds) < 1e-6) return origin;
  return seconds > 0 ? `+${formatSeconds(seconds)}` : `−${formatSeconds(-seconds)}`;
}

interface Placed {
  readonly mark: Mark;
  readonly lane: number;
}

/** Marks that overlap, or whose names would, get lanes of their own. */
function lanesOf(
  { marks, from, to }: Pick<TimelineFigureData, 'marks' | 'from' | 'to'>,
  x: Scale,
): readonly Placed[] {
  const ends: number[] = [];
  const inside = marks.filter(({ at, until }) => at < to && (until ?? at) >= from);
  return inside.map((mark) => {
    const start = Math.max(TIMELINE_MARGIN, x.at(mark.at));
    const end = mark.kind === 'change' ? start : x.at(mark.until ?? to);
    const taken = Math.max(end, start + mark.label.length * LETTER) + LETTER;
    const free = ends.findIndex((occupied) => occupied <= start);
    const lane = free >= 0 ? free : Math.min(ends.length, MOST_LANES - 1);
    ends[lane] = taken;
    return { mark, lane };
  });
}

/** How much taller than usual the picture must be for its lanes. */
export function lanesHeight(data: Pick<TimelineFigureData, 'marks' | 'from' | 'to'>, width: number): number {
  const lanes = lanesOf(data, timelineAxis(data, width)).map(({ lane }) => lane);
  return Math.max(0, ...lanes) * LANE;
}

function drawMark(
  { mark, lane }: Placed,
  { to }: TimelineFigureData,
  x: Scale,
  y: Scale,
  width: number,
): string {
  const { at, until, label, kind } = mark;
  const right = width - TIMELINE_MARGIN;
  const start = Math.max(TIMELINE_MARGIN, x.at(at));
  const end = kind === 'change' ? start : Math.min(right, x.at(until ?? to));
  const size = Math.max(NARROWEST_BAR, end - start);
  const top = lane * LANE;
  const room = Math.floor((right - start) / LETTER);
  const early = room >= Math.min(12, label.length);
  const name = {
    class: 'mark',
    x: early ? start : right,
    y: top + 11,
    'text-anchor': early ? 'start' : 'end',
  };
  return (
    element('rect', {
      class: `${kind}-shade`,
      x: start,
      y: y.at(1),
      width: size,
      height: y.at(0) - y.at(1),
    }) +
    element('rect', { class: kind, x: start, y: top + 15, width: size, height: 5, rx: 2 }) +
    textElement(name, clip(label, early ? room : 24))
  );
}

type Bucket = readonly [seconds: number, share: number | null];

function drawSeries({ series, bucketSeconds, from, to }: TimelineFigureData, x: Scale, y: Scale): string {
  const buckets = series.flatMap((share, bucket): Bucket[] => {
    const start = bucket * bucketSeconds;
    return start + bucketSeconds <= from || start >= to ? [] : [[Math.max(from, start), share]];
  });
  return stretches(buckets, ([, share]) => share !== null)
    .map((stretch) => {
      const [start, share] = stretch.at(-1)!;
      const whole: readonly Bucket[] = [...stretch, [Math.min(to, start + bucketSeconds), share]];
      const points = whole.map(([seconds, value]): Point => [x.at(seconds), y.at(value ?? 0)]);
      const path = steps(points);
      return (
        element('path', { class: 'lost', d: filled(path, points, y.at(1)) }) +
        element('path', { class: 'served', d: path })
      );
    })
    .join('');
}

function drawReaction(
  { atSeconds }: TimelineMark,
  { from, to }: TimelineFigureData,
  x: Scale,
  y: Scale,
): string {
  if (atSeconds < from || atSeconds > to) return '';
  const at = x.at(atSeconds);
  return element('path', { class: 'reaction', d: `M${at} ${y.at(0) - 1}l5 -6l-5 -6l-5 6z` });
}

function findingOf({ series }: TimelineFigureData): string {
  const known = series.filter((share) => share !== null);
  if (known.length === 0) return 'What is served is not known yet.';
  return `At worst ${formatShare(Math.min(...known))} of requests are served.`;
}

function rowsOf({ marks, reactions, faultAt, origin }: TimelineFigureData): readonly (readonly string[])[] {
  const all = [
    ...marks.flatMap(({ at, until, label }) => [
      { at, text: label },
      ...(until === undefined ? [] : [{ at: until, text: `${label}: over` }]),
    ]),
    ...reactions.map(({ atSeconds, label }) => ({ at: atSeconds, text: label })),
  ];
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => [sinceText(Math.round((at - faultAt) * 10) / 10, origin), text]);
}
