/**
 * A provider's proxy as clients see it: addresses that answer everywhere, and requests that go on from there to
 * endpoints that the provider chooses.
 *
 * A client reaches the nearest site of the provider's servers (anycast; a site in a dead region keeps its clients). A
 * request fails with an HTTP error when the proxy itself fails, when no endpoint on its way takes the connection, or
 * when the endpoint that does fails it. All of that is one chance per request.
 *
 * Not modelled: what the proxy has cached and serves by itself, so origins look more needed than they are; how long it
 * waits for an origin; its memory of an origin's address (5 s at Cloudflare); affinity of a client to an endpoint.
 */
import type { Network } from '../network/network.ts';
import type { EndpointState } from '../outside.ts';
import type { EndpointSpec, WorldSpec } from '../spec.ts';
import { seenByClients } from '../timeline/exposure.ts';
import type { FaultBoard } from '../timeline/fault-board.ts';

/** One way of requests: the endpoints (indexes) tried one after the other, and the share that goes this way. */
export interface RequestWay {
  /** Shares of all ways sum to 1; no ways at all: every request fails. */
  readonly share: number;
  readonly endpoints: readonly number[];
}

/** What the state of a proxy is worked out from. */
export interface ProxyParts {
  readonly spec: WorldSpec;
  readonly network: Network;
  readonly board: FaultBoard;
  /** Where the proxy sends requests that it takes in this region. */
  ways(proxy: NonNullable<EndpointSpec['proxy']>, region: number): readonly RequestWay[];
  /** An endpoint as seen from a region. */
  state(endpoint: number, region: number): EndpointState;
}

/** How the address of a proxy treats clients of a region. @param depth proxies on the way here */
export function proxyState(
  parts: ProxyParts,
  proxy: NonNullable<EndpointSpec['proxy']>,
  from: number,
  depth = 0,
): EndpointState {
  const { spec, network, board } = parts;
  const site = nearestSite(spec, proxy.provider, from);
  const plane = board.plane(proxy.provider, 'proxy');
  const link = seenByClients(board, plane, from, site);
  const behind = depth >= DEEPEST_PROXY ? 1 : failureOf(parts, parts.ways(proxy, site), site, depth);
  return {
    ...link,
    errors: 1 - (1 - plane.errors) * (1 - behind),
    proxied: true,
    roundTrip: network.median(from, site),
  };
}

/** Proxies behind proxies; deeper nests are loops, which are refused (HTTP 403 or 508). */
const DEEPEST_PROXY = 4;

function failureOf(parts: ProxyParts, ways: readonly RequestWay[], site: number, depth: number): number {
  if (ways.length === 0) return 1;
  const stateOf = (endpoint: number): EndpointState => {
    const { proxy } = parts.spec.endpoints[endpoint]!;
    return proxy ? proxyState(parts, proxy, site, depth + 1) : parts.state(endpoint, site);
  };
  const failure = ways.reduce((sum, { share, endpoints }) => sum + share * along(endpoints, stateOf), 0);
  // Shares are fractions: what is certain must not miss 1 by their rounding.
  return failure > 1 - ROUNDING ? 1 : failure < ROUNDING ? 0 : failure;
}

const ROUNDING = 1e-9;

/** Chance that a request fails on a way: the next endpoint is tried only where no connection comes about. */
function along(endpoints: readonly number[], stateOf: (endpoint: number) => EndpointState): number {
  const [first, ...rest] = endpoints;
  if (first === undefined) return 1;
  const { down, loss, errors } = stateOf(first);
  const unreached = down === 'none' ? loss : 1;
  const failed = unreached === 0 ? 0 : unreached * along(rest, stateOf);
  return failed + (1 - unreached) * errors;
}

/** The region of the provider's site nearest to a region, by median round trip. */
export function nearestSite({ providers, network }: WorldSpec, provider: number, from: number): number {
  const sites = providers[provider]!.servers.flatMap((server) => server.sites.map(({ region }) => region));
  const trip = network.roundTrip[from]!;
  return sites.reduce((best, site) => (trip[site]! < trip[best]! ? site : best), sites[0] ?? from);
}
