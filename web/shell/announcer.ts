/** What is said to screen readers: one polite region, at most once in two seconds, the latest wins. */

const PAUSE_MILLISECONDS = 2000;

export class Announcer {
  readonly #show: (text: string) => void;
  #last = Number.NEGATIVE_INFINITY;
  #next: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param show puts a text into the region */
  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  say(text: string): void {
    this.#next = text;
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + PAUSE_MILLISECONDS - performance.now());
    this.#timer = setTimeout(() => this.#speak(), wait);
  }

  #speak(): void {
    this.#timer = undefined;
    this.#last = performance.now();
    if (this.#next !== undefined) this.#show(this.#next);
    this.#next = undefined;
  }
}

/** Fired by a place that has something to say. */
export class AnnounceEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('dnsdrill-announce', { bubbles: true, composed: true });
    this.text = text;
  }
}
