/**
 * A check computed from others: healthy while at least so many of its children are.
 *
 * Children count as healthy until they say otherwise. Not modelled: the time a provider takes to compute.
 */
import type { CalculatedSpec } from '../../spec.ts';

export class CalculatedCheck {
  readonly #spec: CalculatedSpec;
  readonly #children: readonly number[];
  readonly #onVerdict: (healthy: boolean) => void;
  readonly #unhealthy: Set<number> = new Set();
  #healthy = true;

  /** @param children signals, in the order of `spec.of` @param onVerdict hears every turn, and a first verdict of unhealthy */
  constructor(spec: CalculatedSpec, children: readonly number[], onVerdict: (healthy: boolean) => void) {
    this.#spec = spec;
    this.#children = children;
    this.#onVerdict = onVerdict;
    this.#settle();
  }

  hear(signal: number, healthy: boolean): void {
    if (healthy) this.#unhealthy.delete(signal);
    else this.#unhealthy.add(signal);
    this.#settle();
  }

  #settle(): void {
    const { needed, inverted } = this.#spec;
    const alive = this.#children.filter((child) => !this.#unhealthy.has(child)).length;
    const healthy = alive >= needed !== inverted;
    if (healthy === this.#healthy) return;
    this.#healthy = healthy;
    this.#onVerdict(healthy);
  }
}
