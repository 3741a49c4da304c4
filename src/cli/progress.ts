/** Progress of a run: a bar on a terminal, a line per 10 % elsewhere. */

/** Where progress is shown. */
export interface ProgressSink {
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Milliseconds of any clock, to redraw no more than ten times a second. */
  now(): number;
}

export interface ProgressDisplay {
  /** @param fraction 0 to 1, never falling */
  update(fraction: number, note: string): void;
  /** Takes a bar off the screen. */
  close(): void;
}

const BAR = 30;
const REDRAW_MILLISECONDS = 100;
const CLEAR_LINE = '\r\u001b[K';

export const SILENT: ProgressDisplay = { update: () => {}, close: () => {} };

export function makeProgress(sink: ProgressSink): ProgressDisplay {
  return sink.isTerminal ? new Bar(sink) : new Lines(sink);
}

class Bar implements ProgressDisplay {
  readonly #sink: ProgressSink;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(sink: ProgressSink) {
    this.#sink = sink;
  }

  update(fraction: number, note: string): void {
    if (this.#sink.now() - this.#drawnAt < REDRAW_MILLISECONDS) return;
    this.#drawnAt = this.#sink.now();
    const full = Math.floor(fraction * BAR);
    const percent = String(Math.floor(fraction * 100)).padStart(3);
    this.#sink.write(`${CLEAR_LINE}${percent} % [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${note}`);
  }

  close(): void {
    this.#sink.write(CLEAR_LINE);
  }
}

class Lines implements ProgressDisplay {
  readonly #sink: ProgressSink;
  #tenths = 0;

  constructor(sink: ProgressSink) {
    this.#sink = sink;
  }

  update(fraction: number, note: string): void {
    const tenths = Math.floor(fraction * 10 + 1e-9);
    if (tenths <= this.#tenths) return;
    this.#tenths = tenths;
    this.#sink.write(`${tenths * 10} % ${note}\n`);
  }

  close(): void {}
}
