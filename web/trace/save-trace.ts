/** A trace as files. */
import { tableToCsv } from '../../src/report/charts/format.ts';
import { waterfallChart } from '../../src/report/charts/waterfall.ts';
import type { TraceStory } from '../engine/trace-messages.ts';
import { fileNameOf, save } from '../share/files.ts';
import type { Choice } from './choice.ts';

/** Lets the browser save the waterfall, or its steps as a table. */
export function saveTrace(
  format: 'svg' | 'csv',
  { steps }: TraceStory,
  { population, client }: Choice,
): void {
  const { svg, table } = waterfallChart({ steps }, { standalone: true });
  const name = `${fileNameOf(`trace ${population} ${client}`)}.${format}`;
  if (format === 'svg') save(name, svg, 'image/svg+xml');
  else save(name, tableToCsv(table), 'text/csv');
}
