/**
 * Queries received by one hop, in total and in its busiest second.
 *
 * Cells play the same stretch of time one after the other, so queries of different cells arrive out of order;
 * seconds are therefore kept apart until every cell has passed them. Seconds count from the start of the run.
 *
 * Not modelled: which queries were answered; everything that was sent to the hop counts.
 */
import { type Micros, SECOND } from '../../base/time.ts';

export class HopLoad {
  queries = 0;

  #peak = 0;
  /** The second that `#open[0]` counts. */
  #base = 0;
  #open: Uint32Array = new Uint32Array(64);

  count(now: Micros): void {
    this.queries++;
    const at = Math.floor(now / SECOND) - this.#base;
    if (at >= this.#open.length) this.#grow(at + 1);
    this.#open[at]!++;
  }

  /** Nothing before `now` will be counted any more. */
  settle(now: Micros): void {
    const passed = Math.floor(now / SECOND) - this.#base;
    if (passed <= 0) return;
    const kept = Math.min(passed, this.#open.length);
    this.#peak = Math.max(this.#peak, largest(this.#open.subarray(0, kept)));
    this.#open.copyWithin(0, kept);
    this.#open.fill(0, this.#open.length - kept);
    this.#base += passed;
  }

  /** Largest number of queries in one second so far. */
  get peakPerSecond(): number {
    return Math.max(this.#peak, largest(this.#open));
  }

  #grow(needed: number): void {
    const larger = new Uint32Array(Math.max(needed, this.#open.length * 2));
    larger.set(this.#open);
    this.#open = larger;
  }
}

function largest(counts: Uint32Array): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}
