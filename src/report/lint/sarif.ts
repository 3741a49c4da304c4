/**
 * SARIF 2.1.0 (OASIS standard, 27 March 2020) with what GitHub asks of it ("SARIF support for code scanning"): regions
 * with an end, fingerprints that outlive moved lines, help in Markdown.
 */
import type { Finding, FindingSeverity, LintReport, RuleSummary } from '../../base/finding.ts';
import type { Place } from '../../base/issue.ts';
import { sha256 } from '../../base/sha256.ts';
import { renderJson } from '../json.ts';
import { textOf } from './formats.ts';

/** The text of the line of a place; nothing where it is not at hand. */
export type LineOf = (place: Place) => string | undefined;

/**
 * One run with the rules applied and a result per finding.
 * @param version of the program
 * @param lineOf gives regions their end and fingerprints their line
 */
export function renderSarif(report: LintReport, version: string, lineOf: LineOf = () => undefined): string {
  const { rules, findings } = report;
  const seen = new Map<string, number>();
  const results = findings.map((finding) => {
    const hash = sha256(identityOf(finding, lineOf)).slice(0, HASH_DIGITS);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return sarifResult(finding, rules, lineOf(finding.place), `${hash}:${count}`);
  });
  return renderJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'dnsdrill', version, semanticVersion: version, rules: rules.map(sarifRule) },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  });
}

/** As many as GitHub's own fingerprints have. */
const HASH_DIGITS = 16;

/** What stays the same when other lines move: the rule, the file, and what stands there. */
function identityOf({ rule, place, message }: Finding, lineOf: LineOf): string {
  return [rule, place.file, lineOf(place)?.trim() ?? message].join('\n');
}

/** GitHub's words for what is no security query. */
const PROBLEMS: Readonly<Record<FindingSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
};

function sarifRule({ code, severity, title, why, source }: RuleSummary): object {
  const page = pageOf(source);
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    ...(page === undefined ? {} : { helpUri: page }),
    help: {
      text: `${why}\nSource: ${source}`,
      markdown: `${why}\n\nSource: ${page === undefined ? source : `[${source}](${page})`}`,
    },
    defaultConfiguration: { level: severity },
    properties: { tags: ['dns'], precision: 'high', 'problem.severity': PROBLEMS[severity] },
  };
}

/** The first RFC that a source names, at its first section. */
function pageOf(source: string): string | undefined {
  const [, number, section] = /RFC (\d+)(?: §([\d.]+\d|\d))?/.exec(source) ?? [];
  if (number === undefined) return undefined;
  return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`;
}

function sarifResult(
  finding: Finding,
  rules: readonly RuleSummary[],
  line: string | undefined,
  fingerprint: string,
): object {
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
          region: { startLine: place.line, startColumn: place.column, ...endOf(place, line) },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(trial ? { properties: { trial } } : {}),
  };
}

/** The end of the line, white space aside; a region holds one character at least. */
function endOf({ line, column }: Place, text: string | undefined): object {
  if (text === undefined) return {};
  return { endLine: line, endColumn: Math.max(text.trimEnd().length, column) + 1 };
}

/** A relative reference (RFC 3986 §4.2), or a file URI (RFC 8089) where the path is absolute. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${encoded}`;
  return /^[a-z]:\//i.test(path) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}
