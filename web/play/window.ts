/** The stretch of time the timeline shows: around the first fault, or all of it. */
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import type { Description } from '../engine/session-messages.ts';
import { roundUp } from './scale.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

/** So much longer than the recovery of nearly all. */
const ROOM = 1.5;
const SHORTEST = 120;
/** Time before the fault, as a share of the time after it. */
const LEAD = 0.12;

/**
 * The time from shortly before the first fault until nearly everybody is back, in round lengths so that it does
 * not move with every run; everything where that is no less, or where it would not hold the present moment.
 */
export function spanAround(
  { duration, faultAt, marks }: Pick<Description, 'duration' | 'faultAt' | 'marks'>,
  outcomes: readonly (SessionOutcome | undefined)[],
  now: number,
  whole: boolean,
): Span {
  const all: Span = { from: 0, to: duration, whole: true };
  // Nobody waits where nobody is affected: then the whole run is what there is to see.
  const waits = outcomes.flatMap((outcome) => (outcome ? [outcome.nearlyAll || duration] : []));
  if (whole || waits.length === 0 || marks.length === 0) return { ...all, whole };
  const after = roundUp(Math.max(SHORTEST, ROOM * Math.max(...waits)));
  const from = Math.max(0, faultAt - after * LEAD);
  const to = Math.min(duration, faultAt + after);
  const holds = now >= from - 1e-6 && now <= to + 1e-6;
  return holds && to - from < 0.8 * duration ? { from, to, whole: false } : { ...all, whole: false };
}
