/**
 * How long affected clients wait: 1 − Kaplan-Meier per strategy over the time since the first fault, with whoever
 * is not back by the end as a block of its own at the right, never averaged away.
 */
import { quantileAt, type RecoveryDistribution } from '../../measure/comparison.ts';
import { clean } from '../layout.ts';
import { formatSeconds, formatShare } from '../numbers.ts';
import { type Axis, drawBottom, drawLeft, shareAxis, waitAxis } from './axes.ts';
import { type Chart, type ChartOptions, widthOf } from './chart.ts';
import {
  drawing,
  element,
  hatch,
  idOf,
  label,
  type Point,
  plateLabel,
  stepArea,
  stepPath,
  straight,
  textWidth,
} from './drawing.ts';
import { lineClass, marker, SAMPLE_WIDTH, sample, strategyGroup } from './looks.ts';
import { type RecoveryData, recoveryFinding, recoveryTable, waitTexts } from './recovery-words.ts';

export type { RecoveryData, RecoverySeries } from './recovery-words.ts';

const LEFT = 48;
const TOP = 22;
const ROW = 20;
const AXIS_ROOM = 46;
/** Above the rows of the key. */
const KEY_HEAD = 22;
const GAP = 10;

export function recoveryChart(data: RecoveryData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const block = width < 520 ? 74 : 110;
  const right = width - block - GAP;
  const keyHeight = KEY_HEAD + data.strategies.length * ROW;
  const bottom = Math.max(TOP + 120, (options.height ?? 340 + keyHeight) - keyHeight - AXIS_ROOM);
  const layout: Layout = {
    width,
    right,
    bottom,
    time: timeAxisOf(data, right),
    share: shareAxis(bottom, TOP, [0, 0.25, 0.5, 0.75, 1]),
  };
  const title = 'Time to recovery of affected clients, all runs together';
  const finding = recoveryFinding(data);
  const paper = { name: 'recovery', title, finding, width, height: bottom + AXIS_ROOM + keyHeight, options };
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(
      paper,
      hatch(`${idOf(paper.name, options)}-hatch`),
      drawFrame(layout),
      ...drawCurves(data, layout, options),
      drawBlock(data, layout, `${idOf(paper.name, options)}-hatch`, options),
      drawRule(data, layout),
      drawCrosshair(layout, options),
      ...drawNames(data, layout, options),
      drawKey(data, layout, options),
    ),
    table: recoveryTable(data),
    plots: [{ x: layout.time.plot, y: layout.share.plot }],
  };
}

interface Layout {
  readonly width: number;
  readonly right: number;
  readonly bottom: number;
  readonly time: Axis;
  readonly share: Axis;
}

function timeAxisOf({ strategies }: RecoveryData, right: number): Axis {
  const horizon = Math.max(1, ...strategies.map(({ recovery }) => recovery.horizonSeconds));
  const latest = Math.max(0, ...strategies.map(({ recovery }) => recovery.seconds.at(-1) ?? 0));
  const isWhole = strategies.every(({ recovery }) => recovery.notRecovered.mean === 0);
  const firsts = strategies.flatMap(({ recovery }) => recovery.seconds.find((second) => second > 0) ?? []);
  return waitAxis(firsts, isWhole && latest > 0 ? Math.min(horizon, latest * 1.15) : horizon, LEFT, right);
}

function drawFrame({ time, share, right, bottom, width }: Layout): string {
  return element(
    'g',
    {},
    drawLeft(share, LEFT, right),
    drawBottom(time, bottom, right + GAP),
    label(width < 520 ? 'affected clients back' : 'share of affected clients that are back', {
      x: LEFT,
      y: TOP - 10,
      class: 'quiet',
      room: right - LEFT,
    }),
    label('time since the first fault', {
      x: right,
      y: bottom + 34,
      anchor: 'end',
      class: 'quiet',
      room: right - LEFT,
    }),
    label(width < 520 ? 'not back' : 'not back by the end', {
      x: width - 4,
      y: TOP - 10,
      anchor: 'end',
      class: 'quiet',
    }),
  );
}

function curveOf(
  shares: readonly number[],
  { seconds }: RecoveryDistribution,
  { time, share }: Layout,
): Point[] {
  if (shares.length === 0) return [];
  const points = shares.map((value, index): Point => [time.at(seconds[index]!), share.at(value)]);
  return [[time.plot.start, share.at(0)], ...points, [time.plot.end, share.at(shares.at(-1)!)]];
}

function drawCurves({ strategies }: RecoveryData, layout: Layout, options: ChartOptions): string[] {
  return strategies.map(({ name, recovery }, index) => {
    const { low, high, recovered } = recovery;
    const area = low && high ? stepArea(curveOf(high, recovery, layout), curveOf(low, recovery, layout)) : '';
    const path = stepPath(curveOf(recovered, recovery, layout));
    return strategyGroup(
      name,
      index,
      options,
      area === '' ? '' : element('path', { class: 'band', d: area }),
      path === '' ? '' : element('path', { class: lineClass(index), d: path }),
    );
  });
}

/** The share not back by the end, as a bar per strategy hanging from the top. */
function drawBlock(
  { strategies }: RecoveryData,
  layout: Layout,
  hatchId: string,
  options: ChartOptions,
): string {
  const { right, width, share, bottom } = layout;
  const from = right + GAP;
  const slot = (width - 4 - from) / Math.max(1, strategies.length);
  const top = share.plot.end;
  const bars = strategies.map(({ name, recovery }, index) => {
    const missing = recovery.notRecovered.mean;
    const height = Math.max(missing > 0 ? 2 : 0, share.at(1 - missing) - top);
    const x = from + index * slot + slot * 0.15;
    const bar = { x, y: top, width: slot * 0.7, height };
    const text = slot >= 34 || strategies.length === 1 ? formatShare(missing) : '';
    return strategyGroup(
      name,
      index,
      options,
      element('rect', { ...bar, fill: `url(#${hatchId})` }),
      element('rect', { class: 'edge', ...bar }),
      missing > 0
        ? label(text, { x: x + slot * 0.35, y: Math.min(bottom - 4, top + height + 14), anchor: 'middle' })
        : '',
    );
  });
  const isNone = strategies.every(({ recovery }) => recovery.notRecovered.mean === 0);
  return element(
    'g',
    { 'data-block': 'not-recovered' },
    element('rect', { class: 'axis', x: from, y: top, width: width - 4 - from, height: bottom - top }),
    ...bars,
    isNone
      ? label('nobody', { x: (from + width - 4) / 2, y: top + 20, anchor: 'middle', class: 'quiet' })
      : '',
  );
}

/** The chosen quantile: a rule, and where each curve meets it with its interval. */
function drawRule({ strategies, quantile }: RecoveryData, { share, time, right }: Layout): string {
  const y = share.at(quantile);
  const hits = strategies.map(({ name, recovery }, index) => {
    const { seconds, low, high } = quantileAt(recovery, quantile);
    if (seconds === null || recovery.affected === 0) return '';
    const x = time.at(seconds);
    const end = high === undefined ? undefined : time.at(high ?? time.plot.to);
    const whisker =
      low !== undefined && end !== undefined ? straight('whisker', time.at(low), y, end, y) : '';
    return strategyGroup(name, index, {}, whisker, marker(index, x, y));
  });
  return element('g', { 'data-quantile': quantile }, straight('rule', LEFT, y, right, y), ...hits);
}

function drawCrosshair({ time, share }: Layout, { crosshair }: ChartOptions): string {
  if (crosshair === undefined) return '';
  const x = time.at(crosshair);
  return element(
    'g',
    { 'data-crosshair': crosshair },
    straight('crosshair', x, share.plot.end, x, share.plot.start),
    plateLabel(formatSeconds(crosshair), { x, y: share.plot.start - 6, anchor: 'middle' }),
  );
}

/** A row per strategy with its time at the quantile. */
function drawKey({ strategies, quantile }: RecoveryData, layout: Layout, options: ChartOptions): string {
  const { width } = layout;
  const top = layout.bottom + AXIS_ROOM;
  let hasIntervals = false;
  const rows = strategies.map(({ name, recovery }, index) => {
    const y = top + KEY_HEAD + index * ROW - 4;
    const room = width - SAMPLE_WIDTH - 28 - Math.min(textWidth(clean(name)), width / 2);
    const texts = waitTexts(quantileAt(recovery, quantile), recovery);
    const text = texts.find((one) => textWidth(one) <= room) ?? texts.at(-1)!;
    hasIntervals ||= text.includes('(');
    return strategyGroup(
      name,
      index,
      options,
      sample(index, 8, y),
      label(name, {
        x: 8 + SAMPLE_WIDTH,
        y: y + 4,
        class: 'strong',
        room: width - SAMPLE_WIDTH - textWidth(text) - 28,
      }),
      label(text, { x: width - 8, y: y + 4, anchor: 'end' }),
    );
  });
  const heading = `time until ${formatShare(quantile)} are back${hasIntervals ? ', with 95\u00a0% interval' : ''}`;
  const head = label(heading, { x: width - 8, y: top + 4, anchor: 'end', class: 'quiet', room: width - 16 });
  return element('g', {}, head, ...rows);
}

const HEIGHTS: readonly number[] = [0.55, 0.4, 0.7, 0.25, 0.85];

/** Names beside the curves, at the first height at which they cover no other name. */
function drawNames(
  { strategies }: RecoveryData,
  { time, share, right }: Layout,
  options: ChartOptions,
): string[] {
  const taken: { left: number; right: number; y: number }[] = [];
  return strategies.map(({ name, recovery }, index) => {
    const room = Math.min(textWidth(clean(name)), 160);
    for (const height of HEIGHTS) {
      const at = recovery.seconds[recovery.recovered.findIndex((reached) => reached >= height)];
      if (at === undefined) continue;
      const x = time.at(at) + 9;
      const y = share.at(height) + 4;
      const box = { left: x - 4, right: x + room + 4, y };
      const isFree = taken.every(
        (other) => Math.abs(other.y - y) > 16 || other.left > box.right || other.right < box.left,
      );
      if (!isFree || box.right > right) continue;
      taken.push(box);
      return strategyGroup(
        name,
        index,
        options,
        marker(index, x - 9, y - 4),
        plateLabel(name, { x, y, room: room + 1 }),
      );
    }
    return '';
  });
}
