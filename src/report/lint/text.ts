/** Findings as text for people: by severity, with place, reason, cost and fix, at most 80 columns. */
import {
  FINDING_SEVERITIES,
  type Finding,
  type FindingSeverity,
  type LintReport,
  type RuleSummary,
  type TrialResult,
} from '../../base/finding.ts';
import { toAscii } from '../ascii.ts';
import { clean, finish, wrap } from '../layout.ts';
import { formatCount } from '../numbers.ts';
import { PLAIN, type Style } from '../style.ts';
import type { TextOptions } from '../text.ts';

const HEADINGS: Readonly<Record<FindingSeverity, readonly [one: string, more: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  note: ['note', 'notes'],
};

/** The report, ending in a newline. */
export function renderLint(report: LintReport, options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const groups = FINDING_SEVERITIES.map((severity) => ({
    severity,
    findings: report.findings.filter((one) => one.severity === severity),
  })).filter(({ findings }) => findings.length > 0);
  const lines = groups.flatMap(({ severity, findings }) => [
    style.heading(counted(severity, findings.length)),
    '',
    ...findings.flatMap((one, at) => [...findingLines(one, findings[at - 1], report, style), '']),
  ]);
  const text = finish([...lines, ...summary(report)]);
  return options.unicode === false ? toAscii(text) : text;
}

function counted(severity: FindingSeverity, count: number): string {
  const [one, more] = HEADINGS[severity];
  const text = `${count} ${count === 1 ? one : more}`;
  return text.toUpperCase();
}

function findingLines(
  finding: Finding,
  before: Finding | undefined,
  { rules }: LintReport,
  style: Style,
): string[] {
  const { rule, severity, message, place, fix, trial } = finding;
  const paint = severity === 'error' ? style.bad : severity === 'warning' ? style.accent : style.dim;
  const where = `${place.file}:${place.line}:${place.column}`;
  const about = rules.find(({ code }) => code === rule);
  const lines = [
    ...wrap(`${where}  ${rule}`, '  ').map(paint),
    ...wrap(sentence(message), '    ').map(style.strong),
  ];
  if (about && before?.rule !== rule)
    lines.push(...wrap(`${clean(about.why)} (${clean(about.source)})`, '         ', '    why  '));
  if (trial) lines.push(...wrap(costOf(trial), '         ', '    cost '));
  return [...lines, ...wrap(sentence(fix), '         ', '    fix  ')];
}

function sentence(text: string): string {
  const plain = clean(text);
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}

/** `The simulator says: 12,400 user-minutes lost with main dark for 30 min; with a second provider 310.` */
export function costOf({ what, userMinutesLost, remedy, userMinutesLostWithRemedy }: TrialResult): string {
  const lost = `${formatCount(userMinutesLost)} user-minutes lost`;
  const fixed =
    remedy === undefined || userMinutesLostWithRemedy === undefined
      ? ''
      : `; ${remedy} ${formatCount(userMinutesLostWithRemedy)}`;
  return `The simulator says: ${lost} (${clean(what)})${fixed}.`;
}

function summary({ findings, files, rules }: LintReport): string[] {
  const what = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} on ${files.map(clean).join(', ')}`;
  if (findings.length === 0) return wrap(`Nothing found: ${what}.`);
  const counts = FINDING_SEVERITIES.flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [counted(severity, count).toLowerCase()];
  });
  return wrap(`${counts.join(', ')}: ${what}.`);
}

/** Every rule with its severity, title, reason and source. */
export function renderRules(rules: readonly RuleSummary[], options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const lines = rules.flatMap(({ code, severity, title, why, source }) => [
    `${style.strong(code)}  ${style.dim(severity)}`,
    ...wrap(`${title}. ${why}`, '    '),
    ...wrap(`Source: ${source}.`, '    ').map(style.dim),
  ]);
  const text = finish(lines);
  return options.unicode === false ? toAscii(text) : text;
}
