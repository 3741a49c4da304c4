/** The policies of one provider as somebody knows them: those of the start, with what operators changed since. */
import type { PolicySpec, WorldSpec } from '../../spec.ts';
import { signalOf } from '../health/signals.ts';
import type { Surroundings } from '../policy-logic.ts';

export class PolicyBook {
  /** What a policy can look at. */
  readonly surroundings: Surroundings;
  /** What the change was called that a policy came with; those of the start are not in it. */
  readonly since: Map<PolicySpec, string> = new Map();
  #policies: readonly PolicySpec[];

  /** @param unhealthy signals taken for unhealthy; read when asked */
  constructor(spec: WorldSpec, provider: number, unhealthy: ReadonlySet<number>) {
    this.#policies = spec.policies.filter((policy) => policy.provider === provider);
    this.surroundings = {
      spec,
      provider,
      healthy: (ref) => ref === undefined || !unhealthy.has(signalOf(spec, ref)),
      policyAt: (name, type) => this.#policies.find((policy) => policy.name === name && policy.type === type),
    };
  }

  get policies(): readonly PolicySpec[] {
    return this.#policies;
  }

  /** Takes a policy in place of that of the same name and type. */
  put(policy: PolicySpec, label: string): void {
    const isOther = ({ name, type }: PolicySpec): boolean => name !== policy.name || type !== policy.type;
    const at = this.#policies.findIndex((one) => !isOther(one));
    this.#policies = at < 0 ? [...this.#policies, policy] : this.#policies.with(at, policy);
    this.since.set(policy, label);
  }

  /** Whether both hold the same policies. */
  equals({ policies }: PolicyBook): boolean {
    return (
      policies.length === this.#policies.length && policies.every((one, at) => one === this.#policies[at])
    );
  }
}
