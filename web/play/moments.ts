/** Moments at which something happens: beginnings and ends of faults, changes, reactions of the world. */
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import type { Description } from '../engine/session-messages.ts';

/** Nearer than this counts as here, seconds. */
const HERE = 0.01;

/** The next (previous) moment after (before) `now`, the ends of the run included; undefined when there is none. */
export function nextMoment(
  { marks, duration }: Pick<Description, 'marks' | 'duration'>,
  outcome: SessionOutcome | undefined,
  now: number,
  direction: 1 | -1,
): number | undefined {
  const planned = marks.flatMap(({ at, until }) => (until === undefined ? [at] : [at, until]));
  const reactions = outcome?.result.timeline.map(({ atSeconds }) => atSeconds) ?? [];
  const ahead = [...planned, ...reactions, 0, duration].filter((at) => (at - now) * direction > HERE);
  if (ahead.length === 0) return undefined;
  return direction === 1 ? Math.min(...ahead) : Math.max(...ahead);
}
