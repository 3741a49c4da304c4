/** Load at every hop, mean and busiest second, strategies beside one another. */

import type { HopLoad } from '../../measure/result.ts';
import { isAuthoritative } from '../../model/authoritative-hop.ts';
import { clean } from '../layout.ts';
import { formatRate } from '../numbers.ts';
import { type Axis, amountAxis, drawBottom } from './axes.ts';
import { type Cell, type Chart, type ChartOptions, type ChartTable, widthOf } from './chart.ts';
import { drawing, element, label, spaced, straight } from './drawing.ts';
import { marker, markerKey, strategyGroup } from './looks.ts';

export interface LoadData {
  readonly strategies: readonly { readonly name: string; readonly load: readonly HopLoad[] }[];
}

const HEAD = 24;
const BELOW = 44;
const RIGHT = 92;
const ROW = 15;
const GAP = 12;

export function loadChart(data: LoadData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const hops = busyHops(data);
  const names = data.strategies.map(({ name }) => name);
  const key = markerKey(names, width, options);
  const isNarrow = width < 520;
  const left = isNarrow ? 14 : 176;
  const head = isNarrow ? 17 : 0;
  const rate = amountAxis(allRates(data), left, width - RIGHT);
  const block = data.strategies.length * ROW + head + GAP;
  const start = key.height + HEAD;
  const bottom = start + hops.length * block;
  const title = 'Load at every hop';
  const finding = findingOf(data);
  const paper = { name: 'load', title, finding, width, height: bottom + BELOW, options };
  const rows = hops.map((hop, index) =>
    drawHop(hop, data, { top: start + index * block, head, rate, width }, options),
  );
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(
      paper,
      key.svg,
      ...rows,
      drawBottom(rate, bottom, width),
      drawNotes(start - 12, bottom + 34, width),
    ),
    table: tableOf(data, hops),
    plots: [{ x: rate.plot, y: { from: 0, to: hops.length, start, end: bottom, isLog: false } }],
  };
}

function drawNotes(top: number, bottom: number, width: number): string {
  const placing = { class: 'quiet', room: width - 16 };
  return (
    label('filled: mean, hollow: busiest second', { ...placing, x: 4, y: top }) +
    label('queries per second of represented users', { ...placing, x: width - 8, y: bottom, anchor: 'end' })
  );
}

/** Where the rows of a hop are drawn. */
interface Place {
  readonly top: number;
  /** Height of a line of its own for the name; 0: the name is beside the rows. */
  readonly head: number;
  readonly rate: Axis;
  readonly width: number;
}

function drawHop(hop: string, { strategies }: LoadData, place: Place, options: ChartOptions): string {
  const { top, head, rate, width } = place;
  const left = rate.plot.start;
  const name =
    head > 0
      ? label(hop, { x: left, y: top + 12, room: width - left - 8 })
      : label(hop, { x: left - 10, y: top + ROW / 2 + 4, anchor: 'end', room: left - 16 });
  const rows = strategies.map((strategy, at) =>
    drawRow(strategy, at, hop, top + head + at * ROW + ROW / 2, rate, options),
  );
  const rule = straight('grid', left, top + head - 2, width - RIGHT, top + head - 2);
  return element('g', { 'data-hop': hop }, rule, name, ...rows);
}

/** Hops with queries under any strategy, in the order requests meet them. */
function busyHops({ strategies }: LoadData): string[] {
  const busy = strategies.flatMap(({ load }) => load.filter((hop) => hop.queriesPerSecond.peak > 0));
  return [...new Set(busy.map(({ hop }) => hop))];
}

function allRates({ strategies }: LoadData): number[] {
  return strategies.flatMap(({ load }) =>
    load.flatMap((hop) => [hop.queriesPerSecond.mean, hop.queriesPerSecond.peak]),
  );
}

function drawRow(
  { name, load }: LoadData['strategies'][number],
  index: number,
  hop: string,
  y: number,
  rate: Axis,
  options: ChartOptions,
): string {
  const found = load.find((one) => one.hop === hop)?.queriesPerSecond;
  if (found === undefined || found.peak === 0) return '';
  const [mean, peak] = [rate.at(Math.max(found.mean, rate.plot.from)), rate.at(found.peak)];
  return strategyGroup(
    name,
    index,
    options,
    straight('whisker', mean, y, peak, y),
    marker(index, peak, y, true, 36),
    marker(index, mean, y, false, 36),
    label(formatRate(found.mean), {
      x: Math.max(mean, peak) + 10,
      y: y + 4,
      class: 'quiet',
      room: RIGHT + 20,
    }),
  );
}

function tableOf({ strategies }: LoadData, hops: readonly string[]): ChartTable {
  return {
    columns: [
      { heading: 'hop' },
      { heading: 'strategy' },
      { heading: 'mean', format: 'rate' },
      { heading: 'busiest second', format: 'rate' },
      { heading: 'from cache', format: 'share' },
    ],
    rows: hops.flatMap((hop) =>
      strategies.map(({ name, load }): Cell[] => {
        const found = load.find((one) => one.hop === hop);
        return [
          hop,
          name,
          found?.queriesPerSecond.mean ?? 0,
          found?.queriesPerSecond.peak ?? 0,
          found?.hitRatio ?? null,
        ];
      }),
    ),
  };
}

function findingOf({ strategies }: LoadData): string {
  const totals = strategies
    .map(({ name, load }) => ({
      name: clean(name),
      rate: load
        .filter(({ hop }) => isAuthoritative(hop))
        .reduce((sum, { queriesPerSecond }) => sum + queriesPerSecond.mean, 0),
    }))
    .sort((one, other) => one.rate - other.rate);
  const [least, most] = [totals[0], totals.at(-1)];
  if (least === undefined || most === undefined) return 'There is no load to show.';
  if (totals.length === 1)
    return spaced(`The authoritative servers get ${formatRate(least.rate)} on average.`);
  return spaced(
    `The authoritative servers get ${formatRate(least.rate)} on average with ${least.name} and ${formatRate(most.rate)} with ${most.name}.`,
  );
}
