/**
 * One run that can be played forward and wound back: the world that is shown, and a few that wait at earlier instants.
 *
 * A run is a pure function of its spec and seed, and a world cannot be copied: so going back takes a world that has
 * not come that far yet, and only where there is none a new one plays from the start. Those that wait stand further
 * apart the further they are behind, and are fewer the more room a world takes.
 */
import { MINUTE, type Micros, SECOND } from '../../base/time.ts';
import type { WorldSpec } from '../../model/spec.ts';
import { World } from '../../model/world.ts';

/** How far behind the world shown each of the others waits at least; at most twice as far. */
const LAGS: readonly Micros[] = [20 * SECOND, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE];
/** Bytes all that wait may take, and what a world takes for each cell and each client (see CONTRIBUTING, Speed). */
const ROOM = 256e6;
const CELL_BYTES = 22_000;
const CLIENT_BYTES = 50;

/** A world that has fallen too far behind, and how far it should come. */
export interface Lagging {
  readonly world: World;
  readonly until: Micros;
}

export class Trail {
  readonly #spec: WorldSpec;
  readonly #seed: number;
  readonly #lags: readonly Micros[];
  #world: World;
  /** Latest first, none later than the world shown. */
  #waiting: readonly World[] = [];

  constructor(spec: WorldSpec, seed: number) {
    this.#spec = spec;
    this.#seed = seed;
    this.#world = this.#begin();
    this.#lags = LAGS.slice(0, Math.floor(ROOM / bytesOf(this.#world)));
  }

  /** The world shown: to be looked at, and to be played forward. */
  get world(): World {
    return this.#world;
  }

  /** Makes the world shown one that has not come further than `to`. */
  turnBack(to: Micros): void {
    if (to >= this.#world.now) return;
    this.#world = this.take(to);
    this.#waiting = this.#waiting.filter(({ now }) => now <= to);
  }

  /** The latest world that waits at `to` or before, no longer to be counted on here; else a new one. */
  take(to: Micros): World {
    const found = this.#waiting.find(({ now }) => now <= to);
    this.#waiting = this.#waiting.filter((one) => one !== found);
    return found ?? this.#begin();
  }

  /** Lets a world wait that was taken. */
  leave(world: World): void {
    const all = [...this.#waiting, world].sort((one, other) => other.now - one.now);
    this.#waiting = all.slice(0, this.#lags.length);
  }

  /**
   * What is to be played next, so that going back stays short; undefined when all wait where they should.
   * @param more whether new worlds may begin, which takes its time
   */
  lagging(more: boolean): Lagging | undefined {
    for (const [index, lag] of this.#lags.entries()) {
      const until = this.#world.now - lag;
      if (until <= lag) return undefined;
      if (index === this.#waiting.length && more) this.#waiting = [...this.#waiting, this.#begin()];
      const world = this.#waiting[index];
      if (world && world.now < until - lag) return { world, until };
    }
    return undefined;
  }

  #begin(): World {
    return new World(this.#spec, this.#seed, 0);
  }
}

function bytesOf({ cells, populations }: World): number {
  const clients = populations.reduce((sum, { spec }) => sum + spec.count, 0);
  return cells.length * CELL_BYTES + clients * CLIENT_BYTES;
}
