/**
 * The fault timeline: what happens when, and how many requests are served meanwhile. What is lost is filled, so
 * that harm is an area.
 */
import { area, curveStepAfter, line } from 'd3';
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import type { TimelineMark } from '../../src/measure/result.ts';
import { clip } from '../../src/report/layout.ts';
import { formatSeconds, formatShare } from '../../src/report/numbers.ts';
import { element, textElement } from '../../src/report/svg/markup.ts';
import type { Description, Mark } from '../engine/session-messages.ts';
import type { Figure } from './recovery-chart.ts';
import { linear, type Scale, stepTicks } from './scale.ts';

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
}

/** Room left and right of the plot: half a thumb of the slider that lies over it, and a little. */
const TIMELINE_MARGIN = 12;

const TOP = 26;
const BOTTOM = 20;
const TITLE = 'Requests served over time';
const NARROWEST_BAR = 3;

/** @param outcome absent while it is not known, or kept back */
export function timelineData(
  { marks, faultAt }: Description,
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
  };
}

export function timelineAxis({ from, to }: Pick<TimelineFigureData, 'from' | 'to'>, width: number): Scale {
  return linear(from, to, TIMELINE_MARGIN, width - TIMELINE_MARGIN);
}

export function timelineFigure(data: TimelineFigureData, width: number, height: number): Figure {
  const x = timelineAxis(data, width);
  const y = linear(0, 1, height - BOTTOM, TOP);
  const finding = findingOf(data);
  const svg = element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${TITLE}. ${finding}` },
    drawTicks(data, x, width, height),
    ...drawMarks(data, x, y, width),
    drawSeries(data, x, y),
    ...data.reactions.map((reaction) => drawReaction(reaction, data, x, y)),
  );
  return { svg, title: TITLE, finding, columns: ['Time', 'What happens'], rows: rowsOf(data) };
}

function drawTicks(
  { from, to, faultAt }: TimelineFigureData,
  x: Scale,
  width: number,
  height: number,
): string {
  const ticks = stepTicks(from - faultAt, to - faultAt, Math.max(2, Math.floor(width / 90)));
  return element(
    'g',
    { 'aria-hidden': 'true' },
    ...ticks.map((since) => {
      const at = x.at(since + faultAt);
      const anchor = at < 30 ? 'start' : at > width - 40 ? 'end' : 'middle';
      return (
        element('path', { class: 'grid', d: `M${at} ${TOP}V${height - BOTTOM}` }) +
        textElement({ class: 'tick', x: at, y: height - 5, 'text-anchor': anchor }, sinceText(since))
      );
    }),
  );
}

function sinceText(seconds: number): string {
  if (Math.abs(seconds) < 1e-6) return 'fault';
  return seconds > 0 ? `+${formatSeconds(seconds)}` : `−${formatSeconds(-seconds)}`;
}

function drawMarks(data: TimelineFigureData, x: Scale, y: Scale, width: number): readonly string[] {
  const inside = data.marks.filter(({ at, until }) => at < data.to && (until ?? at) >= data.from);
  return inside.map(({ at, until, label, kind }, index) => {
    const start = Math.max(TIMELINE_MARGIN, x.at(at));
    const end = kind === 'change' ? start : Math.min(width - TIMELINE_MARGIN, x.at(until ?? data.to));
    const size = Math.max(NARROWEST_BAR, end - start);
    const next = inside[index + 1];
    const room = (next ? Math.max(0, x.at(next.at) - start) : width - TIMELINE_MARGIN - start) / 6.6;
    const name =
      room < 6 ? '' : textElement({ class: 'mark', x: start, y: 11 }, clip(label, Math.floor(room)));
    return (
      element('rect', {
        class: `${kind}-shade`,
        x: start,
        y: y.at(1),
        width: size,
        height: y.at(0) - y.at(1),
      }) +
      element('rect', { class: kind, x: start, y: 15, width: size, height: 6, rx: 2 }) +
      name
    );
  });
}

function drawSeries({ series, bucketSeconds, from, to }: TimelineFigureData, x: Scale, y: Scale): string {
  const points = series.flatMap((share, bucket): (readonly [number, number | null])[] => {
    const start = bucket * bucketSeconds;
    return start + bucketSeconds <= from || start >= to ? [] : [[Math.max(from, start), share]];
  });
  const last = points.at(-1);
  if (!last) return '';
  const whole: readonly (readonly [number, number | null])[] = [
    ...points,
    [Math.min(to, last[0] + bucketSeconds), last[1]],
  ];
  const known = ([, share]: readonly [number, number | null]): boolean => share !== null;
  const lost = area<readonly [number, number | null]>(
    ([seconds]) => x.at(seconds),
    () => y.at(1),
    ([, share]) => y.at(share ?? 0),
  );
  const served = line<readonly [number, number | null]>(
    ([seconds]) => x.at(seconds),
    ([, share]) => y.at(share ?? 0),
  );
  return (
    element('path', { class: 'lost', d: lost.defined(known).curve(curveStepAfter).digits(1)(whole) ?? '' }) +
    element('path', {
      class: 'served',
      d: served.defined(known).curve(curveStepAfter).digits(1)(whole) ?? '',
    })
  );
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

function rowsOf({ marks, reactions, faultAt }: TimelineFigureData): readonly (readonly string[])[] {
  const all = [
    ...marks.flatMap(({ at, until, label }) => [
      { at, text: label },
      ...(until === undefined ? [] : [{ at: until, text: `${label}: over` }]),
    ]),
    ...reactions.map(({ atSeconds, label }) => ({ at: atSeconds, text: label })),
  ];
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => [sinceText(Math.round((at - faultAt) * 10) / 10), text]);
}
