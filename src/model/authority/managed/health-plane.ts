/**
 * The health plane of a managed provider: takes verdicts of health checks and lets policies decide anew.
 *
 * A verdict takes effect at every edge at once, or later by as much as the plane is slow. While the plane is
 * down the state is frozen; when it is back it takes over the verdicts of that moment (Azure Traffic Manager
 * documents the freeze; for others it is an assumption).
 *
 * Not modelled: a delay between verdict and edge in normal times, and edges that learn of it one by one.
 */
import type { PolicySpec } from '../../spec.ts';
import { signalOf } from '../health/signals.ts';
import type { LogicByRule } from '../policy-logic.ts';
import type { ProviderContext } from '../provider.ts';
import { becauseOf, logicOf, policyLabel } from './logic-of.ts';
import { PolicyBook } from './policy-book.ts';
import { UPDATE_HEALTH } from './wake.ts';

/** What a policy of this provider chooses, in words. */
interface PolicyChoice {
  readonly policy: string;
  readonly choice: string;
  /** Why, in brackets; empty when the rule does not say. */
  readonly because: string;
}

export class HealthPlane {
  readonly #context: ProviderContext;
  readonly #logics: LogicByRule;
  readonly #book: PolicyBook;
  /** Signals that some policy of this provider listens to; no other verdict matters to it. */
  #watched: ReadonlySet<number>;
  /** Signals whose checks say unhealthy. */
  readonly #reported: Set<number> = new Set();
  /** Signals the policies take for unhealthy. Whatever has no check is healthy. */
  readonly #known: Set<number> = new Set();

  constructor(context: ProviderContext, logics: LogicByRule) {
    const { spec, index } = context;
    this.#context = context;
    this.#logics = logics;
    this.#book = new PolicyBook(spec, index, this.#known);
    this.#watched = this.#watchedNow();
  }

  hear(signal: number, healthy: boolean): void {
    if (healthy) this.#reported.delete(signal);
    else this.#reported.add(signal);
    if (!this.#watched.has(signal)) return;
    const { extra } = this.#context.plane('health');
    if (extra > 0) this.#context.wake(extra, UPDATE_HEALTH, signal);
    else this.update(signal);
  }

  /** Takes over the verdict of one signal, unless the plane is down. */
  update(signal: number): void {
    if (this.#context.plane('health').down !== 'none') return;
    const healthy = !this.#reported.has(signal);
    if (healthy !== this.#known.has(signal)) return;
    this.reconsider(() => {
      if (healthy) this.#known.delete(signal);
      else this.#known.add(signal);
      this.#context.reveal({ kind: 'health', provider: this.#context.index, signal, healthy });
    });
  }

  /** Makes a change that policies look at, and tells what they choose otherwise afterwards. */
  reconsider(change: () => void): void {
    const before = this.#choices();
    change();
    this.#reactTo(before);
  }

  planeChanged(): void {
    for (const signal of this.#watched) this.update(signal);
  }

  /** The edges decide by another policy from now on: verdicts that only it listens to count too. */
  policyChanged(policy: PolicySpec, label: string): void {
    this.#book.put(policy, label);
    this.#watched = this.#watchedNow();
    this.planeChanged();
  }

  #watchedNow(): ReadonlySet<number> {
    const refs = this.#book.policies.flatMap(({ candidates, watches = [] }) => [
      ...candidates.flatMap(({ health }) => health ?? []),
      ...watches,
    ]);
    return new Set(refs.map((ref) => signalOf(this.#context.spec, ref)));
  }

  #choices(): readonly PolicyChoice[] {
    const { policies, surroundings } = this.#book;
    return policies.map((policy) => {
      const logic = logicOf(this.#logics, policy);
      if (logic.isOff?.(policy)) return { policy: policyLabel(policy), choice: 'nothing', because: '' };
      const decider = logic.prepare(policy, surroundings);
      return { policy: policyLabel(policy), choice: decider.choice, because: becauseOf(decider) };
    });
  }

  #reactTo(before: readonly PolicyChoice[]): void {
    const changed = this.#choices().filter(({ choice }, at) => choice !== before[at]!.choice);
    const provider = this.#context.spec.providers[this.#context.index]!.name;
    for (const { policy, choice, because } of changed) {
      this.#context.react('decide', `${policy} chooses ${choice}${because}`);
    }
    for (const { policy, choice } of changed) {
      this.#context.react('publish', `${policy}: ${choice} at every edge of ${provider}`);
    }
  }
}
