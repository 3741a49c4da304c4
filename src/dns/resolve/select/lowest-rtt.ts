/**
 * Lowest smoothed round-trip time first, the common ground of what software does: an address never
 * asked counts as 0 and is tried first; a time-out adds a penalty; a value shrinks while it is not used, so a
 * slow or dead address comes back now and then.
 *
 * Not modelled: any one product's way; BIND's and PowerDNS Recursor's are parts of their own.
 */
import type { Micros } from '../../../base/time.ts';
import { SECOND } from '../../../base/time.ts';
import type { ServerMemory } from '../infra.ts';
import type { LowestRttOptions } from './options.ts';
import type { Selection } from './selection.ts';
import { draw, leastAsked, preferredFamily, smallest } from './selection.ts';

export const lowestRtt: Selection<LowestRttOptions> = {
  pick(candidates, options, { infra, now, random, preferIpv6 }) {
    const due = leastAsked(candidates);
    const explore = options.exploreShare ?? 0;
    if (explore > 0 && random() < explore) return draw(due, random);
    const best = smallest(due, ({ address }) => preferenceOf(infra.known(address, now), options, now));
    return draw(preferredFamily(best, preferIpv6), random);
  },

  replied(memory, rttMicros, options, { now }) {
    const old = memory.preference;
    const mixed = old === undefined ? rttMicros : old + options.weight * (rttMicros - old);
    setPreference(memory, mixed, now);
  },

  timedOut(memory, options, { now }) {
    setPreference(memory, preferenceOf(memory, options, now) + options.timeoutPenaltyMicros, now);
  },
};

function setPreference(memory: ServerMemory, value: number, now: Micros): void {
  memory.preference = value;
  memory.preferenceAt = now;
}

function preferenceOf(memory: ServerMemory | undefined, options: LowestRttOptions, now: Micros): number {
  if (memory?.preference === undefined) return 0;
  const idleSeconds = (now - memory.preferenceAt) / SECOND;
  return memory.preference * (1 - options.decayPerSecond) ** idleSeconds;
}
