/**
 * Uniform among the addresses whose expected wait is within a band of the smallest, as Unbound does with its
 * band of 400 ms (iterator.h RTT_BAND). The wait includes back-off, so an address leaves the band after one or
 * two time-outs.
 */
import type { RttBandOptions } from './options.ts';
import type { Selection } from './selection.ts';
import { draw } from './selection.ts';

export const rttBand: Selection<RttBandOptions> = {
  pick(candidates, options, { infra, now, random }) {
    const waits = candidates.map(({ address, sends }) => infra.timeoutMicros(address, sends, now));
    const limit = Math.min(...waits) + options.bandMicros;
    return draw(
      candidates.filter((_, index) => waits[index]! <= limit),
      random,
    );
  },
};
