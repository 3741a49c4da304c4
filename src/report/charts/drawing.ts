/** The paper under every chart: the root element, texts that stay inside their room, paths, hatching. */
import { width as cells, clean } from '../layout.ts';
import { NO_BREAK } from '../numbers.ts';
import { element, escapeXml, textElement } from '../svg/markup.ts';
import type { ChartOptions } from './chart.ts';
import { STANDALONE_STYLE } from './theme.ts';

export { element, escapeXml } from '../svg/markup.ts';

export interface Paper {
  readonly name: string;
  readonly title: string;
  readonly finding: string;
  readonly width: number;
  readonly height: number;
  readonly options: ChartOptions;
}

/** The root element around drawn marks. Readers of the page hear title and finding. */
export function drawing(paper: Paper, ...marks: readonly string[]): string {
  const { name, title, finding, width, height, options } = paper;
  const label = `${title}. ${finding}`;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'chart',
    'data-chart': name,
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-label': label,
  };
  const alone = options.standalone
    ? [
        element('title', {}, escapeXml(label)),
        element('style', {}, STANDALONE_STYLE),
        element('rect', { class: 'ground', width, height }),
      ]
    : [];
  return element('svg', attributes, ...alone, ...marks);
}

/** Prefix of ids. */
export function idOf(name: string, { id }: ChartOptions): string {
  return id ?? name;
}

const SIZE = 12;
const NARROW = /[ \u00a0.,:;'!|()[\]ijltfrI-]/u;
const WIDE = /[mwMWQO@%—]/u;

/** Pixels a text takes at 12 px, estimated on the wide side for common sans-serif fonts. */
export function textWidth(text: string): number {
  let em = 0;
  for (const character of text) {
    const own = NARROW.test(character) ? 0.42 : WIDE.test(character) ? 0.95 : 0.64;
    em += cells(character) === 2 ? 1.1 : own;
  }
  return em * SIZE;
}

/** Cuts a text to so many pixels, with an ellipsis where something is missing. */
export function shorten(text: string, room: number): string {
  const whole = clean(text);
  if (textWidth(whole) <= room) return whole;
  let kept = '';
  for (const character of whole) {
    if (textWidth(`${kept}${character}…`) > room) break;
    kept += character;
  }
  return kept === '' ? '' : `${kept.trimEnd()}…`;
}

/** Breaks a text at spaces into at most so many lines of `room` pixels; what is left over is cut. */
export function wrapped(text: string, room: number, atMost: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of clean(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lines.length === atMost - 1 || line === '' || textWidth(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => shorten(one, room));
}

export interface Placing {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly class?: string;
  /** Pixels there are; the text is cut to them. */
  readonly room?: number;
}

/** A text, cleaned, cut to its room, escaped; nothing where nothing fits. */
export function label(text: string, { x, y, anchor, class: name, room }: Placing): string {
  const shown = room === undefined ? clean(text) : shorten(text, room);
  if (shown === '') return '';
  const attributes = { x, y, class: name, 'text-anchor': anchor === 'start' ? undefined : anchor };
  return textElement(attributes, shown);
}

/** Height of a line of text. */
export const LINE = 15;

/** Lines of text below one another, each as `label`. */
export function labels(lines: readonly string[], placing: Omit<Placing, 'room'>): string {
  return lines.map((line, index) => label(line, { ...placing, y: placing.y + index * LINE })).join('');
}

/** As `label`, with a ground behind it so that it can be read over lines. */
export function plateLabel(text: string, placing: Placing): string {
  const { x, y, anchor = 'start', room } = placing;
  const shown = room === undefined ? clean(text) : shorten(text, room);
  if (shown === '') return '';
  const width = textWidth(shown);
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width;
  const plate = { class: 'plate', x: left - 2, y: y - 11, width: width + 4, height: 14 };
  return element('rect', plate) + label(shown, placing);
}

/** A straight line. */
export function straight(name: string, x1: number, y1: number, x2: number, y2: number): string {
  return element('line', { class: name, x1, y1, x2, y2 });
}

/** One decimal is a tenth of a pixel. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

export type Point = readonly [x: number, y: number];

/** Steps that hold each height until the next point; points on one height are drawn as one line. */
export function stepPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let [at, height] = [first[0], coordinate(first[1])];
  let path = `M${coordinate(at)},${height}`;
  for (const [x, y] of rest) {
    at = x;
    if (coordinate(y) === height) continue;
    height = coordinate(y);
    path += `H${coordinate(x)}V${height}`;
  }
  return path + (rest.length > 0 ? `H${coordinate(at)}` : '');
}

/** The area between two stepped lines over the same x. */
export function stepArea(upper: readonly Point[], lower: readonly Point[]): string {
  const last = lower.at(-1);
  if (upper.length < 2 || last === undefined) return '';
  // Backwards, each height holds from the next point down to its own.
  let height = coordinate((lower.at(-2) ?? last)[1]);
  let path = `${stepPath(upper)}V${coordinate(last[1])}V${height}`;
  for (let index = lower.length - 2; index > 0; index--) {
    const next = coordinate(lower[index - 1]![1]);
    if (next === height) continue;
    height = next;
    path += `H${coordinate(lower[index]![0])}V${height}`;
  }
  return `${path}H${coordinate(lower[0]![0])}Z`;
}

/** A pattern of slanted lines; refer to it by `url(#id)`. */
export function hatch(id: string): string {
  const lines = element('path', { class: 'missing', d: 'M0,6L6,0' });
  return element(
    'defs',
    {},
    element('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, lines),
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(names: readonly string[]): string {
  const shown = names.map(clean);
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** With ordinary spaces. */
export function spaced(text: string): string {
  return text.replaceAll(NO_BREAK, ' ');
}
