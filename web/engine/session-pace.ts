/**
 * Playing long stretches without going deaf: the world is played in slices short enough that messages are heard
 * between them.
 */
import { type Micros, SECOND } from '../../src/base/time.ts';
import type { World } from '../../src/model/world.ts';

/** A slice should take about this long. */
const SLICE_MILLISECONDS = 8;
const SHORTEST: Micros = SECOND / 100;

/** Anything that can be played up to an instant. */
export interface Playing {
  readonly now: Micros;
  playTo(until: Micros): void;
}

/** A world as something to be played. */
export function playingOf(world: World): Playing {
  return {
    get now() {
      return world.now;
    },
    playTo: (until) => world.runUntil(until),
  };
}

/** Learns how much virtual time fits into a slice. */
export class Pace {
  #slice: Micros = SECOND;

  /** Plays one slice towards `target`, at most `longest` of virtual time. */
  slice(world: Playing, target: Micros, longest: Micros = Number.POSITIVE_INFINITY): void {
    const span = Math.min(this.#slice, longest, target - world.now);
    const begun = performance.now();
    world.playTo(world.now + span);
    const factor = SLICE_MILLISECONDS / Math.max(performance.now() - begun, 0.1);
    this.#slice = Math.max(SHORTEST, Math.round(span * Math.min(4, Math.max(0.25, factor))));
  }

  /**
   * @param over ends the way before its target
   * @returns false when stopped
   */
  async run(
    world: Playing,
    target: Micros,
    stopped: () => boolean,
    onSlice: (now: Micros) => void = () => {},
    longest?: Micros,
    over: () => boolean = () => false,
  ): Promise<boolean> {
    while (world.now < target && !over()) {
      if (stopped()) return false;
      this.slice(world, target, longest);
      onSlice(world.now);
      await breathe();
    }
    return !stopped();
  }
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets messages in that have arrived meanwhile; unlike a timer it does not make nested calls wait. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}
