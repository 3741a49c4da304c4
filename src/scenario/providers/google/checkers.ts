/**
 * How Google's checkers of external endpoints work: three probers in each of exactly three source regions; a verdict
 * turns when at least two of the three regions agree.
 */
import { SECOND } from '../../../base/time.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';
import type { CheckersFormat } from '../format.ts';
import type { CheckTier } from './options.ts';
import { COMPUTE, HEALTH_CHECKS } from './sources.ts';

const SOURCE_REGIONS = 3;
const PROBERS = 3;

const INTERVALS: Readonly<Record<CheckTier, Cited<number>>> = {
  standard: cited(30 * SECOND, 'documentation', `${COMPUTE}: at least 30 s with source regions`),
  fast: cited(5 * SECOND, 'documentation', 'Cloud DNS, pricing: fast health checks of 5 s'),
};

export function googleCheckers(tier: CheckTier): CheckersFormat {
  return {
    interval: INTERVALS[tier],
    leastInterval: INTERVALS[tier],
    timeout: cited(5 * SECOND, 'documentation', COMPUTE),
    failures: cited(2, 'documentation', COMPUTE),
    successes: cited(2, 'documentation', COMPUTE),
    intervalFrom: cited('schedule', 'documentation', `${COMPUTE}: from the start of one probe to the next`),
    regions: sourceRegions,
    quorum(regions) {
      const distinct = new Set(regions).size;
      const probers = Math.floor(regions.length / distinct);
      const quorum = Math.floor(distinct / 2) + 1;
      const agreed = `${quorum} of ${distinct} source regions agree (${HEALTH_CHECKS}: 2 of 3)`;
      const why = `${agreed}; in a region the majority of its probers (assumption)`;
      return { quorum, regionQuorum: Math.floor(probers / 2) + 1, why };
    },
  };
}

/** Three regions of the scenario, spread over its list, with three probers each; fewer where it has fewer. */
function sourceRegions(regions: readonly string[]): ReturnType<CheckersFormat['regions']> {
  const count = Math.min(SOURCE_REGIONS, regions.length);
  const sources = Array.from({ length: count }, (_, at) => Math.floor((at * regions.length) / count));
  return {
    indexes: sources.flatMap((region) => Array.from({ length: PROBERS }, () => region)),
    why: `${PROBERS} probers in each of ${count} source regions`,
  };
}
