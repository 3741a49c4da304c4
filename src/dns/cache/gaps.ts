/** Gaps of a chain in order: found by their owner, or by what may lie in them. */
import type { Micros } from '../../base/time.ts';

/** From an owner to the next one; whatever lies between is absent. */
export interface Gap<Key> {
  readonly owner: Key;
  readonly next: Key;
  readonly expiresAt: Micros;
}

export class Gaps<Key, One extends Gap<Key>> {
  readonly #compare: (a: Key, b: Key) => number;
  #gaps: One[] = [];

  /** @param compare a total order: negative, 0 or positive */
  constructor(compare: (a: Key, b: Key) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#gaps.length;
  }

  /** Takes a gap in place of an older one of the same owner. */
  put(gap: One): void {
    const at = this.#indexOf(gap.owner);
    const known = this.#gaps[at];
    const isSame = known !== undefined && this.#compare(known.owner, gap.owner) === 0;
    this.#gaps.splice(at, isSame ? 1 : 0, gap);
  }

  /** The live gap of exactly this owner. */
  at(owner: Key, now: Micros): One | undefined {
    const gap = this.#gaps[this.#indexOf(owner)];
    return gap !== undefined && this.#compare(gap.owner, owner) === 0 ? live(gap, now) : undefined;
  }

  /** The live gap of the last owner before a key, of all owners where none is before it. */
  before(key: Key, now: Micros): One | undefined {
    const at = this.#indexOf(key);
    return live(this.#gaps.at(at - 1), now);
  }

  /** Drops what has expired. */
  sweep(now: Micros): void {
    this.#gaps = this.#gaps.filter((gap) => live(gap, now) !== undefined);
  }

  clear(): void {
    this.#gaps = [];
  }

  /** Place of the owner, or where it would stand. */
  #indexOf(owner: Key): number {
    let low = 0;
    for (let high = this.#gaps.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#compare(this.#gaps[middle]!.owner, owner) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What has not expired. */
export function live<T extends { readonly expiresAt: Micros }>(
  one: T | undefined,
  now: Micros,
): T | undefined {
  return one !== undefined && now < one.expiresAt ? one : undefined;
}
