/** Cells of tables as text. */
import { formatCount, formatExact, formatMoney, formatRate, formatSeconds, formatShare } from '../numbers.ts';
import type { Cell, ChartTable, Format, TableColumn } from './chart.ts';

const FORMATS: Readonly<Record<Format, (value: number) => string>> = {
  seconds: formatSeconds,
  share: formatShare,
  count: formatCount,
  exact: formatExact,
  rate: formatRate,
  money: formatMoney,
};

/** The text of a cell; an unknown time is beyond the end, anything else unknown a dash. */
export function formatCell(cell: Cell, { format }: TableColumn): string {
  if (cell === null) return format === 'seconds' ? 'beyond the end' : '–';
  return typeof cell === 'number' && format ? FORMATS[format](cell) : String(cell);
}

/** The table with raw numbers, RFC 4180 with line feeds; unknown cells are empty. */
export function tableToCsv({ columns, rows }: ChartTable): string {
  const field = (cell: Cell): string => {
    const text = cell === null ? '' : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(({ heading }) => heading), ...rows];
  return lines.map((cells) => `${cells.map(field).join(',')}\n`).join('');
}
