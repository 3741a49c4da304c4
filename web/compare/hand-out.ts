/** What a comparison hands out: files, a command line, a CI job. */
import type { RunResult } from '../../src/measure/result.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderJson } from '../../src/report/json.ts';
import type { Play } from '../engine/play.ts';
import { ciJob } from '../share/ci-job.ts';
import { fileNameOf, save } from '../share/files.ts';
import { commandLine, type Repeatable } from '../share/shell-words.ts';
import type { Command } from '../shell/commands.ts';
import type { ChartElement } from './chart-element.ts';

/** What is handed out, as it is when it is asked for. */
export interface Handed {
  readonly play: Play;
  readonly result: RunResult | undefined;
  /** Whether there is more than one strategy. */
  readonly isComparison: boolean;
}

function repeatable({ play }: Handed): Repeatable {
  const { source, sets, seed } = play;
  return { file: source.file, sets, ...(seed === undefined ? {} : { seed }) };
}

function commandOf({ isComparison }: Handed): string {
  return isComparison ? 'compare' : 'run';
}

/** The line that repeats what is shown, in a terminal. */
export function lineFor(handed: Handed): string {
  const replications = handed.result?.replications;
  const more = replications === undefined ? [] : ['--reps', String(replications)];
  return commandLine(commandOf(handed), repeatable(handed), more);
}

/** The workflow that holds the scenario to its expectations. */
export function workflowFor(handed: Handed): string {
  return ciJob(commandOf(handed), repeatable(handed), handed.result?.program.version ?? 'latest');
}

type Format = 'json' | 'csv' | 'html' | 'yaml';

async function saveAs(format: Format, handed: Handed): Promise<void> {
  const { result, play } = handed;
  const name = fileNameOf(play.source.file.replace(/\.ya?ml$/, ''));
  if (format === 'yaml') save(`${name}-ci.yaml`, workflowFor(handed), 'application/yaml');
  if (!result) return;
  if (format === 'json') save(`${name}.json`, renderJson(result), 'application/json');
  if (format === 'csv') save(`${name}.csv`, renderCsv(result), 'text/csv');
  if (format !== 'html') return;
  const { renderHtml } = await import('../../src/report/html/report.ts');
  save(`${name}.html`, renderHtml(result, { command: lineFor(handed) }), 'text/html');
}

/**
 * Commands that save files.
 * @param charts by name and title, found when they are to be saved
 */
export function exportCommands(
  handed: () => Handed,
  charts: readonly (readonly [name: string, title: string, find: () => ChartElement | null])[],
): readonly Command[] {
  const available = (): boolean => handed().result !== undefined;
  const file = (id: string, title: string, format: Format): Command => ({
    id: `export.compare.${id}`,
    title,
    run: () => void saveAs(format, handed()),
    available,
  });
  return [
    file('html', 'Report of the comparison (HTML, one file)', 'html'),
    file('json', 'Result (JSON)', 'json'),
    file('csv', 'Result (CSV)', 'csv'),
    file('ci', 'CI job (YAML)', 'yaml'),
    ...charts.flatMap(([name, title, find]) =>
      (['svg', 'png', 'csv'] as const).map((format) => ({
        id: `export.compare.${name}-${format}`,
        title: `${title} (${format.toUpperCase()})`,
        run: () => void find()?.save(format),
        available,
      })),
    ),
  ];
}
