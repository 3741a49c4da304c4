/** Time axes: round steps and their labels. */
import { DAY, HOUR, MINUTE, SECOND, WEEK } from '../base/time.ts';
import { formatSeconds, NO_BREAK } from './numbers.ts';

const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 50, 100, 200, 500].map((count) => count / 1000),
  ...[1, 2, 5, 10, 15, 30].map((count) => count),
  ...[1, 2, 5, 10, 15, 30].map((count) => (count * MINUTE) / SECOND),
  ...[1, 2, 3, 6, 12].map((count) => (count * HOUR) / SECOND),
  ...[1, 2].map((count) => (count * DAY) / SECOND),
  ...[1, 2, 5, 10, 20, 52].map((count) => (count * WEEK) / SECOND),
];

/** The smallest round step in seconds that divides the horizon into at most `atMost` parts. */
export function roundStep(durationSeconds: number, atMost: number): number {
  return STEPS.find((step) => durationSeconds / step <= atMost) ?? durationSeconds / atMost;
}

/** Instants at round steps from 0 up to the horizon, both included where they fall on a step. */
export function roundTicks(durationSeconds: number, atMost: number): number[] {
  if (!(durationSeconds > 0)) return [0];
  const step = roundStep(durationSeconds, atMost);
  return Array.from({ length: Math.floor(durationSeconds / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** The column of an instant on an axis of `columns` characters. */
export function columnOf(seconds: number, durationSeconds: number, columns: number): number {
  const position = durationSeconds > 0 ? Math.floor((seconds / durationSeconds) * columns + 1e-9) : 0;
  return Math.max(0, Math.min(columns - 1, position));
}

/** Whole days as such, the first too: `1 d`, `2 d`. */
function tickLabel(seconds: number): string {
  if (seconds === 0) return '0';
  const days = (seconds * SECOND) / DAY;
  return days === 1 ? `1${NO_BREAK}d` : formatSeconds(seconds);
}

/** Two lines: a rule with ticks, and the labels of those ticks that fit. */
export function drawAxis(durationSeconds: number, columns: number): [string, string] {
  const rule = Array.from({ length: columns }, () => '─');
  let labels = '';
  for (const tick of roundTicks(durationSeconds, 6)) {
    const column = columnOf(tick, durationSeconds, columns);
    rule[column] = '┬';
    const label = tickLabel(tick);
    if (column + label.length <= columns && (labels === '' || labels.length + 1 < column)) {
      labels = labels.padEnd(column) + label;
    }
  }
  return [rule.join(''), labels];
}
