/** The report in Markdown (GitHub Flavored), as summaries of CI jobs show it. */
import { differencesBetween, quantileMetric } from '../measure/comparison.ts';
import type { RunResult } from '../measure/result.ts';
import type { ChartTable } from './charts/chart.ts';
import { formatCell } from './charts/format.ts';
import { differenceSentence } from './compare/difference.ts';
import { clean } from './layout.ts';
import { provenance, type ReportContext, replayCommand } from './replay.ts';
import { expectationsTable, strategiesTable } from './tables.ts';
import { verdict } from './verdict.ts';

/** The text, ending in a newline. The same result and context give the same bytes. */
export function renderMarkdown(result: RunResult, context: ReportContext = {}): string {
  const sections = [
    `# ${escaped(result.scenario.title)}`,
    `**${escaped(verdict(result))}**`,
    result.partial ? '*Interrupted: this covers only what had finished.*' : '',
    titled('Expectations', table(expectationsTable(result))),
    titled('Strategies', table(strategiesTable(result))),
    titled('Differences', differences(result)),
    `## Play it again\n\n${fenced(replayCommand(result, context))}`,
    provenance(result)
      .map((fact) => `- ${escaped(fact)}`)
      .join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Backslashes before everything that could mean something (CommonMark 0.31, 2.4), entities for `<` and `&`. */
function escaped(text: string): string {
  return clean(text)
    .replaceAll(/[\\`*_{}[\]()#+!|~>@-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

function titled(title: string, content: string): string {
  return content === '' ? '' : `## ${title}\n\n${content}`;
}

function table({ columns, rows }: ChartTable): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ heading }) => escaped(heading))),
    line(columns.map(({ format }) => (format === undefined ? '---' : '---:'))),
    ...rows.map((cells) => line(cells.map((cell, at) => escaped(formatCell(cell, columns[at]!))))),
  ].join('\n');
}

function differences({ comparison }: RunResult): string {
  const [baseline, ...others] = comparison?.strategies ?? [];
  if (comparison === undefined || baseline === undefined) return '';
  const metric = quantileMetric(comparison.quantile);
  return others
    .flatMap(({ name }) => {
      const pair = differencesBetween(comparison, baseline.name, name).find((one) => one.metric === metric);
      return pair ? [`- ${escaped(differenceSentence(pair, baseline.name, name))}`] : [];
    })
    .join('\n');
}

/** A code block whose fence is longer than any row of backticks in it (CommonMark 0.31, 4.5). */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${code}\n${fence}`;
}
