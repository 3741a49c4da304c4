/**
 * A live run: one replication of one strategy that can be played forward, wound back, and interfered with.
 *
 * A run is a pure function of its scenario and seed, so nothing has to be recorded: winding back, and adding a
 * fault at the present moment, play the world again from the start. What was injected becomes part of the
 * timeline, so the session can be handed on as an ordinary scenario.
 */
import type { Micros } from '../../base/time.ts';
import type { ReplicationRecord } from '../../measure/record.ts';
import { measure } from '../../measure/simulate.ts';
import type { TimelineSpec, WorldSpec } from '../../model/spec.ts';
import { World } from '../../model/world.ts';

export class Session {
  readonly seed: number;
  readonly replication: number;
  readonly #original: WorldSpec;
  #injected: readonly TimelineSpec[] = [];
  #world: World;

  constructor(spec: WorldSpec, seed: number, replication = 0) {
    this.seed = seed;
    this.replication = replication;
    this.#original = spec;
    this.#world = new World(spec, seed, replication);
  }

  get now(): Micros {
    return this.#world.now;
  }

  /** The spec as it is played, with what was injected. */
  get spec(): WorldSpec {
    return this.#world.spec;
  }

  /** To be looked at, not to be played. */
  get world(): World {
    return this.#world;
  }

  /** Everything injected so far, in order of time. */
  get injected(): readonly TimelineSpec[] {
    return this.#injected;
  }

  /** Goes to an instant, forward or back; the horizon is the last. */
  seek(to: Micros): void {
    const target = Math.min(Math.max(0, to), this.spec.duration);
    if (target < this.now) this.#restart();
    this.#world.runUntil(target);
  }

  /** Adds a fault or a change at the present moment or later. @throws RangeError for one in the past */
  inject(item: TimelineSpec): void {
    if (item.at < this.now) throw new RangeError('what has been played cannot be changed: wind back first');
    this.#replaceInjected([...this.#injected, item]);
  }

  /** Takes back everything injected at or after `from`. */
  withdraw(from: Micros): void {
    this.#replaceInjected(this.#injected.filter(({ at }) => at < from));
  }

  /** Ends the injected faults that are still under way, now. */
  end(matches: (item: TimelineSpec) => boolean): void {
    const { now } = this;
    this.#replaceInjected(
      this.#injected.map((item) =>
        item.kind === 'fault' && item.at <= now && item.until > now && matches(item)
          ? { ...item, until: Math.max(now, item.at + 1) }
          : item,
      ),
    );
  }

  /** What has been measured up to now. */
  record(): ReplicationRecord {
    return measure(this.#world, this.replication);
  }

  #replaceInjected(items: readonly TimelineSpec[]): void {
    const { now } = this;
    this.#injected = items.toSorted((a, b) => a.at - b.at);
    this.#restart();
    this.#world.runUntil(now);
  }

  #restart(): void {
    const timeline = [...this.#original.timeline, ...this.#injected].sort((a, b) => a.at - b.at);
    const spec = this.#injected.length === 0 ? this.#original : { ...this.#original, timeline };
    this.#world = new World(spec, this.seed, this.replication);
  }
}
