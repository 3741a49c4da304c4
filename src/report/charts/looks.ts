/** What each strategy looks like: colour, dashes, marker; and samples of it for keys. */
import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3';
import { clean } from '../layout.ts';
import type { ChartOptions } from './chart.ts';
import { element, label, textWidth } from './drawing.ts';
import { HUES, LOOKS } from './theme.ts';

const MARKERS = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
  symbolTriangle,
] as const;
/** The last marker is a triangle on its head. */
const TURNED = LOOKS - 1;

/** Classes for the colour of the nth strategy. */
export function hueClass(index: number): string {
  return `h${index % HUES}`;
}

/** Classes for the line of the nth strategy. */
export function lineClass(index: number): string {
  return `curve d${index % LOOKS}`;
}

/** A group of the marks of one strategy, faded when another is brought out. */
export function strategyGroup(
  name: string,
  index: number,
  { highlight }: ChartOptions,
  ...marks: readonly string[]
): string {
  const isFaded = highlight !== undefined && highlight !== name;
  const look = `${hueClass(index)}${isFaded ? ' faded' : ''}`;
  return element('g', { class: look, 'data-strategy': name }, ...marks);
}

/** The marker of the nth strategy around a point. @param isHollow for what is beaten, or a peak */
export function marker(
  index: number,
  x: number,
  y: number,
  isHollow: boolean = false,
  area: number = 52,
): string {
  const look = index % LOOKS;
  const turn = look === TURNED ? ' rotate(180)' : '';
  return element('path', {
    class: isHollow ? 'hollow' : 'marker',
    d: symbol(MARKERS[look], area).digits(1)() ?? '',
    transform: `translate(${Math.round(x * 10) / 10},${Math.round(y * 10) / 10})${turn}`,
  });
}

/** A short line with the marker on it, for keys. */
export function sample(index: number, x: number, y: number): string {
  return element('path', { class: lineClass(index), d: `M${x},${y}h26` }) + marker(index, x + 13, y);
}

export const SAMPLE_WIDTH = 34;

const KEY_ROW = 18;

/** Markers with names in rows, for charts whose marks have no room for names; nothing for a single strategy. */
export function markerKey(names: readonly string[], width: number, options: ChartOptions): Key {
  if (names.length < 2) return { svg: '', height: 0 };
  let [x, y] = [8, 14];
  const entries = names.map((name, index) => {
    const room = Math.min(textWidth(clean(name)), width - 40);
    if (x > 8 && x + room + 40 > width) [x, y] = [8, y + KEY_ROW];
    const entry = marker(index, x + 6, y - 4) + label(name, { x: x + 18, y, room: room + 1 });
    x += room + 40;
    return strategyGroup(name, index, options, entry);
  });
  return { svg: element('g', {}, ...entries), height: y + 8 };
}

/** Marks and the height they take from the top of the picture. */
export interface Key {
  readonly svg: string;
  readonly height: number;
}
