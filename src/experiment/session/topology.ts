/**
 * The parts of a world and who talks to whom, as a picture needs it: client populations, recursive resolvers, the
 * name servers of root, top-level domains and providers, endpoints, health checkers.
 *
 * Many servers of one operator are one part, and so are all instances of a resolver. Not shown: sites of anycast
 * servers, which names a resolver forwards, the path a single query takes.
 */
import { iterates, upstreamsOf } from '../../model/chains.ts';
import type { PolicySpec, ProviderSpec, WorldSpec } from '../../model/spec.ts';

export type PartKind =
  | 'clients'
  | 'resolver'
  | 'root'
  | 'tld'
  | 'provider'
  | 'server'
  | 'endpoint'
  | 'checker';

export interface Part {
  /** Unique in its world: `resolver isp`, `server ns1.main-dns.net`. */
  readonly id: string;
  readonly kind: PartKind;
  readonly name: string;
  /** One short line: how many, what address. */
  readonly detail: string;
  /** How a timeline entry names it; absent where faults cannot be aimed at it. */
  readonly target?: string;
  /** For servers: the id of their provider. */
  readonly within?: string;
  /** Index into the list of the spec that its kind stands for (for servers: of their provider). */
  readonly index: number;
  /** For servers: index into the servers of their provider. */
  readonly server?: number;
}

/** `asks`: DNS queries. `uses`: requests to endpoints. `checks`: probes. `tells`: verdicts. `names`: what the answer says. */
export type LinkKind = 'asks' | 'uses' | 'checks' | 'tells' | 'names';

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
}

export interface Topology {
  readonly parts: readonly Part[];
  readonly links: readonly Link[];
}

/** More servers than this of one provider are not shown one by one. */
export const MOST_SERVERS = 4;

export function topologyOf(spec: WorldSpec): Topology {
  const parts = [
    ...spec.populations.map(clientsPart),
    ...spec.resolvers.map(resolverPart),
    ...spec.providers.flatMap(providerParts),
    ...spec.endpoints.map(endpointPart),
    ...spec.endpoints.flatMap(checkerParts),
  ];
  return { parts, links: linksOf(spec) };
}

function clientsPart({ name, count }: WorldSpec['populations'][number], index: number): Part {
  return { id: `clients ${name}`, kind: 'clients', name, detail: counted(count, 'client'), index };
}

function resolverPart({ name, count, fragments }: WorldSpec['resolvers'][number], index: number): Part {
  const detail = counted(count * fragments, 'cache');
  const id = `resolver ${name}`;
  return { id, kind: 'resolver', name, detail, target: id, index };
}

/** The generated operators: `root`, and top-level domains by their name with a dot. */
function operatorKind({ name }: ProviderSpec): 'root' | 'tld' | 'provider' {
  if (name === 'root') return 'root';
  return name.endsWith('.') ? 'tld' : 'provider';
}

function providerParts(provider: ProviderSpec, index: number): readonly Part[] {
  const { name, servers } = provider;
  const kind = operatorKind(provider);
  const id = `provider ${name}`;
  const whole: Part = { id, kind, name, detail: counted(servers.length, 'server'), target: id, index };
  if (kind !== 'provider' || servers.length > MOST_SERVERS) return [whole];
  return [whole, ...servers.map((server, at) => serverPart(server, at, whole))];
}

function serverPart(server: ProviderSpec['servers'][number], at: number, { id, name, index }: Part): Part {
  const text = server.name.replace(/\.$/, '');
  return {
    id: `server ${name} ${text}`,
    kind: 'server',
    name: text,
    detail: server.addresses.join(', '),
    target: `server ${text}`,
    within: id,
    index,
    server: at,
  };
}

function endpointPart({ name, addresses }: WorldSpec['endpoints'][number], index: number): Part {
  const id = `endpoint ${name}`;
  return { id, kind: 'endpoint', name, detail: addresses.join(', '), target: id, index };
}

function checkerParts({ name, check }: WorldSpec['endpoints'][number], index: number): readonly Part[] {
  if (!check) return [];
  const detail = `${check.kind}, ${counted(check.regions.length, 'checker')}`;
  return [{ id: `checker ${name}`, kind: 'checker', name: `check of ${name}`, detail, index }];
}

function linksOf(spec: WorldSpec): readonly Link[] {
  const { populations, resolvers, providers, endpoints, policies } = spec;
  const asks = populations.flatMap(({ name, resolvers: choices }) =>
    [...new Set(choices.flatMap((choice) => choice.resolvers))].map((index) =>
      link(`clients ${name}`, `resolver ${resolvers[index]!.name}`, 'asks'),
    ),
  );
  const forwards = resolvers.flatMap(({ name }, index) =>
    upstreamsOf(resolvers, index).map((next) =>
      link(`resolver ${name}`, `resolver ${resolvers[next]!.name}`, 'asks'),
    ),
  );
  const authorities = resolvers
    .filter((resolver) => iterates(resolver.options))
    .flatMap(({ name }) =>
      providers.map((provider) => link(`resolver ${name}`, `provider ${provider.name}`, 'asks')),
    );
  const uses = populations.flatMap(({ name }) =>
    endpoints.map((endpoint) => link(`clients ${name}`, `endpoint ${endpoint.name}`, 'uses')),
  );
  const checks = endpoints.flatMap(({ name, check }, index) =>
    check ? [link(`checker ${name}`, `endpoint ${name}`, 'checks'), ...tellLinks(spec, index)] : [],
  );
  const names = policies.flatMap((policy) =>
    endpointsOf(policy).map((index) =>
      link(`provider ${providers[policy.provider]!.name}`, `endpoint ${endpoints[index]!.name}`, 'names'),
    ),
  );
  return unique([...asks, ...forwards, ...authorities, ...uses, ...checks, ...names]);
}

/** A checker tells the providers whose policies use its endpoint. */
function tellLinks({ endpoints, policies, providers }: WorldSpec, endpoint: number): readonly Link[] {
  return policies
    .filter((policy) => endpointsOf(policy).includes(endpoint))
    .map((policy) =>
      link(`checker ${endpoints[endpoint]!.name}`, `provider ${providers[policy.provider]!.name}`, 'tells'),
    );
}

function endpointsOf({ candidates }: PolicySpec): readonly number[] {
  const all = candidates.flatMap(({ data }) => (data.kind === 'endpoints' ? data.endpoints : []));
  return [...new Set(all)];
}

function link(from: string, to: string, kind: LinkKind): Link {
  return { from, to, kind };
}

function unique(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((one) => [`${one.kind} ${one.from} ${one.to}`, one])).values()];
}

function counted(count: number, noun: string): string {
  const digits = String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}
