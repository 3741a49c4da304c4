/** Worker side: pictures of a stretch that has been passed, so that steps back need no world of their own. */
import type { Micros } from '../../src/base/time.ts';
import type { World } from '../../src/model/world.ts';
import { type Counters, countersOf, FLOW_WINDOW, flowsBetween } from './session-flow.ts';
import type { Flow, Frame } from './session-messages.ts';

interface Shot {
  readonly at: Micros;
  readonly frame: Frame;
}

export class Reel {
  readonly #shots: readonly Shot[];
  /** What the shots show goes on up to here. */
  readonly #until: Micros;

  /** @param shots in order of time */
  constructor(shots: readonly Shot[] = [], until: Micros = 0) {
    this.#shots = shots;
    this.#until = until;
  }

  /** The last picture before `at` whose caches are not in these states; undefined when the reel has none. */
  lastUnlike(states: Uint8Array, at: Micros): Shot | undefined {
    if (at > this.#until) return undefined;
    return this.#shots.findLast((shot) => shot.at < at && differ(states, shot.frame.states));
  }
}

export interface Stretch {
  readonly from: Micros;
  readonly until: Micros;
  /** From one picture to the next; flows are read over a whole number of these. */
  readonly step: Micros;
}

/**
 * Takes pictures of a stretch.
 * @param world not further than its beginning
 * @param look the picture of the world as it is
 * @param playTo plays it; false when it was stopped
 * @returns undefined when stopped
 */
export async function film(
  world: World,
  { from, until, step }: Stretch,
  look: (flows: readonly Flow[]) => Frame,
  playTo: (to: Micros) => Promise<boolean>,
): Promise<Reel | undefined> {
  const shots: Shot[] = [];
  const counters: Counters[] = [];
  if (!(await playTo(Math.max(0, from - FLOW_WINDOW)))) return undefined;
  while (world.now < until) {
    const here = countersOf(world);
    counters.push(here);
    if (here.now - counters[0]!.now > FLOW_WINDOW) counters.shift();
    if (here.now >= from) {
      const [first] = counters;
      shots.push({ at: here.now, frame: look(first === here ? [] : flowsBetween(world, first!, here)) });
    }
    if (!(await playTo(Math.min(until, here.now + step)))) return undefined;
  }
  return new Reel(shots, until);
}

export function differ(one: Uint8Array, other: Uint8Array): boolean {
  return one.some((state, index) => state !== other[index]);
}
