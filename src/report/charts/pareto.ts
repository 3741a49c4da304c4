/** Load at the authoritative servers against time to recovery: what no other strategy beats in both is the front. */
import { clean } from '../layout.ts';
import { type Axis, amountAxis, drawBottom, waitAxis } from './axes.ts';
import { type Chart, type ChartOptions, widthOf } from './chart.ts';
import {
  drawing,
  element,
  label,
  listing,
  type Placing,
  plateLabel,
  shorten,
  straight,
  textWidth,
} from './drawing.ts';
import { marker, strategyGroup } from './looks.ts';
import { type ParetoData, type ParetoSpot, paretoFinding, paretoTable, pricedData } from './pareto-data.ts';

export { type ParetoData, type ParetoSpot, paretoData } from './pareto-data.ts';

const LEFT = 72;
const TOP = 26;
const RIGHT = 16;
const BELOW = 44;
/** Where strategies stand whose quantile lies beyond the end. */
const BEYOND = 34;

export function paretoChart(data: ParetoData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const height = options.height ?? (width < 520 ? 320 : 380);
  const priced = pricedData(data);
  const layout = layOut(priced, width, height);
  const what = data.across === 'cost' ? 'Cost a month' : 'Load at the authoritative servers';
  const title = `${what} against time to recovery (${data.quantile})`;
  // Money for a load is the same front as the load.
  const finding = paretoFinding(data.across === 'cost' ? priced : data);
  const paper = {
    name: data.across === 'cost' ? 'pareto-cost' : 'pareto',
    title,
    finding,
    width,
    height,
    options,
  };
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
    table: paretoTable(priced),
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

function xTitle({ price, across }: ParetoData): string {
  if (across === 'cost') return 'US dollars a month, by price lists';
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

/** Points nearer to one another than this, in pixels, are named together. */
const TOGETHER = 8;
const MOST_ROOM = 190;

interface Named {
  readonly names: readonly string[];
  /** Of the first of them. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Points that cannot be told apart stand under one name, which lists them. */
function namedSpots({ points }: ParetoData, layout: Layout): readonly Named[] {
  const found: Named[] = [];
  for (const [index, point] of points.entries()) {
    const [x, y] = placeOf(point, layout);
    const at = found.findIndex((other) => Math.hypot(other.x - x, other.y - y) < TOGETHER);
    if (at < 0) found.push({ names: [point.name], index, x, y });
    else found[at] = { ...found[at]!, names: [...found[at]!.names, point.name] };
  }
  return found;
}

/** All names where there is room for them, else how many. */
function nameOf(names: readonly string[]): string {
  const all = listing(names);
  if (names.length < 2 || textWidth(all) <= MOST_ROOM) return all;
  const others = `and ${names.length - 1} ${names.length === 2 ? 'other' : 'others'}`;
  return `${shorten(names[0]!, MOST_ROOM - textWidth(` ${others}`))} ${others}`;
}

/** Names beside the points: where they lie inside the frame and over nothing else. */
function drawNames(data: ParetoData, layout: Layout, options: ChartOptions): string[] {
  const spots = namedSpots(data, layout);
  const taken = spots.flatMap(({ x, y, names }) => {
    const point = { left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 };
    const hasLetter = names.some((name) => data.lettered?.includes(name));
    return hasLetter ? [point, { left: x - 24, right: x - 7, top: y - 22, bottom: y - 4 }] : [point];
  });
  return spots.map((spot) => {
    const { names, index } = spot;
    const text = nameOf(names);
    const room = Math.min(textWidth(clean(text)), MOST_ROOM);
    const inside = boxesBeside(spot, room).filter(
      ({ box }) =>
        box.left > 2 &&
        box.right < layout.right + RIGHT - 2 &&
        box.bottom < layout.bottom + 2 &&
        box.top > 14,
    );
    const chosen = inside.find(({ box }) => taken.every((other) => isApart(box, other))) ?? inside[0];
    if (chosen === undefined) return '';
    taken.push(chosen.box);
    return strategyGroup(names[0]!, index, options, plateLabel(text, { ...chosen.side, room: room + 1 }));
  });
}

/** Where a name may stand, best first: beside its point, above, below, and further off. */
const SIDES: readonly (readonly [across: number, down: number])[] = [
  [11, 4],
  [8, -9],
  [8, 18],
  [-11, 4],
  [-8, -9],
  [-8, 18],
  [8, -24],
  [8, 33],
  [-8, -24],
  [-8, 33],
];

function boxesBeside(
  { x, y }: Named,
  room: number,
): readonly { readonly side: Placing; readonly box: Box }[] {
  return SIDES.map(([across, down]) => {
    const left = across > 0 ? x + across : x + across - room;
    return {
      side: { x: x + across, y: y + down, anchor: across > 0 ? 'start' : 'end' },
      box: { left, right: left + room, top: y + down - 10, bottom: y + down + 3 },
    };
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
