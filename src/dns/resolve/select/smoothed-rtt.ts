/**
 * Server selection of BIND (resolver.c nextaddress(), adb.c): the lowest smoothed round-trip time first. Addresses
 * never asked begin with 1 to 31 µs, so they come first, in random order. After a reply those that were not asked
 * lose a little of their value, at most once a second. A time-out adds a random amount, the smaller the slower the
 * address was. Each address has its turn before one is asked again.
 *
 * Not modelled: the sort by name server before that by address.
 */
import type { Micros } from '../../../base/time.ts';
import { MILLISECOND, SECOND } from '../../../base/time.ts';
import type { ServerMemory } from '../infra.ts';
import type { SmoothedRttOptions } from './options.ts';
import type { Selection } from './selection.ts';
import { draw, leastAsked, preferredFamily, smallest } from './selection.ts';

/** Smoothed round-trip times from which on a time-out adds only this share of the full amount (fctx_cancelquery()). */
const PENALTY_SHARES: readonly (readonly [aboveMicros: Micros, share: number])[] = [
  [800 * MILLISECOND, 1 / 64],
  [400 * MILLISECOND, 1 / 32],
  [200 * MILLISECOND, 1 / 16],
  [100 * MILLISECOND, 1 / 8],
  [50 * MILLISECOND, 1 / 4],
  [25 * MILLISECOND, 1 / 2],
];

/** What an address that never replied gets of it, since it may not know EDNS. */
const UNHEARD_SHARE = 1 / 4;

const LARGEST_START: Micros = 31;

export const smoothedRtt: Selection<SmoothedRttOptions> = {
  pick(candidates, options, { infra, now, random, preferIpv6 }) {
    const best = smallest(leastAsked(candidates), ({ address }) => {
      const memory = infra.memory(address, now);
      memory.preference ??= 1 + Math.floor(random() * LARGEST_START);
      return memory.preference + (address.includes(':') ? 0 : options.ipv4HandicapMicros);
    });
    return draw(preferredFamily(best, preferIpv6), random);
  },

  replied(memory, rttMicros, options, { now }) {
    const old = memory.preference ?? rttMicros;
    memory.preference = old + options.weight * (rttMicros - old);
    memory.preferenceAt = now;
  },

  timedOut(memory, options, { now, random }) {
    const old = memory.preference ?? 0;
    const share = PENALTY_SHARES.find(([above]) => old > above)?.[1] ?? 1;
    const known = memory.smoothedMicros === undefined ? UNHEARD_SHARE : 1;
    memory.preference = old + random() * options.timeoutPenaltyMicros * share * known;
    memory.preferenceAt = now;
  },

  passedOver(memory: ServerMemory, options, { now }) {
    const second = Math.floor(now / SECOND);
    if (memory.preference === undefined || Math.floor(memory.preferenceAt / SECOND) === second) return;
    memory.preference *= 1 - options.ageing;
    memory.preferenceAt = now;
  },
};
