/** Load at the authoritative servers against time to recovery: what no other strategy beats in both is the front. */
import {
  type ComparisonResult,
  estimateOf,
  quantileMetric,
  type StrategySpread,
} from '../../measure/comparison.ts';
import type { CensoredEstimate, Estimate } from '../../measure/estimate.ts';
import { clean } from '../layout.ts';
import { formatRate, formatSeconds } from '../numbers.ts';
import { type Axis, amountAxis, drawBottom, waitAxis } from './axes.ts';
import { type Cell, type Chart, type ChartOptions, type ChartTable, widthOf } from './chart.ts';
import { drawing, element, label, listing, plateLabel, spaced, straight, textWidth } from './drawing.ts';
import { marker, strategyGroup } from './looks.ts';

export interface ParetoData {
  /** How the quantile is called: `p99`. */
  readonly quantile: string;
  readonly horizonSeconds: number;
  readonly points: readonly ParetoSpot[];
  /** What would be good enough; the box up to it is shaded. */
  readonly goal?: { readonly load: number; readonly seconds: number };
  /** Turns load into money per 30 days: the price of a million queries. */
  readonly price?: { readonly perMillion: number; readonly currency: string };
}

export interface ParetoSpot {
  readonly name: string;
  /** Queries per second of represented users. */
  readonly load: Estimate;
  /** Seconds; `null` = beyond the horizon. */
  readonly recovery: CensoredEstimate;
  readonly dominatedBy: readonly string[];
}

const LEFT = 72;
const TOP = 26;
const RIGHT = 16;
const BELOW = 44;
/** Where strategies stand whose quantile lies beyond the end. */
const BEYOND = 34;
const SECONDS_PER_MONTH = 30 * 86_400;

/** The points of a comparison, at its quantile. */
export function paretoData(comparison: ComparisonResult): ParetoData {
  const metric = quantileMetric(comparison.quantile);
  return {
    quantile: metric.replace('recovery.', ''),
    horizonSeconds: Math.max(...comparison.strategies.map(({ recovery }) => recovery.horizonSeconds)),
    points: comparison.strategies.map((spread: StrategySpread) => ({
      name: spread.name,
      load: estimateOf(spread, 'load.authorities').estimate ?? { mean: 0 },
      recovery: estimateOf(spread, metric).estimate,
      dominatedBy: spread.dominatedBy,
    })),
  };
}

export function paretoChart(data: ParetoData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const height = options.height ?? (width < 520 ? 320 : 380);
  const priced = pricedData(data);
  const layout = layOut(priced, width, height);
  const title = `Load at the authoritative servers against time to recovery (${data.quantile})`;
  const finding = findingOf(data);
  const paper = { name: 'pareto', title, finding, width, height, options };
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(
      paper,
      drawFrame(priced, layout),
      drawGoal(priced, layout),
      drawFront(priced, layout),
      ...priced.points.map((point, index) => drawPoint(point, index, layout, options)),
      ...drawNames(priced, layout, options),
    ),
    table: tableOf(priced),
    plots: [{ x: layout.x.plot, y: layout.y.plot }],
  };
}

interface Layout {
  readonly x: Axis;
  readonly y: Axis;
  readonly right: number;
  readonly bottom: number;
  /** Height of points beyond the end; also where the plot proper begins. */
  readonly beyond: number;
}

/** Loads as money where a price is given. */
function pricedData(data: ParetoData): ParetoData {
  const { price } = data;
  if (price === undefined) return data;
  const perRate = (price.perMillion * SECONDS_PER_MONTH) / 1e6;
  const scale = ({ mean, low, high }: Estimate): Estimate => ({
    mean: mean * perRate,
    ...(low !== undefined && high !== undefined && { low: low * perRate, high: high * perRate }),
  });
  const { goal } = data;
  return {
    ...data,
    points: data.points.map((point) => ({ ...point, load: scale(point.load) })),
    ...(goal && { goal: { ...goal, load: goal.load * perRate } }),
  };
}

function layOut({ points, horizonSeconds, goal }: ParetoData, width: number, height: number): Layout {
  const right = width - RIGHT;
  const bottom = height - BELOW;
  const isAnyBeyond = points.some(({ recovery }) => recovery === null);
  const waits = [
    ...points.flatMap(({ recovery }) => (recovery ? [recovery.mean, recovery.high ?? 0] : [])),
    goal?.seconds ?? 0,
  ];
  const longest = isAnyBeyond ? horizonSeconds : Math.max(1, ...waits) * 1.15;
  const loads = points.flatMap(({ load }) => [load.mean, load.low ?? 0, load.high ?? 0]);
  return {
    x: amountAxis([...loads, goal?.load ?? 0], LEFT, right),
    y: waitAxis(
      waits.map((wait) => wait * 0.85),
      longest,
      bottom,
      TOP + (isAnyBeyond ? BEYOND : 0),
    ),
    right,
    bottom,
    beyond: TOP + 8,
  };
}

function xTitle({ price }: ParetoData): string {
  return price ? `${price.currency} for 30 days of queries` : 'authoritative queries per second';
}

function drawFrame(data: ParetoData, { x, y, right, bottom, beyond }: Layout): string {
  const isAnyBeyond = data.points.some(({ recovery }) => recovery === null);
  const ticks = y.ticks.flatMap(({ value, text }) => [
    straight('grid', LEFT, y.at(value), right, y.at(value)),
    label(text, { x: LEFT - 6, y: y.at(value) + 4, anchor: 'end', class: 'quiet', room: LEFT - 8 }),
  ]);
  return element(
    'g',
    {},
    ...ticks,
    isAnyBeyond ? label('beyond', { x: LEFT - 6, y: beyond + 4, anchor: 'end', class: 'quiet' }) : '',
    isAnyBeyond ? straight('grid', LEFT, beyond, right, beyond) : '',
    drawBottom(x, bottom, right + RIGHT),
    label(`time to recovery, ${data.quantile}`, { x: 4, y: 12, class: 'quiet', room: right }),
    label(xTitle(data), { x: right, y: bottom + 34, anchor: 'end', class: 'quiet', room: right - LEFT }),
  );
}

function drawGoal({ goal }: ParetoData, { x, y, bottom }: Layout): string {
  if (goal === undefined) return '';
  const top = y.at(goal.seconds);
  const box = {
    x: LEFT,
    y: top,
    width: Math.max(1, x.at(goal.load) - LEFT),
    height: Math.max(1, bottom - top),
  };
  return (
    element('rect', { class: 'slo', ...box }) + label('goal', { x: LEFT + 5, y: bottom - 6, class: 'quiet' })
  );
}

function placeOf({ load, recovery }: ParetoSpot, { x, y, beyond }: Layout): [number, number] {
  return [x.at(load.mean), recovery === null ? beyond : y.at(recovery.mean)];
}

/** The stairs that bound what is possible: right at each height, then down. */
function drawFront({ points }: ParetoData, layout: Layout): string {
  const front = points
    .filter(({ dominatedBy }) => dominatedBy.length === 0)
    .map((point) => placeOf(point, layout))
    .sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  if (front.length < 2) return '';
  const [first, ...rest] = front.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const);
  const steps = rest.map(([x, y]) => `H${x}V${y}`).join('');
  return element('path', { class: 'front', d: `M${first!.join(',')}${steps}` });
}

function drawPoint(point: ParetoSpot, index: number, layout: Layout, options: ChartOptions): string {
  const [px, py] = placeOf(point, layout);
  const { load, recovery } = point;
  const { x, y } = layout;
  const across = load.low === undefined ? '' : straight('whisker', x.at(load.low), py, x.at(load.high!), py);
  const up =
    recovery?.low === undefined ? '' : straight('whisker', px, y.at(recovery.low), px, y.at(recovery.high!));
  return strategyGroup(
    point.name,
    index,
    options,
    across,
    up,
    marker(index, px, py, point.dominatedBy.length > 0, 80),
  );
}

/** Names beside the points: where they lie inside the frame and over nothing else. */
function drawNames({ points }: ParetoData, layout: Layout, options: ChartOptions): string[] {
  const spots = points.map((point) => placeOf(point, layout));
  const taken = spots.map(([x, y]) => ({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 }));
  return points.map(({ name }, index) => {
    const [px, py] = spots[index]!;
    const room = Math.min(textWidth(clean(name)), 190);
    const sides = [
      { x: px + 11, y: py + 4, left: px + 11, anchor: 'start' },
      { x: px + 8, y: py - 9, left: px + 8, anchor: 'start' },
      { x: px + 8, y: py + 18, left: px + 8, anchor: 'start' },
      { x: px - 11, y: py + 4, left: px - 11 - room, anchor: 'end' },
      { x: px - 8, y: py - 9, left: px - 8 - room, anchor: 'end' },
      { x: px - 8, y: py + 18, left: px - 8 - room, anchor: 'end' },
    ] as const;
    const boxes = sides.map((side) => ({
      side,
      box: { left: side.left, right: side.left + room, top: side.y - 10, bottom: side.y + 3 },
    }));
    const inside = boxes.filter(
      ({ box }) =>
        box.left > 2 &&
        box.right < layout.right + RIGHT - 2 &&
        box.bottom < layout.bottom + 2 &&
        box.top > 14,
    );
    const chosen = inside.find(({ box }) => taken.every((other) => isApart(box, other))) ?? inside[0];
    if (chosen === undefined) return '';
    taken.push(chosen.box);
    return strategyGroup(name, index, options, plateLabel(name, { ...chosen.side, room: room + 1 }));
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function isApart(one: Box, other: Box): boolean {
  return one.left > other.right || one.right < other.left || one.top > other.bottom || one.bottom < other.top;
}

function tableOf({ points, quantile, price }: ParetoData): ChartTable {
  const load = price ? `${price.currency} for 30 days` : 'queries per second';
  const format = price ? 'count' : 'rate';
  return {
    columns: [
      { heading: 'strategy' },
      { heading: load, format },
      { heading: `${load}, low`, format },
      { heading: `${load}, high`, format },
      { heading: quantile, format: 'seconds' },
      { heading: `${quantile}, low`, format: 'seconds' },
      { heading: `${quantile}, high`, format: 'seconds' },
      { heading: 'beaten in both by' },
    ],
    rows: points.map(({ name, load: amount, recovery, dominatedBy }): Cell[] => [
      name,
      ...spread(amount),
      ...(recovery === null ? [null, null, null] : spread(recovery)),
      dominatedBy.length === 0 ? 'none: on the front' : dominatedBy.join(', '),
    ]),
  };
}

function spread({ mean, low, high }: Estimate): number[] {
  return [mean, low ?? mean, high ?? mean];
}

function findingOf({ points, quantile }: ParetoData): string {
  const front = points.filter(({ dominatedBy }) => dominatedBy.length === 0);
  const beaten = points.filter(({ dominatedBy }) => dominatedBy.length > 0);
  if (points.length === 0) return 'There is nothing to weigh.';
  if (beaten.length === 0 && points.length > 1) {
    const [dear, cheap] = [...points]
      .sort((one, other) => other.load.mean - one.load.mean || 0)
      .flatMap((point, at, all) => (at === 0 || at === all.length - 1 ? [point] : []));
    const wait = ({ recovery }: ParetoSpot): string =>
      recovery === null ? 'beyond the end' : formatSeconds(recovery.mean);
    return spaced(
      `Faster costs load: ${quantile} is ${wait(dear!)} at ${formatRate(dear!.load.mean)} with ${clean(dear!.name)}, ${wait(cheap!)} at ${formatRate(cheap!.load.mean)} with ${clean(cheap!.name)}.`,
    );
  }
  const names = (list: readonly ParetoSpot[]): string => listing(list.map(({ name }) => name));
  const rest = beaten.length === 0 ? '' : `; beaten in both load and recovery: ${names(beaten)}`;
  return `On the front: ${names(front)}${rest}.`;
}
