/**
 * Who asks, as a record sees it: an address, and where it is.
 *
 * The model has regions and resolvers, not addresses. A resolver's address is taken from the first network of its
 * region, another for every instance; a client whose subnet is sent stands for all of its region.
 */
import { formatAddress } from '../../../../base/address.ts';
import type { PlaceSpec, WorldSpec } from '../../../spec.ts';
import type { PolicyQuery } from '../../provider.ts';
import { hash32 } from '../../steering/hash.ts';
import { parsePrefix } from '../../steering/networks.ts';
import { placeOf } from '../../steering/places.ts';

export interface Client {
  /** Address of the resolver. */
  readonly who: string;
  /** The client's network, where the resolver sends it and the server reads it. */
  readonly subnet?: { readonly address: string; readonly length: number };
  /** What decisions go by: the network's address, else the resolver's. */
  readonly best: string;
  readonly place: PlaceSpec | undefined;
}

/** The client behind a query. */
export function clientOf(spec: WorldSpec, query: PolicyQuery): Client {
  const { region, clientRegion, service = 0, instance = 0 } = query;
  const who = hostIn(networkOf(spec, region), `${service} ${instance}`);
  if (clientRegion === undefined) return { who, best: who, place: placeOf(spec, region) };
  const subnet = subnetOf(networkOf(spec, clientRegion));
  return { who, subnet, best: subnet.address, place: placeOf(spec, clientRegion) };
}

/** Any client of a region. */
export function someClient(spec: WorldSpec, region: number): Client {
  const who = hostIn(networkOf(spec, region), '');
  return { who, best: who, place: placeOf(spec, region) };
}

function networkOf(spec: WorldSpec, region: number): string {
  return placeOf(spec, region)?.networks[0] ?? `10.${region % 256}.0.0/16`;
}

/** A host of the network, always the same for the same words. */
function hostIn(network: string, words: string): string {
  const { octets, length } = parsePrefix(network)!;
  const hash = hash32(words);
  const host = octets.map((octet, at) => {
    const free = Math.min(8, Math.max(0, (at + 1) * 8 - length));
    const fromEnd = octets.length - 1 - at;
    const noise = fromEnd < 4 ? (hash >>> (8 * fromEnd)) & 0xff : 0;
    return octet | (noise & (2 ** free - 1));
  });
  return formatAddress(host)!;
}

/** Resolvers send 24 bits of an IPv4 address and 56 of an IPv6 address (RFC 7871 §11.1). */
function subnetOf(network: string): { address: string; length: number } {
  const { octets, length } = parsePrefix(network)!;
  return { address: formatAddress(octets)!, length: Math.max(length, octets.length === 4 ? 24 : 56) };
}
