/** Findings for programs: JSON, and workflow commands of GitHub. SARIF has a file of its own. */
import type { Finding, FindingSeverity, LintReport } from '../../base/finding.ts';
import { costOf } from './text.ts';

/** The report as a document of its own version. @param version of the program */
export function lintDocument(report: LintReport, version: string): object {
  return { schemaVersion: 1, program: { name: 'dnsdrill', version }, ...report };
}

const COMMANDS: Readonly<Record<FindingSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/** One workflow command per finding (GitHub Docs, "Workflow commands": error, warning and notice messages). */
export function renderGithub({ findings }: LintReport): string {
  return findings.map(githubLine).join('');
}

function githubLine(finding: Finding): string {
  const { severity, rule, place } = finding;
  const properties = { file: place.file, line: place.line, col: place.column, title: `dnsdrill ${rule}` };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(textOf(finding))}\n`;
}

/** What is wrong, what it costs and what to do, a line each. */
export function textOf({ message, fix, trial }: Finding): string {
  return [`${message}.`, ...(trial ? [costOf(trial)] : []), `Fix: ${fix}.`].join('\n');
}

/** As the runner's toolkit writes them: `%`, carriage return and line feed; in properties `:` and `,` too. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
