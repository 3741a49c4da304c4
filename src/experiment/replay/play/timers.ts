/** Timers of a script's resolver: few, so a plain list does. */
import type { Micros } from '../../../base/time.ts';
import type { TimerId } from '../../../dns/resolve/protocol.ts';

export interface ArmedTimer {
  readonly timer: TimerId;
  readonly at: Micros;
}

export class Timers {
  #armed: ArmedTimer[] = [];

  /** When the next one is due; undefined when none is armed. */
  get nextAt(): Micros | undefined {
    return this.#next()?.at;
  }

  arm(timer: TimerId, at: Micros): void {
    this.#armed.push({ timer, at });
  }

  disarm(timer: TimerId): void {
    this.#armed = this.#armed.filter((one) => one.timer !== timer);
  }

  /** Takes the earliest timer that is due by `until`. */
  take(until: Micros): ArmedTimer | undefined {
    const next = this.#next();
    if (next === undefined || next.at > until) return undefined;
    this.disarm(next.timer);
    return next;
  }

  #next(): ArmedTimer | undefined {
    let next: ArmedTimer | undefined;
    for (const one of this.#armed) if (next === undefined || one.at < next.at) next = one;
    return next;
  }
}
