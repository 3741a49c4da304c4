/** The generic provider: no vendor's, with the behaviour most have in common. See README.md beside this file. */
import type { Micros } from '../../../../base/time.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { RrType } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { WorldSpec, ZoneChangeSpec } from '../../../spec.ts';
import type { PolicyAnswer, Provider, ProviderChange, ProviderContext } from '../../provider.ts';
import { ControlPlane } from './control-plane.ts';
import { Edge } from './edge.ts';
import { HealthPlane } from './health-plane.ts';
import { withPolicyNames } from './policy.ts';
import { ACCEPT, PUBLISH } from './wake.ts';

export class GenericProvider implements Provider {
  readonly #control: ControlPlane;
  readonly #health: HealthPlane;
  readonly #edge: Edge;

  constructor(context: ProviderContext) {
    const { spec, index } = context;
    const zones = initialZones(spec, index);
    this.#control = new ControlPlane(context, zones);
    this.#health = new HealthPlane(context);
    this.#edge = new Edge(spec, index, zones);
  }

  submit(zone: number, change: ZoneChangeSpec, label: string, now: Micros): void {
    this.#control.submit({ zone, change, label }, now);
  }

  hear(endpoint: number, healthy: boolean): void {
    this.#health.hear(endpoint, healthy);
  }

  planesChanged(now: Micros): void {
    this.#control.planeChanged(now);
    this.#health.planeChanged();
  }

  woken(kind: number, a: number): void {
    if (kind === ACCEPT) this.#control.accept();
    else if (kind === PUBLISH) this.#control.publish();
    else this.#health.update(a);
  }

  apply(change: ProviderChange): void {
    this.#edge.apply(change);
  }

  get revision(): number {
    return this.#edge.revision;
  }

  get published(): ReadonlyMap<number, Zone> {
    return this.#edge.published;
  }

  get accepted(): ReadonlyMap<number, Zone> {
    return this.#edge.accepted;
  }

  decide(name: Name, type: RrType): PolicyAnswer | undefined {
    return this.#edge.answer(name, type);
  }

  correct(name: Name, type: RrType): PolicyAnswer | undefined {
    return this.#edge.answer(name, type);
  }
}

/** The provider's zones by index, with the names of its policies in them. */
function initialZones({ zones, policies, endpoints }: WorldSpec, index: number): Map<number, Zone> {
  const own = zones.flatMap(({ providers, zone }, at) =>
    providers.includes(index) ? [[at, zone] as const] : [],
  );
  const run = policies.filter((policy) => policy.provider === index);
  const named = withPolicyNames(
    own.map(([, zone]) => zone),
    run,
    endpoints,
  );
  return new Map(own.map(([at], position) => [at, named[position]!]));
}
