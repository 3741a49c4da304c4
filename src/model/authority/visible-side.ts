/**
 * What cells see of faults and of servers: a second fault board that moves only when changes are applied, and
 * the states derived from it, each computed when first asked for after a change.
 *
 * Loss that networks have without faults is part of the way to a server. It is no part of the states of
 * endpoints and resolvers: TCP repairs it, and the way from a stub to its resolver is short.
 */
import type { Question } from '../../dns/data/message.ts';
import type { Network } from '../network/network.ts';
import type { EndpointState, LinkState } from '../outside.ts';
import type { EndpointSpec, FaultSpec, WorldSpec } from '../spec.ts';
import { seenByClients, seenByStation } from '../timeline/exposure.ts';
import { FaultBoard } from '../timeline/fault-board.ts';
import { Elsewheres } from './elsewhere.ts';
import type { Provider, ProviderChange } from './provider.ts';
import { type ProxyParts, proxyState } from './proxy.ts';
import { ServerView } from './server.ts';
import { type ServerAddress, type Site, SiteDirectory } from './sites.ts';
import { Versioned } from './versioned.ts';

/** From a resolver's region to the site that answers it, and what lies between. */
export interface Way {
  readonly site: Site;
  readonly link: LinkState;
}

export class VisibleSide {
  readonly board: FaultBoard;
  readonly directory: SiteDirectory;

  readonly #spec: WorldSpec;
  readonly #network: Network;
  readonly #providers: readonly Provider[];
  readonly #copies: Map<number, Provider['published']> = new Map();
  readonly #endpoints: Versioned<EndpointState>;
  readonly #proxies: Versioned<EndpointState>;
  readonly #resolvers: Versioned<LinkState>;
  readonly #ways: Versioned<Way>;
  readonly #views: Versioned<ServerView>;
  readonly #elsewhere: Elsewheres;

  constructor(spec: WorldSpec, network: Network, providers: readonly Provider[]) {
    this.#spec = spec;
    this.#network = network;
    this.#providers = providers;
    this.board = new FaultBoard(spec.timeline);
    this.directory = new SiteDirectory(spec.providers);
    const regions = network.regionCount;
    const perRegion = <T>(compute: (row: number, region: number) => T): Versioned<T> =>
      new Versioned((key) => compute(Math.floor(key / regions), key % regions));
    this.#endpoints = perRegion((endpoint, region) => this.#makeEndpointState(endpoint, region));
    this.#proxies = perRegion((endpoint, region) =>
      proxyState(this.#proxyParts, this.#proxyOf(endpoint)!, region),
    );
    this.#resolvers = perRegion((resolver, region) => this.#makeResolverState(resolver, region));
    this.#ways = perRegion((address, region) => this.#makeWay(this.directory.addresses[address]!, region));
    this.#views = new Versioned((key) => this.#makeView(key));
    this.#elsewhere = new Elsewheres(spec, providers);
  }

  /** A fault's severity as the timeline changes it. A stale copy is taken at its beginning. */
  setSeverity(item: number, severity: number): void {
    const { effect, target } = this.#spec.timeline[item] as FaultSpec;
    if (effect.kind === 'stale-copy' && 'provider' in target) {
      if (severity === 0) this.#copies.delete(item);
      else if (!this.#copies.has(item)) this.#copies.set(item, this.#providers[target.provider]!.published);
    }
    this.board.set(item, severity);
  }

  /** What checks say before anything has happened. */
  showFirst(change: { readonly kind: string } | ProviderChange): void {
    if ('signal' in change || 'state' in change) this.#providers[change.provider]!.apply(change);
  }

  endpointState(endpoint: number, region: number): EndpointState {
    const key = endpoint * this.#network.regionCount + region;
    const proxy = this.#proxyOf(endpoint);
    if (proxy === undefined) return this.#endpoints.at(key, this.board.version);
    const ways = this.#providers.reduce((sum, { waysRevision = 0 }) => sum + waysRevision, 0);
    return this.#proxies.at(key, this.board.version + ways);
  }

  resolverState(resolver: number, region: number): LinkState {
    return this.#resolvers.at(resolver * this.#network.regionCount + region, this.board.version);
  }

  /** The site that a query from `region` to the address reaches. */
  way(address: ServerAddress, region: number): Way {
    return this.#ways.at(address.index * this.#network.regionCount + region, this.board.version);
  }

  /** What the site answers with to queries over an address family. */
  view(site: Site, family: 4 | 6): ServerView {
    const version = this.board.version + this.#providers[site.provider]!.revision;
    return this.#views.at(site.index * 2 + (family === 6 ? 1 : 0), version);
  }

  #proxyOf(endpoint: number): EndpointSpec['proxy'] {
    return this.#spec.endpoints[endpoint]!.proxy;
  }

  get #proxyParts(): ProxyParts {
    return {
      spec: this.#spec,
      network: this.#network,
      board: this.board,
      state: (endpoint, region) => this.endpointState(endpoint, region),
      ways: ({ provider, name }, region) => {
        // A policy that leaves the choice to chance stands for its first choice.
        const query = { region, siteRegion: region, server: 0, draw: () => 0 };
        const look = (question: Question) => this.#elsewhere.answer(question, query);
        return this.#providers[provider]!.ways?.(name, region, look) ?? [];
      },
    };
  }

  #makeEndpointState(endpoint: number, from: number): EndpointState {
    const { region } = this.#spec.endpoints[endpoint]!;
    const condition = this.board.endpoint(endpoint);
    const link = seenByClients(this.board, condition, from, region);
    return { ...link, errors: condition.errors, roundTrip: this.#network.median(from, region) };
  }

  #makeResolverState(resolver: number, from: number): LinkState {
    const { region } = this.#spec.resolvers[resolver]!;
    return seenByClients(this.board, this.board.resolver(resolver), from, region);
  }

  #makeWay({ sites, siteRegions, family }: ServerAddress, from: number): Way {
    const site = sites[this.#network.nearest(from, siteRegions)]!;
    const { provider, server } = site;
    const condition = this.board.site({ provider, server, site: site.site, family });
    const seen = seenByStation(this.board, condition, from, site.region);
    const loss = 1 - (1 - seen.loss) * (1 - this.#network.exchangeLoss);
    return { site, link: { ...seen, loss } };
  }

  #makeView(key: number): ServerView {
    const { provider, server, site } = this.directory.sites[key >> 1]!;
    const condition = this.board.site({ provider, server, site, family: (key & 1) === 1 ? 6 : 4 });
    return new ServerView(this.#providers[provider]!, condition, this.#copies, this.#elsewhere.answer);
  }
}
