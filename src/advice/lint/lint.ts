/** Lint: every rule over a scenario or a master file, findings in order, and trials of what they cost. */
import { FINDING_SEVERITIES, type Finding, type LintReport, type RuleSummary } from '../../base/finding.ts';
import type { Issue } from '../../base/issue.ts';
import { RULES } from './catalogue.ts';
import type { Found, Rule } from './rule.ts';
import { type LintInput, readSubject, type Subject } from './subject.ts';
import { playTrial } from './trial.ts';

export interface LintOptions {
  /** Codes of the rules to apply. Default: all. */
  readonly only?: readonly string[];
  /** Codes of rules to leave out. */
  readonly ignore?: readonly string[];
  /** Which findings are tried out: none, the first of each rule, or every one. Default `first`. */
  readonly trials?: 'none' | 'first' | 'all';
}

export interface LintResult {
  /** Absent when something could not be read. */
  readonly report?: LintReport;
  /** Why something could not be read, and what reading it warned of. */
  readonly issues: readonly Issue[];
}

/** Every rule there is, by code. */
export function lintRules(): RuleSummary[] {
  return RULES.map(summaryOf);
}

function summaryOf({ code, severity, title, why, source }: Rule): RuleSummary {
  return { code, severity, title, why, source };
}

/** Looks at scenarios and master files. Never throws on account of its input. */
export function lint(inputs: readonly LintInput[], options: LintOptions = {}): LintResult {
  const read = inputs.map(readSubject);
  const issues = read.flatMap((one) => one.issues);
  if (read.some(({ subject }) => !subject)) return { issues };
  const rules = RULES.filter(
    ({ code }) => (options.only?.includes(code) ?? true) && !options.ignore?.includes(code),
  );
  const subjects = together(read.map(({ subject }) => subject!));
  const findings = subjects.flatMap((subject) => findingsOf(subject, rules, options.trials ?? 'first'));
  const report = {
    files: inputs.map(({ file }) => file),
    rules: rules.map(summaryOf),
    findings: inOrder(findings),
  };
  return { report, issues };
}

/** Master files are looked at as one: a parent and its child may be among them. */
function together(subjects: readonly Subject[]): Subject[] {
  const zones = subjects.flatMap((one) => (one.scenario ? [] : one.zones));
  const scenarios = subjects.filter(({ scenario }) => scenario);
  return zones.length > 0 ? [...scenarios, { zones, horizon: 0 }] : scenarios;
}

function findingsOf(subject: Subject, rules: readonly Rule[], trials: 'none' | 'first' | 'all'): Finding[] {
  return rules.flatMap((rule) => {
    let tried = 0;
    return rule.check(subject).map((found) => {
      const wanted = trials === 'all' || (trials === 'first' && tried === 0);
      const trial = wanted && found.trial && subject.scenario && playTrial(subject.scenario, found.trial);
      if (trial) tried++;
      return { ...findingOf(rule, found), ...(trial ? { trial } : {}) };
    });
  });
}

function findingOf(rule: Rule, { message, place, fix, severity }: Found): Finding {
  return { rule: rule.code, severity: severity ?? rule.severity, message, place, fix };
}

/** Worst first, then by file, line, column, rule and message, each once. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort(compareFindings);
  return sorted.filter((one, at) => at === 0 || compareFindings(sorted[at - 1]!, one) !== 0);
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    FINDING_SEVERITIES.indexOf(a.severity) - FINDING_SEVERITIES.indexOf(b.severity) ||
    compare(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
