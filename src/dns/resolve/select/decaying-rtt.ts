/**
 * Server selection of PowerDNS Recursor (rec-nsspeeds.hh, syncres.cc shuffleInSpeedOrder()): the lowest average
 * first, each address once. The average of an address decays while it is not used, so that slow ones look fast
 * again; the weight of a new sample grows with the time since the last one. A time-out counts as a sample of its
 * length, and a refusal by the network as one second.
 *
 * Not modelled: averages per name server before those per address.
 */
import type { Micros } from '../../../base/time.ts';
import { SECOND } from '../../../base/time.ts';
import type { ServerMemory } from '../infra.ts';
import type { DecayingRttOptions } from './options.ts';
import type { Selection } from './selection.ts';
import { draw, leastAsked, preferredFamily, smallest } from './selection.ts';

/** The old average counts half, and less the longer ago the last sample is. */
const SAMPLE_TIME_CONSTANT: Micros = 2 * SECOND;

export const decayingRtt: Selection<DecayingRttOptions> = {
  pick(candidates, options, { infra, now, random, preferIpv6 }) {
    const due = leastAsked(candidates);
    const best = smallest(due, ({ address }) => averageOf(infra.known(address, now), options, now));
    return draw(preferredFamily(best, preferIpv6), random);
  },

  replied: (memory, rttMicros, options, { now }) => submit(memory, rttMicros, options, now),

  timedOut: (memory, options, { now, waitedMicros }) => submit(memory, waitedMicros, options, now),
};

function submit(memory: ServerMemory, sample: Micros, options: DecayingRttOptions, now: Micros): void {
  const share = Math.exp((memory.preferenceAt - now) / SAMPLE_TIME_CONSTANT) / 2;
  const old = memory.preference === undefined ? sample : averageOf(memory, options, now);
  memory.preference = (1 - share) * sample + share * old;
  memory.preferenceAt = now;
}

function averageOf(memory: ServerMemory | undefined, options: DecayingRttOptions, now: Micros): number {
  if (memory?.preference === undefined) return 0;
  return memory.preference * Math.exp((memory.preferenceAt - now) / options.timeConstantMicros);
}
