/**
 * The run loop: one clock, a future event list, and sources of arrivals that keep their own time.
 *
 * Order is total. Events of one instant run in the order they were scheduled; at the same instant events
 * precede sources, and sources go in the order they were added. So a run cut into windows [t0, t1), [t1, t2)
 * is the same run, to the digest.
 */
import type { Micros } from '../base/time.ts';
import { Digest } from './digest.ts';
import { type EventHandle, FutureEventList } from './future-event-list.ts';

/** An actor. Messages are numbers: a kind and two integers, often indices into the receiver's tables. */
export interface Entity {
  readonly name: string;
  receive(kind: number, a: number, b: number, now: Micros): void;
  /** The message in words, for errors and traces. */
  describe?(kind: number, a: number, b: number): string;
}

/**
 * A process that times itself, such as the merged arrivals of many clients, and so needs no pending event.
 *
 * `play(until)` fires its arrivals one by one while `nextTime < until` and `nextTime < simulation.nextEventTime`,
 * reading both afresh for each since an arrival may schedule, and calls `simulation.advance(nextTime)` before
 * acting. `nextTime` is whole microseconds, Infinity when over, and never before now. An event may change it;
 * an arrival of another source must not (it schedules an event instead).
 */
export interface Source {
  readonly name: string;
  readonly nextTime: Micros;
  play(until: Micros): void;
}

/** Why a run stopped: nothing is left, the horizon or the number of events was reached, or `pause` was called. */
export type StopReason = 'drained' | 'horizon' | 'limit' | 'paused';

export interface RunOptions {
  /** The horizon, exclusive: what is due at exactly `until` stays pending. Infinity runs until drained. */
  readonly until: Micros;
  /** Stop after so many events; arrivals of sources do not count. */
  readonly maximumEvents?: number;
}

export class Simulation {
  readonly events: FutureEventList = new FutureEventList();
  readonly digest: Digest = new Digest();
  /** Number of events executed; arrivals of sources do not count. */
  executed = 0;

  readonly #entities: Entity[] = [];
  readonly #sources: Source[] = [];
  readonly #maximumPerInstant: number;
  #instant: Micros = -1;
  #executedAtInstant = 0;
  #paused = false;

  /** @param maximumPerInstant more events than this at one instant are taken for a livelock. */
  constructor(maximumPerInstant = 1_000_000) {
    this.#maximumPerInstant = maximumPerInstant;
  }

  get now(): Micros {
    return this.events.time;
  }

  get nextEventTime(): Micros {
    return this.events.nextTime;
  }

  /** Registers an entity and returns the number that addresses it. */
  add(entity: Entity): number {
    return this.#entities.push(entity) - 1;
  }

  addSource(source: Source): void {
    this.#sources.push(source);
  }

  /** Sends a message that arrives after `delay`. @throws RangeError as `FutureEventList.schedule` does. */
  schedule(delay: Micros, entity: number, kind: number, a = 0, b = 0): EventHandle {
    return this.events.schedule(this.events.time + delay, entity, kind, a, b);
  }

  scheduleAt(at: Micros, entity: number, kind: number, a = 0, b = 0): EventHandle {
    return this.events.schedule(at, entity, kind, a, b);
  }

  cancel(handle: EventHandle): boolean {
    return this.events.cancel(handle);
  }

  /** Sends a message from outside the run: it arrives now, after what is already due now. */
  inject(entity: number, kind: number, a = 0, b = 0): EventHandle {
    return this.events.schedule(this.events.time, entity, kind, a, b);
  }

  /** For sources only: moves the clock to the arrival about to act. @throws RangeError out of order. */
  advance(to: Micros): void {
    if (!(to >= this.events.time && to < this.events.nextTime)) {
      throw new RangeError(`cannot advance to ${to}: now ${this.now}, next event ${this.nextEventTime}`);
    }
    this.events.time = to;
  }

  /** Makes `run` return once the current event, or the current source, is done. */
  pause(): void {
    this.#paused = true;
  }

  /** Plays everything due before `until`; then, unless stopped early, the clock stands at `until`. */
  run(options: RunOptions): StopReason {
    const { until, maximumEvents = Number.POSITIVE_INFINITY } = options;
    if (!(until >= this.now)) throw new RangeError(`cannot run until ${until}: now is ${this.now}`);
    const last = this.executed + maximumEvents;
    this.#paused = false;
    while (!this.#paused) {
      if (this.executed >= last) return 'limit';
      if (!this.#turn(until)) return this.#rest(until);
    }
    return 'paused';
  }

  /** Plays the next event, or the next instant of the earliest source. False when nothing is left. */
  step(): boolean {
    const next = this.#sources.reduce((time, source) => Math.min(time, source.nextTime), this.nextEventTime);
    return this.#turn(next + 1);
  }

  /** One event, or one source up to the next event, source or horizon. False when nothing is due before it. */
  #turn(until: Micros): boolean {
    let first: Source | undefined;
    let limit = until;
    for (const source of this.#sources) {
      if (first && source.nextTime >= first.nextTime) {
        limit = Math.min(limit, source.nextTime + 1);
      } else {
        if (first) limit = Math.min(limit, first.nextTime);
        first = source;
      }
    }
    if (first && first.nextTime < this.nextEventTime) {
      if (first.nextTime >= until) return false;
      this.#play(first, limit);
    } else {
      if (this.nextEventTime >= until) return false;
      this.#execute();
    }
    return true;
  }

  #play(source: Source, until: Micros): void {
    source.play(until);
    if (source.nextTime < until && source.nextTime < this.nextEventTime) {
      throw new Error(`source ${source.name} stopped at ${source.nextTime}, short of ${until}`);
    }
  }

  #execute(): void {
    const events = this.events;
    events.pop();
    this.executed++;
    this.digest.foldEvent(events.time, events.sequence, events.entity, events.kind);
    const entity = this.#entities[events.entity]!;
    if (events.time !== this.#instant) {
      this.#instant = events.time;
      this.#executedAtInstant = 0;
    } else if (++this.#executedAtInstant >= this.#maximumPerInstant) throw livelock(entity, events);
    entity.receive(events.kind, events.a, events.b, events.time);
  }

  #rest(until: Micros): StopReason {
    const drained =
      this.nextEventTime === Infinity && this.#sources.every((source) => source.nextTime === Infinity);
    if (until < Infinity) this.events.time = until;
    return drained ? 'drained' : 'horizon';
  }
}

function livelock(entity: Entity, { time, kind, a, b }: FutureEventList): Error {
  const message = entity.describe?.(kind, a, b) ?? `kind ${kind}`;
  return new Error(`time stands still at ${time}: too many events, the last for ${entity.name} (${message})`);
}
