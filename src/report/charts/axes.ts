/** Scales with the ticks people expect: shares, times, amounts, also logarithmic. */
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3';
import { roundStep, roundTicks } from '../axis.ts';
import { formatCount, formatSeconds } from '../numbers.ts';
import type { PlotAxis } from './chart.ts';
import { element, label, straight, textWidth } from './drawing.ts';

export interface Axis {
  readonly at: ScaleContinuousNumeric<number, number>;
  readonly ticks: readonly Tick[];
  readonly plot: PlotAxis;
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Beyond this ratio of largest to smallest value a linear axis hides the small ones. */
const LOG_FROM_RATIO = 10;
const LOG_SECONDS: readonly number[] = [
  ...[0.001, 0.01, 0.1, 1, 2, 5, 10, 20, 30],
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * 60),
  ...[1, 2, 4, 8].map((hours) => hours * 3600),
  ...[1, 2, 4, 7, 14, 30, 90, 365].map((days) => days * 86_400),
];

/** Shares from 0 to 1 with the ticks given. */
export function shareAxis(start: number, end: number, values: readonly number[]): Axis {
  const ticks = values.map((value) => ({ value, text: `${value * 100}\u00a0%` }));
  return linear(0, 1, start, end, ticks);
}

/** Time up to `to` with round ticks, from 0 unless said otherwise. */
export function timeAxis(to: number, start: number, end: number, from: number = 0): Axis {
  const until = to > from ? to : from + 1;
  const step = roundStep(until - from, Math.max(2, Math.floor(Math.abs(end - start) / 90)));
  const ticks = roundTicks(until, until / step).filter((value) => value >= from);
  return linear(
    from,
    until,
    start,
    end,
    ticks.map((value) => ({ value, text: value === 0 ? '0' : formatSeconds(value) })),
  );
}

/** Waiting times: linear from 0, or logarithmic where they differ by much. */
export function waitAxis(values: readonly number[], to: number, start: number, end: number): Axis {
  const least = Math.min(...values.filter((value) => value > 0));
  if (!(to / least > LOG_FROM_RATIO)) return timeAxis(to, start, end);
  const from = LOG_SECONDS.findLast((second) => second <= least) ?? least;
  const inside = LOG_SECONDS.filter((second) => second >= from && second <= to);
  return logarithmic(
    from,
    to,
    start,
    end,
    inside.map((value) => ({ value, text: formatSeconds(value) })),
  );
}

/** Amounts of 0 and more: linear from 0, or logarithmic where they differ by much. */
export function amountAxis(values: readonly number[], start: number, end: number): Axis {
  const positive = values.filter((value) => value > 0);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  if (positive.length === 0) return linear(0, 1, start, end, [{ value: 0, text: '0' }]);
  if (most / least <= LOG_FROM_RATIO) {
    const scale = scaleLinear()
      .domain([0, most * 1.05])
      .nice(4);
    const to = scale.domain()[1]!;
    return linear(0, to, start, end, scale.ticks(4).map(amountTick));
  }
  const from = 10 ** Math.floor(Math.log10(least));
  const to = 10 ** Math.ceil(Math.log10(most) - 1e-9);
  const count = Math.round(Math.log10(to / from));
  const powers = Array.from({ length: count + 1 }, (_, power) => from * 10 ** power);
  return logarithmic(from, to, start, end, powers.map(amountTick));
}

function amountTick(value: number): Tick {
  return {
    value,
    text: value > 0 && value < 0.1 ? String(Number(value.toPrecision(1))) : formatCount(value),
  };
}

function linear(from: number, to: number, start: number, end: number, ticks: readonly Tick[]): Axis {
  const at = scaleLinear().domain([from, to]).range([start, end]).clamp(true);
  return { at, ticks, plot: { from, to, start, end, isLog: false } };
}

function logarithmic(from: number, to: number, start: number, end: number, ticks: readonly Tick[]): Axis {
  const at = scaleLog().domain([from, to]).range([start, end]).clamp(true);
  return { at, ticks, plot: { from, to, start, end, isLog: true } };
}

/** Ticks below a plot with the texts that fit beside one another, inside `width`. */
export function drawBottom(axis: Axis, y: number, width: number): string {
  const { start, end } = axis.plot;
  let free = Number.NEGATIVE_INFINITY;
  const marks = axis.ticks.flatMap(({ value, text }) => {
    const x = axis.at(value);
    const half = textWidth(text) / 2;
    const middle = Math.max(half, Math.min(width - half, x));
    const tick = straight('axis', x, y, x, y + 4);
    if (middle - half < free) return [tick];
    free = middle + half + 6;
    return [tick, label(text, { x: middle, y: y + 17, anchor: 'middle', class: 'quiet' })];
  });
  return element('g', {}, straight('axis', start, y, end, y), ...marks);
}

/** Grid lines with their texts left of a plot. */
export function drawLeft(axis: Axis, left: number, right: number): string {
  const marks = axis.ticks.flatMap(({ value, text }) => {
    const y = axis.at(value);
    return [
      straight('grid', left, y, right, y),
      label(text, { x: left - 6, y: y + 4, anchor: 'end', class: 'quiet' }),
    ];
  });
  return element('g', {}, ...marks);
}
