/** What a rule of lint is. */
import type { FindingSeverity, RuleSummary } from '../../base/finding.ts';
import type { Place } from '../../base/issue.ts';
import type { TimelineSpec, WorldSpec } from '../../model/spec.ts';
import type { LintZone, ScenarioSubject, Subject } from './subject.ts';

export interface Rule extends RuleSummary {
  /** Everything it finds, in the order of the subject. */
  readonly check: (subject: Subject) => readonly Found[];
}

/** One thing a rule has found. */
export interface Found {
  readonly message: string;
  readonly place: Place;
  readonly fix: string;
  /** Where it differs from that of the rule. */
  readonly severity?: FindingSeverity;
  /** How to show what it costs. */
  readonly trial?: Trial;
}

/** A short drill of the scenario: the same faults as the design stands, and with a remedy. */
export interface Trial {
  /** What happens: `provider main dark for 30 min`. */
  readonly what: string;
  /** The faults and changes that are played instead of the scenario's own; nothing where they do not apply. */
  readonly timeline: (spec: WorldSpec) => readonly TimelineSpec[] | undefined;
  readonly remedy?: Remedy;
}

export interface Remedy {
  /** What is changed: `with a second provider`. */
  readonly what: string;
  /** `path=value`, as `--set` takes them. */
  readonly sets?: readonly string[];
  /** A change of the world, after the sets. */
  readonly change?: (spec: WorldSpec) => WorldSpec | undefined;
}

/** A rule for scenarios: zones by themselves have no such problem. */
export function scenarioRule(
  summary: RuleSummary,
  check: (scenario: ScenarioSubject) => readonly Found[],
): Rule {
  return { ...summary, check: ({ scenario }) => (scenario ? check(scenario) : []) };
}

/** A rule for every zone, of a scenario or by itself. */
export function zoneRule(
  summary: RuleSummary,
  check: (zone: LintZone, subject: Subject) => readonly Found[],
): Rule {
  return { ...summary, check: (subject) => subject.zones.flatMap((zone) => check(zone, subject)) };
}
