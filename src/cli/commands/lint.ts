/** `dnsdrill lint`: problems of a design, before an outage finds them. */
import { existsSync } from 'node:fs';
import { lint, lintRules } from '../../advice/lint/lint.ts';
import type { LintInput } from '../../advice/lint/subject.ts';
import {
  FINDING_SEVERITIES,
  type FindingSeverity,
  hasFindings,
  type LintReport,
} from '../../base/finding.ts';
import { formatIssue } from '../../base/issue.ts';
import { didYouMean } from '../../base/suggest.ts';
import { renderJson } from '../../report/json.ts';
import { lintDocument, renderGithub } from '../../report/lint/formats.ts';
import { type LineOf, renderSarif } from '../../report/lint/sarif.ts';
import { renderLint, renderRules } from '../../report/lint/text.ts';
import { CliFailure, EXIT, type ExitCode, invalidScenario } from '../exit.ts';
import { readText, STANDARD_INPUT } from '../files.ts';
import { readBeside } from '../source.ts';
import { say, surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';
import { programVersion } from '../version.ts';

export interface LintCommandOptions {
  readonly format: string;
  readonly rule?: readonly string[];
  readonly ignore?: readonly string[];
  readonly failOn: string;
  /** `false` with --no-experiments. */
  readonly experiments: string | boolean;
  readonly set?: readonly string[];
  readonly origin?: string;
  readonly rules?: boolean;
  readonly color?: boolean;
}

interface Surroundings {
  readonly color: boolean | undefined;
  readonly lineOf: LineOf;
}

const FORMATS: Readonly<Record<string, (report: LintReport, around: Surroundings) => string>> = {
  text: (report, { color }) => renderLint(report, textOptionsFor(color, surroundings())),
  json: (report) => renderJson(lintDocument(report, programVersion())),
  github: renderGithub,
  sarif: (report, { lineOf }) => renderSarif(report, programVersion(), lineOf),
};

/** @throws CliFailure for what the user can put right */
export async function runLint(paths: readonly string[], options: LintCommandOptions): Promise<ExitCode> {
  const render = FORMATS[oneOf(options.format, Object.keys(FORMATS), 'format')]!;
  const failOn = oneOf(options.failOn, FINDING_SEVERITIES, 'severity') as FindingSeverity;
  const trials = trialsOf(options.experiments);
  const codes = lintRules().map(({ code }) => code);
  for (const code of [...(options.rule ?? []), ...(options.ignore ?? [])]) oneOf(code, codes, 'rule');
  if (options.rules) return await listRules(options);
  if (paths.length === 0)
    throw new CliFailure(EXIT.wrongUsage, 'Name a scenario or a master file: dnsdrill lint drill.yaml');
  const inputs = inputsOf(paths, options);
  const { report, issues } = lint(inputs, {
    trials,
    ...(options.rule && { only: options.rule }),
    ...(options.ignore && { ignore: options.ignore }),
  });
  if (!report) throw invalidScenario(issues);
  for (const issue of issues) if (!issue.code.startsWith('zone-')) say(formatIssue(issue));
  await writeOut(render(report, { color: options.color, lineOf: linesOf(inputs) }));
  return hasFindings(report, failOn) ? EXIT.expectationFailed : EXIT.finished;
}

async function listRules(options: LintCommandOptions): Promise<ExitCode> {
  const text =
    options.format === 'json'
      ? renderJson(lintRules())
      : renderRules(lintRules(), textOptionsFor(options.color, surroundings()));
  await writeOut(text);
  return EXIT.finished;
}

function inputsOf(paths: readonly string[], { set, origin }: LintCommandOptions): LintInput[] {
  return paths.map((path) => ({
    text: readText(path),
    file: path === STANDARD_INPUT ? 'standard input' : path,
    readFile: readBeside(path),
    ...(set && { sets: set }),
    ...(origin !== undefined && { origin }),
  }));
}

/** Lines of the inputs, and of the files beside them. */
function linesOf(inputs: readonly LintInput[]): LineOf {
  const texts = new Map(inputs.map(({ file, text }) => [file, text.split('\n')]));
  return ({ file, line }) => {
    const known = texts.get(file) ?? (existsSync(file) ? readText(file).split('\n') : []);
    texts.set(file, known);
    return known[line - 1];
  };
}

function trialsOf(experiments: string | boolean): 'none' | 'first' | 'all' {
  if (experiments === false) return 'none';
  return experiments === true
    ? 'first'
    : (oneOf(experiments, ['first', 'all'], 'choice of experiments') as 'first' | 'all');
}

function oneOf(text: string, known: readonly string[], noun: string): string {
  if (known.includes(text)) return text;
  throw new CliFailure(
    EXIT.wrongUsage,
    `There is no ${noun} '${text}': ${didYouMean(text, known) ?? known.join(', ')}`,
  );
}
