/**
 * The health plane of the generic provider: takes verdicts of health checks and lets policies decide anew.
 *
 * A verdict takes effect at every edge at once, or later by as much as the plane is slow. While the plane is
 * down the state is frozen; when it is back it takes over the verdicts of that moment (Azure Traffic Manager
 * documents the freeze; for others it is an assumption).
 *
 * Not modelled: a delay between verdict and edge in normal times, and edges that learn of it one by one.
 */
import type { ProviderContext } from '../../provider.ts';
import { choiceLabel, choose, policyLabel } from './policy.ts';
import { UPDATE_HEALTH } from './wake.ts';

/** What a policy of this provider chooses, in words. */
interface PolicyChoice {
  readonly policy: string;
  readonly choice: string;
}

export class HealthPlane {
  readonly #context: ProviderContext;
  /** Endpoints that some policy of this provider could choose; no other verdict matters to it. */
  readonly #watched: ReadonlySet<number>;
  /** Endpoints the checks call unhealthy. */
  readonly #reported: Set<number> = new Set();
  /** Endpoints the policies take for unhealthy. Whatever has no check is healthy. */
  readonly #known: Set<number> = new Set();

  constructor(context: ProviderContext) {
    this.#context = context;
    const own = context.spec.policies.filter(({ provider }) => provider === context.index);
    this.#watched = new Set(own.flatMap(({ primary, secondary }) => [primary, secondary]));
  }

  hear(endpoint: number, healthy: boolean): void {
    if (!this.#watched.has(endpoint)) return;
    if (healthy) this.#reported.delete(endpoint);
    else this.#reported.add(endpoint);
    const { extra } = this.#context.plane('health');
    if (extra > 0) this.#context.wake(extra, UPDATE_HEALTH, endpoint);
    else this.update(endpoint);
  }

  /** Takes over the verdict on one endpoint, unless the plane is down. */
  update(endpoint: number): void {
    if (this.#context.plane('health').down !== 'none') return;
    const healthy = !this.#reported.has(endpoint);
    if (healthy !== this.#known.has(endpoint)) return;
    const before = this.#choices();
    if (healthy) this.#known.delete(endpoint);
    else this.#known.add(endpoint);
    this.#context.reveal({ kind: 'health', provider: this.#context.index, endpoint, healthy });
    this.#reactTo(before);
  }

  planeChanged(): void {
    for (const endpoint of this.#watched) this.update(endpoint);
  }

  #choices(): readonly PolicyChoice[] {
    const { spec, index } = this.#context;
    return spec.policies
      .filter((policy) => policy.provider === index)
      .map((policy) => {
        const chosen = choose(policy, (endpoint) => !this.#known.has(endpoint));
        return { policy: policyLabel(policy), choice: choiceLabel(chosen, spec.endpoints) };
      });
  }

  #reactTo(before: readonly PolicyChoice[]): void {
    const changed = this.#choices().filter(({ choice }, at) => choice !== before[at]!.choice);
    const provider = this.#context.spec.providers[this.#context.index]!.name;
    for (const { policy, choice } of changed) this.#context.react('decide', `${policy} chooses ${choice}`);
    for (const { policy, choice } of changed) {
      this.#context.react('publish', `${policy}: ${choice} at every edge of ${provider}`);
    }
  }
}
