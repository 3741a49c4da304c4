/** Columns of text: width, padding, clipping, wrapping, tables. Widths count terminal cells. */
import { NO_BREAK } from './numbers.ts';
import type { Style } from './style.ts';

/** No line of a report is longer. */
export const COLUMNS = 80;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;

function cellWidth(character: string): number {
  if (/\p{Mark}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Terminal cells a text takes. */
export function width(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellWidth(character);
  return cells;
}

/** Names and labels come from outside: control and format characters would break the layout. */
export function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ').trim();
}

/** Cuts a text to `cells`, with an ellipsis where something is missing and there is room for one. */
export function clip(text: string, cells: number): string {
  if (cells < 1) return '';
  if (width(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += cellWidth(character);
    if (used > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - width(text)));
}

export function padStart(text: string, cells: number): string {
  return ' '.repeat(Math.max(0, cells - width(text))) + text;
}

/**
 * Breaks at spaces into lines of at most `COLUMNS` cells, each starting with `indent`; the first starts with
 * `lead` instead. Longer words are cut.
 */
export function wrap(text: string, indent: string = '', lead: string = indent): string[] {
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (!empty && width(line) + 1 + width(word) > COLUMNS) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? clip(word, COLUMNS - width(line)) : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** How one column of a table is set. */
export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Cells and heading are clipped to this width. */
  readonly atMost: number;
  /** First column: a cell that would be clipped takes a line of its own, the rest of its row below it. */
  readonly whole?: true;
}

/**
 * Rows under headings, two spaces apart, indented by two; trailing spaces removed. The first column gives way
 * where a line would become too long.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
): string[] {
  const wanted = columns.map(({ heading, atMost }, index) =>
    Math.min(atMost, Math.max(width(heading), ...rows.map((row) => width(row[index] ?? '')))),
  );
  const excess = wanted.reduce((sum, cells) => sum + cells + 2, 0) - COLUMNS;
  const widths = wanted.map((cells, index) => (index === 0 ? cells - Math.max(0, excess) : cells));
  const set = (cells: readonly string[]): string =>
    `  ${columns.map(({ align }, index) => setCell(cells[index] ?? '', widths[index]!, align)).join('  ')}`.trimEnd();
  const lines = (row: readonly string[]): string[] => {
    const [first = '', ...rest] = row;
    if (!columns[0]?.whole || width(first) <= widths[0]!) return [set(row)];
    return [clip(`  ${first}`, COLUMNS), set(['', ...rest])];
  };
  return [style.dim(set(columns.map(({ heading }) => heading))), ...rows.flatMap(lines)];
}

function setCell(cell: string, cells: number, align: Column['align']): string {
  const clipped = clip(cell, cells);
  return align === 'left' ? padEnd(clipped, cells) : padStart(clipped, cells);
}

/** A bar of up to `cells` blocks; anything above nothing shows at least a sliver. */
export function bar(share: number, cells: number): string {
  if (!(share > 0)) return '';
  return '█'.repeat(Math.round(Math.min(1, share) * cells)) || '▏';
}

/** The finished text of lines: no-break spaces were for wrapping only. */
export function finish(lines: readonly string[]): string {
  return `${lines.join('\n').replaceAll(NO_BREAK, ' ')}\n`;
}
