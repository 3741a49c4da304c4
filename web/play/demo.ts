/** The demonstration: a drill plays by itself until what matters is over, or somebody takes over. */
import type { PlayController } from './controller.ts';
import { speedFor } from './speeds.ts';
import type { Span } from './window.ts';

/** It plays what matters in about so many seconds. */
const DEMO_SECONDS = 18;
/** Healthy time before the first fault, seconds. */
export const LEAD = 20;

/** What is demonstrated. */
export interface Shown {
  readonly controller: PlayController;
  /** Time after the first fault, seconds. */
  readonly horizon: number;
  /** The stretch of time in view. */
  readonly span: Span;
}

export class Demo {
  #isOn = false;

  /** @param wanted whether the drill that was opened shall play by itself */
  begin(wanted: boolean): void {
    this.#isOn = wanted;
  }

  end(): void {
    this.#isOn = false;
  }

  /** Starts once there is something to see, and stops when what matters is over. */
  heed({ controller, horizon, span }: Shown): void {
    const { frame, shown, playing, description } = controller;
    if (!this.#isOn || !frame || !shown || !description) return;
    if (!playing) {
      const matters = (shown.nearlyAll || horizon) * 1.15 + LEAD;
      controller.speed = speedFor(matters, DEMO_SECONDS);
      controller.play();
    } else if (frame.now >= span.to - 1) {
      this.end();
      controller.pause();
    }
  }
}
