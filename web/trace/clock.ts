/** A clock that runs in real time, faster, or not at all. */

export class Clock {
  readonly #onTick: (micros: number) => void;
  #frame = 0;
  #last = 0;
  #speed = 1;
  #now = 0;

  /** @param onTick told the time reached, microseconds */
  constructor(onTick: (micros: number) => void) {
    this.#onTick = onTick;
  }

  get running(): boolean {
    return this.#frame !== 0;
  }

  get now(): number {
    return this.#now;
  }

  /** Goes to an instant, without running. */
  set(micros: number): void {
    this.#now = micros;
    this.#onTick(micros);
  }

  /** @param speed virtual seconds per second */
  run(speed: number): void {
    this.#speed = speed;
    if (this.running) return;
    this.#last = performance.now();
    this.#frame = requestAnimationFrame(this.#tick);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  readonly #tick = (time: number): void => {
    this.#now += Math.max(0, time - this.#last) * 1000 * this.#speed;
    this.#last = time;
    this.#frame = requestAnimationFrame(this.#tick);
    this.#onTick(this.#now);
  };
}
