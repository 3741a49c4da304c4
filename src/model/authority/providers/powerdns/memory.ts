/** Values that are made once for each key, as far as there is room. */

/** Keys kept; code that makes up keys as it goes can make any number. */
const MOST_KEYS = 10_000;

export class Memory<T> {
  readonly #values: Map<string, T> = new Map();

  /** The value of a key, made when it is not there. */
  of(key: string, make: () => T): T {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (this.#values.size >= MOST_KEYS) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }
}
