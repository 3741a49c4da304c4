/**
 * Schedules that software computes from `options timeout:` and `attempts:` of resolv.conf.
 *
 * Not modelled: rounding of waits by the scheduler of the host.
 */
import { MILLISECOND, type Micros, SECOND } from '../../base/time.ts';
import type { StubSchedule, StubSend } from '../client-behaviour.ts';

/** Sends to a list of so many resolvers, with a time-out and a number of rounds. */
export type ScheduleFormula = (resolvers: number, timeout: Micros, attempts: number) => StubSchedule;

/**
 * Rounds over the list; the wait for the resolver with index n > 0 is (timeout << n) / resolvers, cut to whole
 * units and at least `least`.
 */
function scaled(unit: Micros, least: Micros): ScheduleFormula {
  return (resolvers, timeout, attempts) => {
    const sends: StubSend[] = [];
    let at = 0;
    for (let send = 0; send < attempts * resolvers; send++) {
      const resolver = send % resolvers;
      sends.push({ at, resolver });
      const wait = resolver === 0 ? timeout : (timeout * 2 ** resolver) / resolvers;
      at += Math.max(Math.floor(wait / unit) * unit, least);
    }
    return { sends, giveUp: at };
  };
}

/** Everyone at once, `attempts` times within the time-out, which covers the whole look-up. */
function everyone(_resolvers: number, timeout: Micros, attempts: number): StubSchedule {
  const interval = Math.floor(timeout / attempts / MILLISECOND) * MILLISECOND;
  const sends = Array.from({ length: attempts }, (_, round): StubSend => {
    return { at: round * interval, resolver: 'all' };
  });
  return { sends, giveUp: timeout };
}

/** By the name schedules call them. Sources stand with the presets that use them. */
export const SCHEDULE_FORMULAS: Readonly<Record<'glibc' | 'android' | 'musl', ScheduleFormula>> = {
  glibc: scaled(SECOND, SECOND),
  android: scaled(MILLISECOND, SECOND),
  musl: everyone,
};
