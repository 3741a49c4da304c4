/**
 * When feedback windows begin and end. They follow each other without gaps while some capacity is finite;
 * otherwise there are none, and nothing that cells do can change what other cells see.
 */
import type { Micros } from '../../base/time.ts';
import { FEEDBACK_WINDOW, type SiteLoads } from './congestion.ts';

export class FeedbackWindows {
  /** End of the open window, Infinity when there is none. */
  end: Micros = Number.POSITIVE_INFINITY;
  readonly #loads: SiteLoads;

  constructor(loads: SiteLoads) {
    this.#loads = loads;
    this.pass(0);
  }

  /**
   * All cells have come to `now`, and faults are as they will be from `now` on.
   * @returns the number of queries in the window that ended now, if one did
   */
  pass(now: Micros): number | undefined {
    let counted: number | undefined;
    if (now >= this.end) {
      counted = this.#loads.close(FEEDBACK_WINDOW);
      this.end += FEEDBACK_WINDOW;
    }
    if (!this.#loads.finite) this.end = Number.POSITIVE_INFINITY;
    else if (this.end === Number.POSITIVE_INFINITY) {
      this.#loads.open();
      this.end = now + FEEDBACK_WINDOW;
    }
    return counted;
  }
}
