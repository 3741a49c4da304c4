/**
 * The database behind the servers: while the control plane is down, servers without a copy of their own answer
 * from their caches as long as these hold anything, and then SERVFAIL (docs/performance.rst, docs/settings.rst).
 *
 * Seconds are told one by one; what falls out of a cache in between falls out at the second.
 */
import { SECOND } from '../../../../base/time.ts';
import type { ProviderContext } from '../../provider.ts';
import type { Setting } from './evaluation.ts';
import type { OwnState } from './own-state.ts';
import { OUTAGE } from './wake.ts';

export class Outage {
  readonly #context: ProviderContext;
  readonly #setting: Setting;
  #seconds: number | undefined;
  /** Counts outages: steps of an earlier one are void. */
  #number = 0;

  constructor(context: ProviderContext, setting: Setting) {
    this.#context = context;
    this.#setting = setting;
  }

  planesChanged(): void {
    if (this.#setting.options.backend === 'copy') return;
    const isGone = this.#context.plane('control').down !== 'none';
    if (isGone === (this.#seconds !== undefined)) return;
    this.#number++;
    this.#tell(isGone ? 0 : undefined);
    if (isGone) this.#context.wake(SECOND, OUTAGE, this.#number);
  }

  /** Another second has passed. */
  step(number: number): void {
    if (number !== this.#number || this.#seconds === undefined) return;
    this.#tell(this.#seconds + 1);
    const { queryCache, negativeQueryCache } = this.#setting.options;
    const last = Math.max(queryCache, negativeQueryCache) / SECOND;
    if (this.#seconds < last) this.#context.wake(SECOND, OUTAGE, number);
  }

  #tell(seconds: number | undefined): void {
    this.#seconds = seconds;
    const state: OwnState = { kind: 'outage', seconds };
    this.#context.reveal({ kind: 'own', provider: this.#context.index, state });
  }
}
