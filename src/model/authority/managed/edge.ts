/**
 * The edge of a managed provider: zone data and policy decisions as every site of it serves them.
 *
 * Policies are prepared anew whenever health changes, so a query only picks. Not modelled: sites that differ while
 * nothing is broken.
 */
import type { Name } from '../../../dns/data/name.ts';
import type { RrType } from '../../../dns/data/rrtype.ts';
import type { Zone } from '../../../dns/zone/zone.ts';
import type { PolicySpec, WorldSpec } from '../../spec.ts';
import { signalOf } from '../health/signals.ts';
import type { Decider, LogicByRule, Surroundings } from '../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery, ProviderChange } from '../provider.ts';
import { becauseOf, logicOf, policyLabel } from './logic-of.ts';

interface Entry {
  readonly policy: PolicySpec;
  readonly decider: Decider;
}

export class Edge {
  revision = 0;
  published: ReadonlyMap<number, Zone>;
  accepted: ReadonlyMap<number, Zone>;

  readonly #logics: LogicByRule;
  readonly #policies: readonly PolicySpec[];
  readonly #surroundings: Surroundings;
  /** Signals taken for unhealthy. */
  readonly #unhealthy: Set<number> = new Set();
  #entries: ReadonlyMap<Name, ReadonlyMap<RrType, Entry>>;

  constructor(spec: WorldSpec, provider: number, zones: ReadonlyMap<number, Zone>, logics: LogicByRule) {
    this.#logics = logics;
    this.#policies = spec.policies.filter((policy) => policy.provider === provider);
    this.#surroundings = surroundingsOf(spec, provider, this.#policies, this.#unhealthy);
    this.published = zones;
    this.accepted = zones;
    this.#entries = this.#prepareAll();
  }

  apply(change: ProviderChange): void {
    if (change.kind === 'health') {
      if (change.healthy) this.#unhealthy.delete(change.signal);
      else this.#unhealthy.add(change.signal);
      this.prepareAnew();
    } else if (change.kind === 'accepted') {
      this.accepted = new Map(this.accepted).set(change.zone, change.data);
    } else if (change.kind === 'published') {
      this.published = new Map(this.published).set(change.zone, change.data);
      this.revision++;
    }
  }

  /** After a change of something that policies look at. */
  prepareAnew(): void {
    this.#entries = this.#prepareAll();
  }

  decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined {
    return this.#entries.get(name)?.get(type)?.decider.decide(query);
  }

  /** The policy of a name and type under the health known at the edge. */
  decider(name: Name, type: RrType): Decider | undefined {
    return this.#entries.get(name)?.get(type)?.decider;
  }

  possible(name: Name, type: RrType, region: number): readonly PolicyAnswer[] | undefined {
    return this.#entries.get(name)?.get(type)?.decider.possible(region);
  }

  /** The policy and what it chooses from, for clients of a region where it looks at that. */
  explain(name: Name, type: RrType, region: number): string | undefined {
    const entry = this.#entries.get(name)?.get(type);
    if (!entry) return undefined;
    const { policy, decider } = entry;
    const place = logicOf(this.#logics, policy).isScoped(policy)
      ? `, for clients in ${this.#surroundings.spec.network.regions[region]}`
      : '';
    return `${policyLabel(policy)}: ${decider.choice}${place}${becauseOf(decider, region)}`;
  }

  isScoped(name: Name, type: RrType): boolean {
    const policy = this.#entries.get(name)?.get(type)?.policy;
    return policy !== undefined && logicOf(this.#logics, policy).isScoped(policy);
  }

  #prepareAll(): ReadonlyMap<Name, ReadonlyMap<RrType, Entry>> {
    const entries = new Map<Name, Map<RrType, Entry>>();
    for (const policy of this.#policies) {
      const decider = logicOf(this.#logics, policy).prepare(policy, this.#surroundings);
      const byType = entries.get(policy.name) ?? new Map<RrType, Entry>();
      entries.set(policy.name, byType.set(policy.type, { policy, decider }));
    }
    return entries;
  }
}

/** What the policies of one provider see. @param unhealthy signals taken for unhealthy; read when asked */
export function surroundingsOf(
  spec: WorldSpec,
  provider: number,
  policies: readonly PolicySpec[],
  unhealthy: ReadonlySet<number>,
): Surroundings {
  return {
    spec,
    provider,
    healthy: (ref) => ref === undefined || !unhealthy.has(signalOf(spec, ref)),
    policyAt: (name, type) => policies.find((policy) => policy.name === name && policy.type === type),
  };
}
