/** Availability curves with their names beside them. */
import { curveStepAfter, line } from 'd3';
import type { StrategyResult } from '../../measure/result.ts';
import { clean, clip } from '../layout.ts';
import { type Frame, PLOT } from './frame.ts';
import { element, textElement } from './markup.ts';
import { CURVE_COLOURS } from './theme.ts';

const NAME_HEIGHT = 18;

type Point = readonly [seconds: number, share: number | null];

/** One curve per strategy; a stretch without requests is a gap. */
export function drawCurves(strategies: readonly StrategyResult[], frame: Frame): string {
  const curves = strategies.map((strategy, index) => {
    const dashed = index >= CURVE_COLOURS - 2 ? ' dashed' : '';
    const attributes = { class: `curve curve-${index % CURVE_COLOURS}${dashed}`, d: path(strategy, frame) };
    return attributes.d === '' ? '' : element('path', attributes);
  });
  return element('g', {}, ...curves, ...drawNames(strategies, frame));
}

function path(strategy: StrategyResult, { x, y, durationSeconds }: Frame): string {
  const draw = line<Point>()
    .defined(([, share]) => share !== null)
    .x(([seconds]) => x(seconds))
    .y(([, share]) => y(share ?? 0))
    .curve(curveStepAfter)
    .digits(2);
  return draw(pointsOf(strategy, durationSeconds)) ?? '';
}

/** The start of each bucket, and the end of the last. */
function pointsOf({ overall }: StrategyResult, durationSeconds: number): Point[] {
  const { series, bucketSeconds } = overall.availability;
  const points = series.map((share, bucket) => [bucket * bucketSeconds, share] as const);
  const last = series.at(-1);
  return last === undefined
    ? []
    : [...points, [Math.min(durationSeconds, series.length * bucketSeconds), last]];
}

/** Names right of the plot at the height where each curve ends, moved apart, with a leader to the end. */
function drawNames(strategies: readonly StrategyResult[], { y }: Frame): string[] {
  const ends = strategies.map((strategy) => y(strategy.overall.availability.series.at(-1) ?? 0));
  const heights = moveApart(ends);
  return strategies.map((strategy, index) => {
    const height = heights[index]!;
    const leader = `M${PLOT.right + 2},${round(ends[index]!)}L${PLOT.right + 18},${round(height)}`;
    const name = clip(clean(strategy.name), 24);
    return (
      element('path', { class: 'leader', d: leader }) +
      textElement({ class: `name-${index % CURVE_COLOURS}`, x: PLOT.right + 22, y: height + 4 }, name)
    );
  });
}

/** Heights at least one line apart, as near to the wanted ones as an order from top to bottom allows. */
function moveApart(wanted: readonly number[]): number[] {
  const heights = [...wanted];
  const order = wanted
    .map((_, index) => index)
    .sort((one, other) => wanted[one]! - wanted[other]! || one - other);
  let free = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    heights[index] = Math.max(wanted[index]!, free);
    free = heights[index] + NAME_HEIGHT;
  }
  return heights;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
