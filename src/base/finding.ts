/**
 * Findings about a design that can be read and played, but could be better: what `advice/` says and `report/` prints.
 * A problem that keeps input from being used is an issue instead (issue.ts).
 */
import type { Place } from './issue.ts';

/** `error`: it is broken or will break. `warning`: it costs when something fails. `note`: worth knowing. */
export type FindingSeverity = 'error' | 'warning' | 'note';

/** Worst first. */
export const FINDING_SEVERITIES: readonly FindingSeverity[] = ['error', 'warning', 'note'];

/** What a rule looks for. */
export interface RuleSummary {
  /** Stable, for example `single-provider`. */
  readonly code: string;
  /** Of most of its findings. */
  readonly severity: FindingSeverity;
  /** What is found, as a heading. */
  readonly title: string;
  /** What it costs, in one or two sentences. */
  readonly why: string;
  /** Where the rule is written down. */
  readonly source: string;
}

/** What the simulator says of a finding: the same faults with the design as it is, and with the fix. */
export interface TrialResult {
  /** What was played: `provider main dark for 30 min`. */
  readonly what: string;
  /** User-minutes lost, people as the scenario counts them. */
  readonly userMinutesLost: number;
  /** The change that was tried. */
  readonly remedy?: string;
  readonly userMinutesLostWithRemedy?: number;
}

export interface Finding {
  /** Code of the rule. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly place: Place;
  /** What to do. */
  readonly fix: string;
  readonly trial?: TrialResult;
}

/** Everything found in some files. */
export interface LintReport {
  /** As they were named. */
  readonly files: readonly string[];
  /** The rules that were applied, in the order of their codes. */
  readonly rules: readonly RuleSummary[];
  /** Worst first, then by place. */
  readonly findings: readonly Finding[];
}

/** Whether anything at least this bad was found. */
export function hasFindings(report: LintReport, least: FindingSeverity): boolean {
  const bound = FINDING_SEVERITIES.indexOf(least);
  return report.findings.some(({ severity }) => FINDING_SEVERITIES.indexOf(severity) <= bound);
}
