/**
 * The memory of one checker: consecutive results, and its verdict by thresholds in both directions.
 *
 * A checker starts healthy unless told otherwise (Route 53 takes a new check for healthy until data arrives,
 * Cloudflare takes it for down). Not modelled: weighting
 * of results by age, and providers that need only one success to recover (set `successes` to 1).
 */
export class Checker {
  healthy: boolean;
  /** Consecutive results that contradict the verdict. */
  #against = 0;

  readonly #failures: number;
  readonly #successes: number;

  /**
   * @param failures @param successes consecutive results until the verdict turns, at least 1
   * @param healthy the verdict to begin with
   */
  constructor(failures: number, successes: number, healthy = true) {
    this.healthy = healthy;
    this.#failures = failures;
    this.#successes = successes;
  }

  /** Whether this result changes nothing at all, neither verdict nor memory. */
  isIdle(success: boolean): boolean {
    return success === this.healthy && this.#against === 0;
  }

  /** Takes a result. Returns whether the verdict turned. */
  take(success: boolean): boolean {
    this.#against = success === this.healthy ? 0 : this.#against + 1;
    if (this.#against < (this.healthy ? this.#failures : this.#successes)) return false;
    this.#against = 0;
    this.healthy = success;
    return true;
  }
}
