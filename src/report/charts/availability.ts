/** Availability of each strategy over time: small multiples on shared axes, median and 5-95 % of runs. */
import { clean } from '../layout.ts';
import { formatSeconds, formatShare } from '../numbers.ts';
import {
  type AvailabilityData,
  type AvailabilitySeries,
  availabilityFinding,
  availabilityTable,
  stretchOf,
  summaryOf,
} from './availability-data.ts';
import { type Axis, drawBottom, drawLeft, shareAxis, timeAxis } from './axes.ts';
import { type Chart, type ChartOptions, type PlotArea, widthOf } from './chart.ts';
import {
  drawing,
  element,
  label,
  type Point,
  plateLabel,
  stepArea,
  stepPath,
  straight,
  textWidth,
} from './drawing.ts';
import { drawLanes, drawShades, laneHeight } from './lanes.ts';
import { marker, strategyGroup } from './looks.ts';

export type { AvailabilityData, AvailabilitySeries } from './availability-data.ts';

const LEFT = 48;
const RIGHT = 14;
const HEAD = 30;
const BELOW = 26;
const MARKS_AT_MOST = 5;
/** Names stand right of their marker. */
const NAME_LEFT = 17;

export function availabilityChart(whole: AvailabilityData, options: ChartOptions = {}): Chart {
  const data = stretchOf(whole);
  const width = widthOf(options);
  const marks = data.marks.slice(0, MARKS_AT_MOST);
  const time = timeAxis(data.durationSeconds, LEFT, width - RIGHT, data.fromSeconds);
  const top = marks.length * laneHeight(marks, time, width) + (marks.length > 0 ? 6 : 0);
  const height = panelHeight(data.strategies.length, options.height, top);
  const panels = data.strategies.map((series, index) => {
    const from = top + index * (height + HEAD) + HEAD;
    return { series, index, share: shareAxis(from + height, from, height < 60 ? [0, 1] : [0, 0.5, 1]) };
  });
  const bottom = top + panels.length * (height + HEAD);
  const title = 'Availability over time';
  const finding = availabilityFinding(data);
  const paper = { name: 'availability', title, finding, width, height: bottom + BELOW, options };
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(
      paper,
      drawShades(marks, time, top, bottom),
      drawLanes(marks, time, 0, width),
      ...panels.map((panel) => drawPanel(panel, time, data.target, options)),
      drawBottom(time, bottom, width),
      drawCrosshair(panels, time, top, bottom, options),
    ),
    table: availabilityTable(data),
    plots: panels.map(
      ({ series, share }): PlotArea => ({ strategy: series.name, x: time.plot, y: share.plot }),
    ),
  };
}

function panelHeight(panels: number, wanted: number | undefined, top: number): number {
  if (wanted !== undefined) return Math.max(28, (wanted - top - BELOW) / Math.max(1, panels) - HEAD);
  return panels <= 1 ? 180 : panels <= 4 ? 84 : 56;
}

interface Panel {
  readonly series: AvailabilitySeries;
  readonly index: number;
  readonly share: Axis;
}

function drawPanel(
  { series, index, share }: Panel,
  time: Axis,
  target: number,
  options: ChartOptions,
): string {
  const { start: left, end: right } = time.plot;
  const { start: base, end: top } = share.plot;
  const bound = (shares: readonly (number | null)[], pick: Pick = Math.min): Point[][] =>
    runs(shares, series, time, share, pick);
  const uppers = bound(series.high ?? [], Math.max);
  const lowers = bound(series.low ?? []);
  const bands = uppers.map((upper, run) =>
    element('path', { class: 'band', d: stepArea(upper, lowers[run] ?? []) }),
  );
  const lines = bound(series.middle).map((points) =>
    element('path', { class: 'curve', d: stepPath(points) }),
  );
  const room = right - left - NAME_LEFT;
  const nameWidth = Math.min(room, textWidth(clean(series.name)));
  const summary = summaryOf(series, target).find((text) => textWidth(text) + nameWidth + 12 <= room) ?? '';
  return element(
    'g',
    {},
    drawLeft(share, left, right),
    strategyGroup(
      series.name,
      index,
      options,
      ...bands,
      ...lines,
      marker(index, left + 6, top - 9),
      label(series.name, { x: left + NAME_LEFT, y: top - 5, class: 'strong', room }),
      label(summary, { x: right, y: top - 5, anchor: 'end', class: 'quiet' }),
    ),
    straight('axis', left, base, right, base),
  );
}

/** Which of several values stands for all. */
type Pick = (...values: readonly number[]) => number;

/** Buckets narrower than this many pixels are drawn together, so that a dip stays and the picture small. */
const LEAST_PIXELS = 1.5;

/** Stretches without a gap, in pixels; the last bucket is drawn to its end. */
function runs(
  shares: readonly (number | null)[],
  { bucketSeconds }: AvailabilitySeries,
  time: Axis,
  axis: Axis,
  pick: Pick,
): Point[][] {
  const { from, to, start, end } = time.plot;
  const together = Math.max(1, Math.ceil(LEAST_PIXELS / ((bucketSeconds * (end - start)) / (to - from))));
  const stretches: Point[][] = [];
  let isOpen = false;
  for (let bucket = 0; bucket < shares.length; bucket += together) {
    const known = shares.slice(bucket, bucket + together).filter((share) => share !== null);
    if (known.length > 0) {
      if (!isOpen) stretches.push([]);
      const stretch = stretches.at(-1)!;
      if (isOpen) stretch.pop();
      const y = axis.at(pick(...known));
      const until = Math.min(bucket + together, shares.length);
      stretch.push([time.at(bucket * bucketSeconds), y], [time.at(until * bucketSeconds), y]);
    }
    isOpen = known.length > 0;
  }
  return stretches;
}

/** A line through all panels with the value of each. */
function drawCrosshair(
  panels: readonly Panel[],
  time: Axis,
  top: number,
  bottom: number,
  { crosshair }: ChartOptions,
): string {
  if (crosshair === undefined) return '';
  const x = time.at(crosshair);
  const isLeft = x > (time.plot.start + time.plot.end) / 2;
  const placing = { x: isLeft ? x - 6 : x + 6, anchor: isLeft ? 'end' : 'start' } as const;
  const values = panels.map(({ series, share }) => {
    const value = series.middle[Math.floor(crosshair / series.bucketSeconds)] ?? null;
    return plateLabel(value === null ? 'no requests' : formatShare(value), {
      ...placing,
      y: share.plot.start - 6,
    });
  });
  return element(
    'g',
    { 'data-crosshair': crosshair },
    straight('crosshair', x, top, x, bottom),
    ...values,
    plateLabel(formatSeconds(crosshair), { ...placing, y: bottom - 6 + 18 }),
  );
}
