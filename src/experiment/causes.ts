/** Causes of all replications, merged and ranked by what they cost. */
import { MINUTE } from '../base/time.ts';
import type { CauseRecord } from '../measure/record.ts';
import type { CauseResult } from '../measure/result.ts';
import { causeText } from './cause-texts.ts';
import { tidy } from './estimate.ts';

interface Tally {
  requests: number;
  userMicros: number;
}

/**
 * @param replications the causes of each replication
 * @returns requests added up and user-minutes per replication (as `userMinutesLost` counts them), dearest first
 */
export function mergeCauses(replications: readonly (readonly CauseRecord[])[]): CauseResult[] {
  const tallies = new Map<string, Tally>();
  for (const { cause, requests, userMicros } of replications.flat()) {
    const tally = tallies.get(cause) ?? { requests: 0, userMicros: 0 };
    tally.requests += requests;
    tally.userMicros += userMicros;
    tallies.set(cause, tally);
  }
  const total = [...tallies.values()].reduce((sum, tally) => sum + tally.userMicros, 0);
  return [...tallies]
    .map(([cause, { requests, userMicros }]) => ({
      cause,
      text: causeText(cause),
      requests,
      userMinutes: tidy(userMicros / MINUTE / replications.length),
      share: total === 0 ? 0 : tidy(userMicros / total),
    }))
    .sort(byCost);
}

function byCost(one: CauseResult, other: CauseResult): number {
  const cost = other.userMinutes - one.userMinutes || other.requests - one.requests;
  return cost || (one.cause < other.cause ? -1 : 1);
}
