/** Findings for programs: JSON, workflow commands of GitHub, and SARIF. */
import type { Finding, FindingSeverity, LintReport, RuleSummary } from '../../base/finding.ts';
import { renderJson } from '../json.ts';
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

function textOf({ message, fix, trial }: Finding): string {
  return [`${message}.`, ...(trial ? [costOf(trial)] : []), `Fix: ${fix}.`].join('\n');
}

/** As the runner's toolkit writes them: `%`, carriage return and line feed; in properties `:` and `,` too. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * SARIF 2.1.0 (OASIS standard, 27 March 2020): one run with the rules applied and a result per finding.
 * @param version of the program
 */
export function renderSarif(report: LintReport, version: string): string {
  return renderJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dnsdrill', version, rules: report.rules.map(sarifRule) } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => sarifResult(finding, report.rules)),
      },
    ],
  });
}

function sarifRule({ code, severity, title, why, source }: RuleSummary): object {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `Source: ${source}` },
    defaultConfiguration: { level: severity },
  };
}

function sarifResult(finding: Finding, rules: readonly RuleSummary[]): object {
  const { rule, severity, place, trial } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ code }) => code === rule),
    level: severity,
    message: { text: textOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place.file) },
          region: { startLine: place.line, startColumn: place.column },
        },
      },
    ],
    ...(trial ? { properties: { trial } } : {}),
  };
}

/** A relative reference: segments encoded, slashes kept (RFC 3986 §4.2). */
function uriOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
