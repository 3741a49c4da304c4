/** Values by number that are computed when asked for and hold until a version has moved on. */
export class Versioned<T> {
  readonly #compute: (key: number) => T;
  readonly #values: T[] = [];
  readonly #versions: number[] = [];

  /** @param compute makes the value of a key from the state that the version stands for */
  constructor(compute: (key: number) => T) {
    this.#compute = compute;
  }

  /** The value of `key`, an index from 0 on, at this version. */
  at(key: number, version: number): T {
    if (this.#versions[key] === version) return this.#values[key]!;
    const value = this.#compute(key);
    this.#values[key] = value;
    this.#versions[key] = version;
    return value;
  }
}
