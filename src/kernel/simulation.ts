/**
 * The run loop: one clock, a future event list, and sources of arrivals that keep their own time.
 *
 * Order is total: events of one instant run as they were scheduled and precede sources, which go in the order
 * they were added. So a run cut into windows [t0, t1), [t1, t2) is the same run, to the digest.
 */
import type { Micros } from '../base/time.ts';
import { Digest } from './digest.ts';
import { type EventHandle, FutureEventList } from './future-event-list.ts';

/** An actor. A message is a kind and two numbers, often indices into the receiver's tables. */
export interface Entity {
  readonly name: string;
  receive(kind: number, a: number, b: number, now: Micros): void;
  /** The message in words, for errors and traces. */
  describe?(kind: number, a: number, b: number): string;
}

/**
 * A process that times itself, such as the merged arrivals of many clients, and so needs no pending event.
 * The loop looks at every source at every turn, so merge what can be merged and keep them few.
 */
export interface Source {
  readonly name: string;
  /** Time of the next arrival, whole and not before now; Infinity when over. Events may change it, other sources not. */
  readonly nextTime: Micros;
  /**
   * Fires arrivals one by one while `nextTime < until` and `nextTime < simulation.nextEventTime`, both read afresh
   * for each since an arrival may schedule; calls `simulation.advance(nextTime)` before each acts.
   */
  play(until: Micros): void;
}

/** Why a run stopped: nothing is left, the horizon or the number of events was reached, or `pause` was called. */
export type StopReason = 'drained' | 'horizon' | 'limit' | 'paused';

/** One clock with its entities, events and sources. */
export class Simulation {
  readonly events: FutureEventList = new FutureEventList();
  readonly digest: Digest = new Digest();
  /** Number of events executed; arrivals of sources do not count. */
  executed = 0;

  readonly #entities: Entity[] = [];
  readonly #sources: Source[] = [];
  readonly #maximumPerInstant: number;
  #instant: Micros = -1;
  #executedBeforeInstant = 0;
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

  /** Registers a source; at one instant sources go in this order. */
  addSource(source: Source): void {
    this.#sources.push(source);
  }

  /** Sends a message that arrives after `delay`. @throws RangeError as `scheduleAt` does. */
  schedule(delay: Micros, entity: number, kind: number, a = 0, b = 0): EventHandle {
    return this.scheduleAt(this.events.time + delay, entity, kind, a, b);
  }

  /** Sends a message. @throws RangeError for a receiver or a time that `FutureEventList.schedule` cannot take. */
  scheduleAt(at: Micros, entity: number, kind: number, a = 0, b = 0): EventHandle {
    if (this.#entities[entity] === undefined) throw new RangeError(`no entity ${entity}`);
    return this.events.schedule(at, entity, kind, a, b);
  }

  /** As `FutureEventList.cancel`. */
  cancel(handle: EventHandle): boolean {
    return this.events.cancel(handle);
  }

  /** Sends a message from outside, between two runs: it arrives now, after what is already due now. */
  inject(entity: number, kind: number, a = 0, b = 0): EventHandle {
    return this.scheduleAt(this.events.time, entity, kind, a, b);
  }

  /** For sources only: moves the clock to the arrival about to act. @throws RangeError out of order. */
  advance(to: Micros): void {
    if (!(to >= this.now && to < this.nextEventTime)) {
      throw new RangeError(`cannot advance to ${to}: now ${this.now}, next event ${this.nextEventTime}`);
    }
    this.events.time = to;
  }

  /** Makes `run` return once the current event, or the current source's turn, is done. */
  pause(): void {
    this.#paused = true;
  }

  /**
   * Plays everything due before `until` (what is due at `until` stays pending), then moves the clock there. Stops
   * earlier after `maximumEvents`, or when paused. Infinity plays until drained and leaves the clock at the last event.
   */
  run({ until, maximumEvents = Infinity }: { until: Micros; maximumEvents?: number }): StopReason {
    if (!(until >= this.now && Math.floor(until) === until)) {
      throw new RangeError(`cannot run until ${until}: now is ${this.now}`);
    }
    const last = this.executed + maximumEvents;
    this.#paused = false;
    while (this.executed < last) {
      if (!this.#turn(until)) {
        if (until < Infinity) this.events.time = until;
        return this.#nextTime() === Infinity ? 'drained' : 'horizon';
      }
      if (this.#paused) return 'paused';
    }
    return 'limit';
  }

  /** Plays the next event, or the arrivals at the next instant of the next source. False when nothing is left. */
  step(): boolean {
    return this.#turn(this.#nextTime() + 1);
  }

  #nextTime(): Micros {
    return this.#sources.reduce((time, source) => Math.min(time, source.nextTime), this.nextEventTime);
  }

  /** One event, or one source until it is another's turn. False when nothing is due before `until`. */
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
    const sourceTime = first ? first.nextTime : Infinity;
    if (Math.min(sourceTime, this.nextEventTime) >= until) return false;
    if (first && sourceTime < this.nextEventTime) this.#play(first, limit);
    else this.#execute();
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
    const { time, entity, kind, a, b } = events;
    this.digest.foldEvent(time, events.sequence, entity, kind);
    if (time !== this.#instant) {
      this.#instant = time;
      this.#executedBeforeInstant = this.executed;
    }
    const receiver = this.#entities[entity]!;
    if (++this.executed - this.#executedBeforeInstant > this.#maximumPerInstant) {
      const message = receiver.describe?.(kind, a, b) ?? `kind ${kind}`;
      throw new Error(
        `time stands still at ${time}: too many events, the last for ${receiver.name} (${message})`,
      );
    }
    receiver.receive(kind, a, b, time);
  }
}
