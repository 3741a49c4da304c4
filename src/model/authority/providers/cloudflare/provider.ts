/** Cloudflare. See README.md beside this file. */
import type { Message, Question } from '../../../../dns/data/message.ts';
import type { Name } from '../../../../dns/data/name.ts';
import { makeRRset, type RRset } from '../../../../dns/data/rrset.ts';
import { A, AAAA, CNAME, type RrType } from '../../../../dns/data/rrtype.ts';
import type { EndpointSpec, PolicySpec, WorldSpec } from '../../../spec.ts';
import { followAlias } from '../../follow.ts';
import { ManagedProvider } from '../../managed/provider.ts';
import type { PolicyAnswer, PolicyQuery, Provider, ProviderChange, ProviderContext } from '../../provider.ts';
import type { RequestWay } from '../../proxy.ts';
import { familyOf } from '../../sites.ts';
import { candidateRdata } from '../../steering/offers.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { balancerLogic } from './balancer.ts';
import { type CloudflareOptions, PLAIN_OPTIONS, PROXIED_TTL } from './rule.ts';
import { evenWays } from './ways.ts';

export function createCloudflare(context: ProviderContext): Provider {
  return new Cloudflare(context, optionsOf(context));
}

function optionsOf({ spec, index }: ProviderContext): CloudflareOptions {
  const { options } = spec.providers[index]!;
  return options?.kind === 'cloudflare' ? (options as CloudflareOptions) : PLAIN_OPTIONS;
}

class Cloudflare extends ManagedProvider {
  /** Raised whenever requests at the proxy may go other ways. */
  waysRevision = 0;

  readonly #options: CloudflareOptions;
  readonly #endpointAt: ReadonlyMap<string, number>;
  readonly #policies: readonly PolicySpec[];
  readonly #spec: WorldSpec;
  /** The answers of names that are proxied, or may be in the course of the run, by type. */
  readonly #edgeSets: ReadonlyMap<Name, ReadonlyMap<RrType, RRset>>;
  /** Names proxied at the edge, and as the control plane has it. */
  readonly #proxied: Set<Name>;
  readonly #acceptedProxied: Set<Name>;

  constructor(context: ProviderContext, options: CloudflareOptions) {
    super(context, { generic: GENERIC_LOGIC, cloudflare: balancerLogic(options) });
    const { spec, index } = context;
    this.#options = options;
    this.#spec = spec;
    this.#policies = spec.policies.filter(({ provider }) => provider === index);
    this.#endpointAt = endpointsByAddress(spec);
    const own = spec.endpoints.flatMap(({ proxy, addresses }) =>
      proxy?.provider === index ? [{ ...proxy, sets: edgeSets(proxy.name, addresses) }] : [],
    );
    this.#edgeSets = new Map(own.map(({ name, sets }) => [name, sets]));
    this.#proxied = new Set(own.filter(({ isOff }) => !isOff).map(({ name }) => name));
    this.#acceptedProxied = new Set(this.#proxied);
  }

  override apply(change: ProviderChange): void {
    super.apply(change);
    if (change.kind === 'setting' && change.setting.kind === 'proxied') {
      const { name, proxied } = change.setting;
      const names = change.stage === 'accepted' ? this.#acceptedProxied : this.#proxied;
      if (proxied) names.add(name);
      else names.delete(name);
    }
    this.waysRevision++;
  }

  override decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined {
    return this.#record(name, type, this.#proxied) ?? super.decide(name, type, query);
  }

  override correct(name: Name, type: RrType, region: number): readonly PolicyAnswer[] | undefined {
    const own = this.#record(name, type, this.#acceptedProxied);
    return own === undefined ? super.correct(name, type, region) : [own];
  }

  override isScoped(name: Name, type: RrType): boolean {
    return !this.#proxied.has(name) && super.isScoped(name, type);
  }

  /** What stands for a proxied name or a flattened CNAME. */
  #record(name: Name, type: RrType, proxied: ReadonlySet<Name>): PolicyAnswer | undefined {
    if (type !== A && type !== AAAA && type !== CNAME) return undefined;
    if (proxied.has(name)) return this.#edgeSets.get(name)?.get(type) ?? 'absent';
    const target = this.#flattens(name) ? this.#cnameAt(name) : undefined;
    if (target === undefined) return undefined;
    return type === CNAME ? 'absent' : { alias: target };
  }

  #flattens(name: Name): boolean {
    return this.#options.flattensAll || this.#options.flattened.includes(name);
  }

  #cnameAt(name: Name): Name | undefined {
    const target = this.#recordAt(name, CNAME)?.rdata[0];
    return target?.kind === 'name' ? target.target : undefined;
  }

  #recordAt(name: Name, type: RrType): RRset | undefined {
    for (const zone of this.published.values()) {
      const found = zone.get(name, type);
      if (found) return found;
    }
    return undefined;
  }

  /** Balancers choose among pools; plain records are origins, one at random and another when it takes no connection. */
  ways(name: Name, region: number, look: (question: Question) => Message): readonly RequestWay[] {
    for (const type of [A, AAAA]) {
      const balanced = this.decider(name, type)?.ways?.(region);
      if (balanced) return balanced;
    }
    return evenWays(this.#originsOf(name, look));
  }

  #originsOf(name: Name, look: (question: Question) => Message): readonly number[] {
    const target = this.#aliasOf(name) ?? this.#cnameAt(name);
    const sets = [A, AAAA].map((type) => {
      const policy = this.#policies.find((one) => one.name === name && one.type === type);
      if (target !== undefined) return followAlias(name, type, { alias: target }, look);
      if (policy)
        return { rdata: policy.candidates.flatMap((one) => candidateRdata(one, type, this.#spec.endpoints)) };
      return this.#recordAt(name, type);
    });
    const rdata = sets.flatMap((set) => (typeof set === 'object' && 'rdata' in set ? set.rdata : []));
    const endpoints = rdata.flatMap((one) =>
      one.kind === 'address' ? (this.#endpointAt.get(one.address) ?? []) : [],
    );
    return [...new Set(endpoints)];
  }

  /** The target of a CNAME at the apex, which stands as a policy since a zone file cannot hold it. */
  #aliasOf(name: Name): Name | undefined {
    const data = this.#policies.find((one) => one.name === name)?.candidates[0]?.data;
    return data?.kind === 'alias' ? data.name : undefined;
  }
}

function endpointsByAddress({ endpoints }: WorldSpec): ReadonlyMap<string, number> {
  return new Map(
    endpoints.flatMap(({ addresses }, at) => addresses.map((address) => [address, at] as const)),
  );
}

function edgeSets(name: Name, addresses: EndpointSpec['addresses']): ReadonlyMap<RrType, RRset> {
  const setOf = (type: RrType, family: 4 | 6): (readonly [RrType, RRset])[] => {
    const own = addresses.filter((address) => familyOf(address) === family);
    const rdata = own.map((address) => ({ kind: 'address', address, text: address }) as const);
    return own.length === 0 ? [] : [[type, makeRRset(name, type, PROXIED_TTL, rdata)]];
  };
  return new Map([...setOf(A, 4), ...setOf(AAAA, 6)]);
}
