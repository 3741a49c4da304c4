/**
 * The edge of the generic provider: zone data and policy decisions as every site of it serves them.
 *
 * Not modelled: sites that differ while nothing is broken, answers that depend on the client's network.
 */
import type { Name } from '../../../../dns/data/name.ts';
import type { RrType } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import type { PolicyAnswer, ProviderChange } from '../../provider.ts';
import { choose, policyAnswer } from './policy.ts';

export class Edge {
  revision = 0;
  published: ReadonlyMap<number, Zone>;
  accepted: ReadonlyMap<number, Zone>;

  readonly #spec: WorldSpec;
  readonly #policies: readonly PolicySpec[];
  readonly #unhealthy: Set<number> = new Set();
  /** What the policies answer until the next change of health. */
  #answers: ReadonlyMap<Name, ReadonlyMap<RrType, PolicyAnswer>>;

  constructor(spec: WorldSpec, provider: number, zones: ReadonlyMap<number, Zone>) {
    this.#spec = spec;
    this.#policies = spec.policies.filter((policy) => policy.provider === provider);
    this.published = zones;
    this.accepted = zones;
    this.#answers = this.#decideAll();
  }

  apply(change: ProviderChange): void {
    if (change.kind === 'health') {
      if (change.healthy) this.#unhealthy.delete(change.endpoint);
      else this.#unhealthy.add(change.endpoint);
      this.#answers = this.#decideAll();
    } else if (change.kind === 'accepted') {
      this.accepted = new Map(this.accepted).set(change.zone, change.data);
    } else {
      this.published = new Map(this.published).set(change.zone, change.data);
      this.revision++;
    }
  }

  /** The answer of the policy for this name and type; failover depends on neither region nor draw. */
  answer(name: Name, type: RrType): PolicyAnswer | undefined {
    return this.#answers.get(name)?.get(type);
  }

  #decideAll(): ReadonlyMap<Name, ReadonlyMap<RrType, PolicyAnswer>> {
    const answers = new Map<Name, Map<RrType, PolicyAnswer>>();
    for (const policy of this.#policies) {
      const chosen = choose(policy, (endpoint) => !this.#unhealthy.has(endpoint));
      const byType = answers.get(policy.name) ?? new Map<RrType, PolicyAnswer>();
      answers.set(policy.name, byType.set(policy.type, policyAnswer(policy, chosen, this.#spec.endpoints)));
    }
    return answers;
  }
}
