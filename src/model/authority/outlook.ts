/**
 * What a policy's answers hang on, told without a query and without a clock: which of them which health check takes
 * out, how long that takes, and what happens in cases nobody plans for. Each kind of provider says it of its own
 * policies; advice about designs is built on it and knows no provider.
 *
 * Detection is worked out from intervals and thresholds: a checker that agrees late, or a path that is slow, adds to it.
 */
import type { Micros } from '../../base/time.ts';
import type { CandidateSpec, HealthRef, PolicySpec, WorldSpec } from '../spec.ts';
import { detectionTime } from './health/detection.ts';

export interface Outlook {
  /** The first that is well is answered; all share; or the client's place decides. */
  readonly order: 'ranked' | 'shared' | 'placed';
  readonly answers: readonly AnswerOutlook[];
  /** Health checks there are, or may be, change nothing: why. Absent: they do. */
  readonly deaf?: string;
  /** What is answered when every check says unhealthy. */
  readonly allUnhealthy: Emergency;
  /** Some clients get an empty answer whatever the health: who. Absent: nobody does. */
  readonly leftOut?: string;
}

export interface AnswerOutlook {
  readonly label: string;
  /** 0 is answered first; under `shared` and `placed` above 0 only when those below are not well. */
  readonly rank: number;
  /** What can take it out; none: it is always usable. */
  readonly watches: readonly Watch[];
  /** Its health is that of another policy, or of a name elsewhere. */
  readonly follows: boolean;
  /** Indexes into the spec. */
  readonly endpoints: readonly number[];
}

export interface Watch {
  /** Absent: a check that the provider runs by itself. */
  readonly check?: HealthRef;
  /** From a fault to answers that heed it, at worst. */
  readonly detection: Micros;
}

export interface Emergency {
  readonly does: 'ignores-health' | 'answers-nothing' | 'falls-back' | 'answers-all';
  /** In words, where it may surprise. Absent: it does what it says. */
  readonly words?: string;
}

/** What a kind of rule says of a policy. */
export type OutlookOf = (policy: PolicySpec, spec: WorldSpec) => Outlook;

/** The watch of a signal. @param delay from its verdict until answers heed it */
export function watchOf(spec: WorldSpec, ref: HealthRef | undefined, delay: Micros = 0): Watch[] {
  if (ref === undefined) return [];
  const detection = detectionTime(spec, ref);
  return detection === undefined ? [] : [{ check: ref, detection: detection + delay }];
}

/** The outlook of a candidate by its own signal; an alias has the health of its target. */
export function answerOf(spec: WorldSpec, candidate: CandidateSpec, rank: number): AnswerOutlook {
  const { label, data, health } = candidate;
  return {
    label,
    rank,
    watches: watchOf(spec, health),
    follows: data.kind === 'alias' && health === undefined,
    endpoints: data.kind === 'endpoints' ? data.endpoints : [],
  };
}
