/**
 * A managed provider: the three planes that most kinds share, with the logic of its policies put in.
 *
 * A kind that differs from others only in how its policies decide is this class with logic of its own; a kind
 * whose planes differ writes its own `Provider` from the parts beside this file.
 */
import type { Micros } from '../../../base/time.ts';
import type { Name } from '../../../dns/data/name.ts';
import type { RrType } from '../../../dns/data/rrtype.ts';
import type { Zone } from '../../../dns/zone/zone.ts';
import type { Decider, LogicByRule } from '../policy-logic.ts';
import type {
  OperatorChange,
  PolicyAnswer,
  PolicyQuery,
  Provider,
  ProviderChange,
  ProviderContext,
} from '../provider.ts';
import { ControlPlane, type Published } from './control-plane.ts';
import { Edge } from './edge.ts';
import { HealthPlane } from './health-plane.ts';
import { logicOf } from './logic-of.ts';
import { initialZones } from './policy-names.ts';
import { ACCEPT, PUBLISH } from './wake.ts';

export class ManagedProvider implements Provider {
  readonly #control: ControlPlane;
  readonly #health: HealthPlane;
  readonly #edge: Edge;
  readonly #readsClientSubnet: boolean;

  /**
   * @param logics by kind of rule; every policy of the provider must find its own
   * @param atEdge the same for the edge, where logics see more than health and planes may be ahead of the edge
   */
  constructor(context: ProviderContext, logics: LogicByRule, atEdge: LogicByRule = logics) {
    const { spec, index } = context;
    const zones = initialZones(spec, index, (policy) => logicOf(logics, policy).isOff?.(policy) ?? false);
    this.#readsClientSubnet = spec.providers[index]!.readsClientSubnet ?? true;
    this.#control = new ControlPlane(context, zones, {
      carries: (change) => this.carries(change),
      arrived: (published) => this.#arrived(context, published),
    });
    this.#health = new HealthPlane(context, logics);
    this.#edge = new Edge(spec, index, zones, atEdge);
  }

  submit(change: OperatorChange, label: string, now: Micros): void {
    this.#control.submit({ change, label }, now);
  }

  hear(signal: number, healthy: boolean): void {
    this.#health.hear(signal, healthy);
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

  decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined {
    if (query.clientRegion === undefined || this.#readsClientSubnet) {
      return this.#edge.decide(name, type, query);
    }
    return this.#edge.decide(name, type, { ...query, clientRegion: undefined });
  }

  correct(name: Name, type: RrType, region: number): readonly PolicyAnswer[] | undefined {
    return this.#edge.possible(name, type, region);
  }

  explain(name: Name, type: RrType, { region, clientRegion }: PolicyQuery): string | undefined {
    return this.#edge.explain(name, type, this.#readsClientSubnet ? (clientRegion ?? region) : region);
  }

  #arrived(context: ProviderContext, published: Published): void {
    if (published.kind === 'policy') this.#health.policyChanged(published.policy, published.label);
    else if (published.kind === 'setting' && published.setting.kind === 'check') {
      context.setCheck(published.setting);
    }
  }

  /** Whether the kind carries an accepted change on by itself, in a way of its own. */
  protected carries(_change: OperatorChange): boolean {
    return false;
  }

  /** Lets the planes make a change that policies look at, and tells what they choose otherwise afterwards. */
  protected reconsider(change: () => void): void {
    this.#health.reconsider(change);
  }

  /** Prepares policies at the edge anew, after something other than health has changed. */
  protected prepareAnew(): void {
    this.#edge.prepareAnew();
  }

  /** The policy of a name and type as the edge has it. */
  protected decider(name: Name, type: RrType): Decider | undefined {
    return this.#edge.decider(name, type);
  }

  isScoped(name: Name, type: RrType): boolean {
    return this.#readsClientSubnet && this.#edge.isScoped(name, type);
  }
}
