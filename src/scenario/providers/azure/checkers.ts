/** How Traffic Manager's probes work: an endpoint is Degraded at the first failure too many, Online at one success. */
import { SECOND } from '../../../base/time.ts';
import { cited } from '../../../profiles/cited.ts';
import type { CheckersFormat } from '../format.ts';
import { type CheckTier, type OptionsDoc, type ProbeVote, tierOf, voteOf } from './options.ts';
import { MONITORING } from './sources.ts';

const SECONDS: Readonly<Record<CheckTier, { readonly interval: number; readonly timeout: number }>> = {
  standard: { interval: 30, timeout: 10 },
  fast: { interval: 10, timeout: 9 },
};

/** Failures that are put up with by default; the next one counts. */
const TOLERATED = 3;

/** Locations that must find an endpoint Degraded. */
const VOTES: Readonly<Record<ProbeVote, (locations: number) => number>> = {
  majority: (locations) => Math.floor(locations / 2) + 1,
  any: () => 1,
  all: (locations) => locations,
};

export function azureCheckers(own: OptionsDoc): CheckersFormat {
  const { interval, timeout } = SECONDS[tierOf(own)];
  const vote = voteOf(own);
  const every = cited(interval * SECOND, 'documentation', `${MONITORING}: 30 s, or 10 s for fast probing`);
  return {
    interval: every,
    leastInterval: every,
    timeout: cited(timeout * SECOND, 'documentation', `${MONITORING}: at 30 s 5 to 10 s, at 10 s 5 to 9 s`),
    failures: cited(
      TOLERATED + 1,
      'documentation',
      `${MONITORING}: ${TOLERATED} tolerated failures; the next one makes the endpoint Degraded`,
    ),
    successes: cited(1, 'documentation', `${MONITORING}: one success makes it Online again`),
    intervalFrom: cited('schedule', 'assumption', `${MONITORING} shows probes at fixed times`),
    regions: (regions) => ({
      indexes: regions.map((_, region) => region),
      why: `a prober in every region (assumption; ${MONITORING}: from several locations)`,
    }),
    quorum: (regions) => ({
      quorum: VOTES[vote](regions.length),
      why: `probe-vote: ${vote} (an assumption; ${MONITORING}: each location counts failures by itself)`,
    }),
  };
}
