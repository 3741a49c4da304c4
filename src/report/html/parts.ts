/** Pieces of the page: tables, and charts with their sentence and table. */
import type { Cell, Chart, ChartTable, TableColumn } from '../charts/chart.ts';
import { formatCell } from '../charts/format.ts';
import { clean } from '../layout.ts';
import { element, escapeXml } from '../svg/markup.ts';

/** Text from anywhere, safe between tags. */
export function text(content: string): string {
  return escapeXml(clean(content));
}

const STATES: Readonly<Record<string, string>> = { '✓': 'met', '✗': 'missed' };

/** A table with its caption; a first column of texts heads its rows. It scrolls by itself where it is too wide. */
export function tableMarkup({ columns, rows }: ChartTable, caption: string): string {
  // Long tables are all numbers: one class for all of it keeps them small.
  const isAllNumbers = columns.slice(1).every(({ format }) => format !== undefined);
  const classOf = ({ format }: TableColumn): string | undefined =>
    format === undefined || isAllNumbers ? undefined : 'number';
  const heads = columns.map((column) =>
    element('th', { scope: 'col', class: classOf(column) }, text(column.heading)),
  );
  const cells = (row: readonly Cell[]): string[] =>
    row.map((cell, at) =>
      cellMarkup(formatCell(cell, columns[at]!), at === 0, columns[at]!, classOf(columns[at]!)),
    );
  const table = element(
    'table',
    { class: isAllNumbers ? 'numbers' : undefined },
    element('caption', {}, text(caption)),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row)))),
  );
  const region = { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': clean(caption) };
  return element('div', region, table);
}

function cellMarkup(
  shown: string,
  isFirst: boolean,
  { format }: TableColumn,
  className: string | undefined,
): string {
  const content = text(shown);
  if (!isFirst || format !== undefined) return element('td', { class: className }, content);
  return element('th', { scope: 'row', class: STATES[shown.charAt(0)] }, content);
}

/** A section of the page, with what the contents say of it. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly markup: string;
}

/** A section named by its heading, with a sentence below it unless that is empty. */
export function part(id: string, title: string, finding: string, ...content: readonly string[]): Part {
  const heading = element('h2', { id: `${id}-heading` }, text(title));
  const sentence = finding === '' ? '' : element('p', { class: 'finding' }, text(finding));
  const markup = element(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    heading,
    sentence,
    ...content,
  );
  return { id, title, markup };
}

/** Content that opens on demand. */
export function details(summary: string, content: string, isLong: boolean = false): string {
  const head = element('summary', {}, text(summary));
  return element('details', { class: isLong ? 'long' : undefined }, head, content);
}

/** Tables longer or wider than this are not printed: they would take pages, or run off the paper. */
const PRINTED_ROWS = 40;
const PRINTED_COLUMNS = 10;

/** A chart for wide and one for narrow screens, with the sentence above and the table below. */
export function chartPart(wide: Chart, narrow: Chart): Part {
  const { title, table } = wide;
  const pictures = [
    element('div', { class: 'wide' }, wide.svg),
    element('div', { class: 'narrow' }, narrow.svg),
  ];
  const isLong = table.rows.length > PRINTED_ROWS || table.columns.length > PRINTED_COLUMNS;
  const markup = tableMarkup(table, `${title}: the numbers of the chart`);
  return part(
    wide.name,
    title,
    wide.finding,
    element('figure', {}, ...pictures),
    details(`Table: ${title}`, markup, isLong),
  );
}
