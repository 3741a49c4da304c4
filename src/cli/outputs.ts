/** `--out format=path`: formats and how they are written. */
import { InvalidArgumentError } from 'commander';
import { didYouMean } from '../base/suggest.ts';
import type { RunResult } from '../measure/result.ts';
import { renderCsv } from '../report/csv.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { ReportContext } from '../report/replay.ts';
import { renderText } from '../report/text.ts';
import { checkWritable, writeWhole } from './files.ts';

type Render = (result: RunResult, context: ReportContext) => string | Promise<string>;

const RENDERERS: Readonly<Record<string, Render>> = {
  json: (result) => renderJson(result),
  csv: (result) => renderCsv(result),
  // Loaded when asked for: the drawing library takes longer to load than a small run takes to play.
  svg: async (result) => (await import('../report/svg.ts')).renderSvg(result),
  html: async (result, context) => (await import('../report/html/report.ts')).renderHtml(result, context),
  md: renderMarkdown,
  junit: renderJunit,
  txt: (result) => renderText(result),
};

export const FORMATS: readonly string[] = Object.keys(RENDERERS);

export interface Output {
  readonly format: string;
  readonly path: string;
}

/** Reads one `format=path` and adds it to those before. @throws InvalidArgumentError */
export function addOutput(text: string, before: readonly Output[] = []): Output[] {
  const [, format = '', path = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (path === '') throw new InvalidArgumentError(`write format=path, for example ${FORMATS[0]}=result.json`);
  if (!Object.hasOwn(RENDERERS, format)) throw new InvalidArgumentError(didYouMean(format, FORMATS) ?? '');
  if (before.some((output) => output.path === path)) throw new InvalidArgumentError(`${path} is named twice`);
  return [...before, { format, path }];
}

/** @throws CliFailure when one of the files could not be written later */
export function checkOutputs(outputs: readonly Output[]): void {
  for (const { path } of outputs) checkWritable(path);
}

/** Writes every output. @throws CliFailure at the first that cannot be written */
export async function writeOutputs(
  outputs: readonly Output[],
  result: RunResult,
  context: ReportContext = {},
): Promise<void> {
  for (const { format, path } of outputs) await writeWhole(path, await RENDERERS[format]!(result, context));
}
