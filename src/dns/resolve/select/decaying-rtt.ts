/**
 * Server selection of PowerDNS Recursor (syncres.cc DecayingEwmaCollection, shuffleInSpeedOrder()): the lowest average
 * first, each address once; of equals any. The average of an address decays all the time, so that slow ones look fast
 * again; a sample weighs half, and more the longer it was waited for. A failure counts as one second, however long it
 * was waited for.
 *
 * Not modelled: averages per name server before those per address, and that they only decay when they are looked at.
 */
import type { Micros } from '../../../base/time.ts';
import { SECOND } from '../../../base/time.ts';
import type { ServerMemory } from '../infra.ts';
import type { DecayingRttOptions } from './options.ts';
import type { Selection } from './selection.ts';
import { draw, leastAsked, preferredFamily, smallest } from './selection.ts';

const FAILURE_SAMPLE: Micros = SECOND;

export const decayingRtt: Selection<DecayingRttOptions> = {
  pick(candidates, options, { infra, now, random, preferIpv6 }) {
    const due = leastAsked(candidates);
    const best = smallest(due, ({ address }) => averageOf(infra.known(address, now), options, now));
    return draw(preferredFamily(best, preferIpv6), random);
  },

  replied: (memory, rttMicros, options, { now }) => submit(memory, rttMicros, rttMicros, options, now),

  timedOut: (memory, options, { now, waitedMicros }) =>
    submit(memory, FAILURE_SAMPLE, waitedMicros, options, now),
};

function submit(
  memory: ServerMemory,
  sample: Micros,
  waited: Micros,
  options: DecayingRttOptions,
  now: Micros,
): void {
  const share = Math.exp(-waited / SECOND) / 2;
  const old = memory.preference === undefined ? sample : averageOf(memory, options, now);
  memory.preference = (1 - share) * sample + share * old;
  memory.preferenceAt = now;
}

function averageOf(memory: ServerMemory | undefined, options: DecayingRttOptions, now: Micros): number {
  if (memory?.preference === undefined) return 0;
  return memory.preference * Math.exp((memory.preferenceAt - now) / options.timeConstantMicros);
}
