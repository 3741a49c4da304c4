/** Moments worth looking at: around what the timeline plans. */
import type { TimelineMark } from '../../src/index.ts';

export interface Moment {
  readonly label: string;
  readonly seconds: number;
}

const MINUTE = 60;

/** Before and after the first fault, and after its end; inside the run. */
export function momentsOf(marks: readonly TimelineMark[], durationSeconds: number): Moment[] {
  const fault = marks.find(({ kind }) => kind === 'fault') ?? marks[0];
  if (!fault) return [];
  const { atSeconds: at, untilSeconds: until } = fault;
  const moments = [
    { label: '1 min before', seconds: at - MINUTE },
    { label: '10 s after', seconds: at + 10 },
    { label: '1 min after', seconds: at + MINUTE },
    { label: '5 min after', seconds: at + 5 * MINUTE },
    ...(until === undefined ? [] : [{ label: '1 min after its end', seconds: until + MINUTE }]),
  ];
  return moments.filter(({ seconds }) => seconds >= 0 && seconds < durationSeconds);
}
