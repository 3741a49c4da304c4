/**
 * A 64-bit fingerprint of a run: equal runs give equal digests, and a difference of one event changes it.
 *
 * Two 32-bit lanes of the multiply-rotate kind of MurmurHash3 (A. Appleby, public domain), kept in an
 * Int32Array so that nothing is boxed. It tells accidents apart; it is not a defence against forgery.
 */
export class Digest {
  readonly #lanes: Int32Array = Int32Array.of(0x243f6a88, 0x05a308d3);

  /** Folds an integer of magnitude up to 2^53; order matters. */
  fold(value: number): void {
    this.#mix(value | 0, Math.floor(value / 0x1_0000_0000) | 0);
  }

  /** Folds an executed event. */
  foldEvent(time: number, sequence: number, entity: number, kind: number): void {
    this.fold(time);
    this.#mix(sequence | 0, entity ^ Math.imul(kind, 0x9e3779b1));
  }

  #mix(low: number, high: number): void {
    const lanes = this.#lanes;
    const first = Math.imul(lanes[0]! ^ Math.imul(low, 0xcc9e2d51), 0x85ebca6b);
    const second = Math.imul(lanes[1]! ^ Math.imul(high, 0x1b873593), 0xc2b2ae35);
    lanes[0] = ((first << 13) | (first >>> 19)) + second;
    lanes[1] = ((second << 17) | (second >>> 15)) ^ lanes[0]!;
  }

  /** Sixteen hexadecimal digits. */
  hex(): string {
    return Array.from(this.#lanes, (lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** One digest of several hexadecimal digests, in the order given. */
export function combineDigests(digests: readonly string[]): string {
  const combined = new Digest();
  for (const half of digests.join('').match(/.{8}/g) ?? []) combined.fold(Number.parseInt(half, 16));
  return combined.hex();
}
