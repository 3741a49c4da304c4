/**
 * The edge of a managed provider: zone data and policy decisions as every site of it serves them.
 *
 * Policies are prepared anew whenever health changes, so a query only picks. While a changed policy is on its way,
 * queries are decided by the old one and the truth is the new one. Not modelled: sites that differ while nothing is
 * broken.
 */
import type { Name } from '../../../dns/data/name.ts';
import type { RrType } from '../../../dns/data/rrtype.ts';
import type { Zone } from '../../../dns/zone/zone.ts';
import type { PolicySpec, WorldSpec } from '../../spec.ts';
import type { Decider, LogicByRule } from '../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery, ProviderChange } from '../provider.ts';
import { becauseOf, logicOf, policyLabel } from './logic-of.ts';
import { PolicyBook } from './policy-book.ts';

interface Entry {
  readonly policy: PolicySpec;
  readonly decider: Decider;
  /** What the operator called the change that it came with; absent: it has been there from the start. */
  readonly since?: string | undefined;
}

type Entries = ReadonlyMap<Name, ReadonlyMap<RrType, Entry>>;

export class Edge {
  revision = 0;
  published: ReadonlyMap<number, Zone>;
  accepted: ReadonlyMap<number, Zone>;

  readonly #logics: LogicByRule;
  /** As queries are decided, and as the control plane has them. */
  readonly #shown: PolicyBook;
  readonly #accepted: PolicyBook;
  /** Signals taken for unhealthy. */
  readonly #unhealthy: Set<number> = new Set();
  #entries: Entries;
  #truth: Entries;

  constructor(spec: WorldSpec, provider: number, zones: ReadonlyMap<number, Zone>, logics: LogicByRule) {
    this.#logics = logics;
    this.#shown = new PolicyBook(spec, provider, this.#unhealthy);
    this.#accepted = new PolicyBook(spec, provider, this.#unhealthy);
    this.published = zones;
    this.accepted = zones;
    this.#entries = this.#prepareAll(this.#shown);
    this.#truth = this.#entries;
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
    } else if (change.kind === 'policy') {
      const book = change.stage === 'accepted' ? this.#accepted : this.#shown;
      book.put(change.policy, change.label);
      this.prepareAnew();
    }
  }

  /** After a change of something that policies look at. */
  prepareAnew(): void {
    this.#entries = this.#prepareAll(this.#shown);
    this.#truth = this.#shown.equals(this.#accepted) ? this.#entries : this.#prepareAll(this.#accepted);
  }

  decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined {
    return this.#entries.get(name)?.get(type)?.decider.decide(query);
  }

  /** The policy of a name and type under the health known at the edge. */
  decider(name: Name, type: RrType): Decider | undefined {
    return this.#entries.get(name)?.get(type)?.decider;
  }

  possible(name: Name, type: RrType, region: number): readonly PolicyAnswer[] | undefined {
    return this.#truth.get(name)?.get(type)?.decider.possible(region);
  }

  /** The policy and what it chooses from, for clients of a region where it looks at that. */
  explain(name: Name, type: RrType, region: number): string | undefined {
    const entry = this.#entries.get(name)?.get(type);
    if (!entry) return undefined;
    const { policy, decider, since } = entry;
    const place = logicOf(this.#logics, policy).isScoped(policy)
      ? `, for clients in ${this.#shown.surroundings.spec.network.regions[region]}`
      : '';
    const changed = since === undefined ? '' : `, since the change '${since}'`;
    return `${policyLabel(policy)}: ${decider.choice}${place}${becauseOf(decider, region)}${changed}`;
  }

  isScoped(name: Name, type: RrType): boolean {
    const policy = this.#entries.get(name)?.get(type)?.policy;
    return policy !== undefined && logicOf(this.#logics, policy).isScoped(policy);
  }

  #prepareAll({ policies, surroundings, since }: PolicyBook): Entries {
    const entries = new Map<Name, Map<RrType, Entry>>();
    for (const policy of policies) {
      const logic = logicOf(this.#logics, policy);
      if (logic.isOff?.(policy)) continue;
      const decider = logic.prepare(policy, surroundings);
      const byType = entries.get(policy.name) ?? new Map<RrType, Entry>();
      entries.set(policy.name, byType.set(policy.type, { policy, decider, since: since.get(policy) }));
    }
    return entries;
  }
}
