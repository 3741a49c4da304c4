/**
 * PowerDNS Authoritative: managed planes for zones and generic policies, LUA and ALIAS records laid over them.
 * See README.md beside this file.
 */
import type { Micros } from '../../../../base/time.ts';
import type { Question } from '../../../../dns/data/message.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { RrType } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import { initialZones } from '../../managed/policy-names.ts';
import { ManagedProvider } from '../../managed/provider.ts';
import type {
  FailedAnswer,
  OperatorChange,
  PolicyAnswer,
  PolicyQuery,
  Provider,
  ProviderChange,
  ProviderContext,
} from '../../provider.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { Asks } from './asks.ts';
import type { Setting } from './evaluation.ts';
import { LuaEdge } from './lua-edge.ts';
import { LuaHealth } from './lua-health.ts';
import { Outage } from './outage.ts';
import type { OwnState } from './own-state.ts';
import { processesOf } from './processes.ts';
import type { PowerDnsOptions } from './rule.ts';
import { OUTAGE, SWEEP } from './wake.ts';

/** @throws RangeError when the provider's specification has no options of PowerDNS */
export function createPowerDns(context: ProviderContext): Provider {
  return new PowerDns(context);
}

class PowerDns implements Provider {
  readonly #base: ManagedProvider;
  readonly #health: LuaHealth;
  readonly #outage: Outage;
  readonly #edge: LuaEdge;
  readonly #readsClientSubnet: boolean;
  #now: Micros = 0;

  constructor(context: ProviderContext) {
    const { spec, index } = context;
    const setting = settingOf(context);
    const zones = initialZones(spec, index);
    this.#readsClientSubnet = spec.providers[index]!.readsClientSubnet ?? true;
    const reveal = (change: ProviderChange): void => {
      context.reveal(change);
      if (change.kind === 'published') this.#health.zoneChanged(change.zone, change.data, this.#now);
    };
    this.#base = new ManagedProvider({ ...context, reveal }, { generic: GENERIC_LOGIC });
    const places = processesOf(spec.providers[index]!, spec);
    const asks = setting.options.checksFrom === 'first-query' ? new Asks(places.length) : undefined;
    this.#health = new LuaHealth(context, setting, zones, asks);
    this.#outage = new Outage(context, setting);
    this.#edge = new LuaEdge(setting, index, zones, asks);
  }

  submit(change: OperatorChange, label: string, now: Micros): void {
    this.#now = now;
    this.#base.submit(change, label, now);
  }

  hear(signal: number, healthy: boolean): void {
    this.#base.hear(signal, healthy);
  }

  planesChanged(now: Micros): void {
    this.#now = now;
    this.#base.planesChanged(now);
    this.#outage.planesChanged();
    this.#health.planesChanged(now);
  }

  woken(kind: number, a: number, now: Micros): void {
    this.#now = now;
    if (kind === OUTAGE) this.#outage.step(a);
    else if (kind >= SWEEP) this.#health.woken(kind, a, now);
    else this.#base.woken(kind, a);
  }

  apply(change: ProviderChange): void {
    this.#base.apply(change);
    if (change.kind === 'own') this.#edge.take(change.state as OwnState);
    if (change.kind === 'published') this.#edge.zoneChanged(change.zone, change.data);
  }

  get revision(): number {
    return this.#base.revision;
  }

  get published(): ReadonlyMap<number, Zone> {
    return this.#base.published;
  }

  get accepted(): ReadonlyMap<number, Zone> {
    return this.#base.accepted;
  }

  decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined {
    const told = this.#asTold(query);
    return this.#base.decide(name, type, told) ?? this.#edge.decide(name, type, told);
  }

  correct(name: Name, type: RrType, region: number, qname?: Name): readonly PolicyAnswer[] | undefined {
    return this.#base.correct(name, type, region) ?? this.#edge.possible(name, type, region, qname);
  }

  explain(name: Name, type: RrType, query: PolicyQuery): string | undefined {
    const told = this.#asTold(query);
    return this.#base.explain(name, type, told) ?? this.#edge.explain(name, type, told);
  }

  isScoped(name: Name, type: RrType): boolean {
    if (this.#base.isScoped(name, type)) return true;
    return this.#readsClientSubnet && this.#edge.isScoped(name, type);
  }

  failure(question: Question, query: PolicyQuery): FailedAnswer | undefined {
    return this.#edge.failure(question, query);
  }

  /** The query without what the servers do not read. */
  #asTold(query: PolicyQuery): PolicyQuery {
    const reads = this.#readsClientSubnet || query.clientRegion === undefined;
    return reads ? query : { ...query, clientRegion: undefined };
  }
}

function settingOf({ spec, index }: ProviderContext): Setting {
  const { name, options } = spec.providers[index]!;
  if (options?.kind !== 'powerdns') throw new RangeError(`the provider ${name} has no options of PowerDNS`);
  const endpoints = spec.endpoints.flatMap(({ addresses }, at) =>
    addresses.map((address) => [address, at] as const),
  );
  return { spec, options: options as PowerDnsOptions, endpoints: new Map(endpoints) };
}
