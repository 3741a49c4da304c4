/**
 * Everything above and beside the listed zones: root, top-level domains, the zones of generated server names,
 * and the delegations with glue that lead from one to the next.
 *
 * Not modelled: DNSSEC of the generated zones, registries' own name servers outside their domain, zones between
 * a top-level domain and a listed zone other than well-known ones (co.uk and its like).
 */
import type { Seconds } from '../../base/time.ts';
import { depth, isBelow, isSubdomain, labels, type Name, parent, ROOT } from '../../dns/data/name.ts';
import { NS } from '../../dns/data/rrtype.ts';
import { Zone } from '../../dns/zone/zone.ts';
import type { ProviderSpec } from '../../model/spec.ts';
import { topLevelDomains } from '../names.ts';
import { addressSets, nsSet, soa } from './records.ts';

/** A zone with what its parent says about it. */
export interface HostedZone {
  readonly zone: Zone;
  /** Indexes of the providers that serve it. */
  readonly providers: readonly number[];
  /** Name servers its parent names, and for how long. */
  readonly delegation: { readonly servers: readonly Name[]; readonly ttl: Seconds };
  /** Its provider makes up names that the zone does not hold. */
  readonly dynamic?: boolean;
  /** Indexes of the resolvers that see it; absent: public. */
  readonly audience?: readonly number[];
  /** Those ask the public servers for names it denies. */
  readonly redirects?: true;
}

/** Delegations in com. and net. live two days; the root's own NS set six. */
const TLD_TTL: Seconds = 172_800;
const ROOT_NS_TTL: Seconds = 518_400;
/** Negative answers of com. and net. live 15 minutes, those of the root a day. */
const TLD_NEGATIVE: Seconds = 900;
const ROOT_NEGATIVE: Seconds = 86_400;
const PROVIDER_ZONE_TTL: Seconds = 3600;
const PROVIDER_ZONE_NEGATIVE: Seconds = 300;

const ROOT_SERVERS_ZONE = 'root-servers.net.' as Name;
const SECOND_LEVEL = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org']);

/** The zone an organisation would register for a name: `example.com.`, `example.co.uk.`. */
function registeredDomain(name: Name): Name {
  const parts = labels(name);
  const [second, top] = parts.slice(-2);
  const wanted = parts.length > 2 && top!.length === 2 && SECOND_LEVEL.has(second!) ? 3 : 2;
  let domain = name;
  while (depth(domain) > wanted) domain = parent(domain)!;
  return domain;
}

/** Top-level domains to be generated for these names. net. is always among them: it leads to root-servers.net. */
export function neededTlds(names: readonly Name[], listed: readonly Name[]): Name[] {
  return topLevelDomains([...names, ROOT_SERVERS_ZONE]).filter((tld) => !listed.includes(tld));
}

/** Zones for servers whose names lie in no listed zone, each served by the providers of those servers. */
export function providerZones(providers: readonly ProviderSpec[], listed: readonly Name[]): HostedZone[] {
  const groups = new Map<Name, Set<number>>();
  for (const [index, { servers }] of providers.entries()) {
    for (const { name } of servers) {
      if (listed.some((origin) => isSubdomain(name, origin))) continue;
      const domain = registeredDomain(name);
      groups.set(domain, (groups.get(domain) ?? new Set()).add(index));
    }
  }
  return [...groups].map(([origin, members]) => providerZone(origin, [...members], providers));
}

function providerZone(
  origin: Name,
  members: readonly number[],
  providers: readonly ProviderSpec[],
): HostedZone {
  const servers = members.flatMap((index) => providers[index]!.servers);
  const names = servers.map(({ name }) => name);
  const hosts = servers.filter(({ name }) => isSubdomain(name, origin));
  const zone = Zone.of(origin, [
    soa(origin, PROVIDER_ZONE_TTL, names[0]!, PROVIDER_ZONE_NEGATIVE),
    nsSet(origin, TLD_TTL, names),
    ...hosts.flatMap(({ name, addresses }) => addressSets(name, TLD_TTL, addresses)),
  ]);
  return { zone, providers: members, delegation: { servers: names, ttl: TLD_TTL } };
}

/** The zones of the top-level domains, of root-servers.net and of the root, without delegations yet. */
export function registryZones(tlds: readonly Name[], providers: readonly ProviderSpec[]): HostedZone[] {
  const root = providers.length - 1;
  const rootServers = providers[root]!.servers;
  const rootNames = rootServers.map(({ name }) => name);
  const rootHosts = rootServers.flatMap(({ name, addresses }) => addressSets(name, ROOT_NS_TTL, addresses));
  const tldZones = tlds.map((tld) => {
    const index = providers.findIndex(({ name }) => name === tld);
    return tldZone(tld, index, providers[index]!);
  });
  const rootServersZone = Zone.of(ROOT_SERVERS_ZONE, [
    soa(ROOT_SERVERS_ZONE, PROVIDER_ZONE_TTL, rootNames[0]!, PROVIDER_ZONE_NEGATIVE),
    nsSet(ROOT_SERVERS_ZONE, ROOT_NS_TTL, rootNames),
    ...rootHosts,
  ]);
  const rootZone = Zone.of(ROOT, [
    soa(ROOT, ROOT_NEGATIVE, rootNames[0]!, ROOT_NEGATIVE),
    nsSet(ROOT, ROOT_NS_TTL, rootNames),
    ...rootHosts,
  ]);
  const delegation = { servers: rootNames, ttl: TLD_TTL };
  return [
    ...tldZones,
    { zone: rootServersZone, providers: [root], delegation },
    { zone: rootZone, providers: [root], delegation },
  ];
}

function tldZone(tld: Name, index: number, { servers }: ProviderSpec): HostedZone {
  const names = servers.map(({ name }) => name);
  const zone = Zone.of(tld, [
    soa(tld, TLD_NEGATIVE, names[0]!, TLD_NEGATIVE),
    nsSet(tld, TLD_TTL, names),
    ...servers.flatMap(({ name, addresses }) => addressSets(name, TLD_TTL, addresses)),
  ]);
  return { zone, providers: [index], delegation: { servers: names, ttl: TLD_TTL } };
}

/** Origin of the closest zone above. @param origins every zone there is, the root included */
export function parentZone(origin: Name, origins: readonly Name[]): Name {
  const above = origins.filter((candidate) => isBelow(origin, candidate));
  return above.reduce((best, candidate) => (candidate.length > best.length ? candidate : best), ROOT);
}

/** Adds to every zone the delegations of those below it, with in-domain glue, where it does not have them. */
export function withDelegations(
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
): HostedZone[] {
  const byOrigin = new Map(zones.map((hosted) => [hosted.zone.origin, hosted]));
  const hosts = new Map(
    providers.flatMap(({ servers }) => servers.map((server) => [server.name, server.addresses])),
  );
  for (const { zone, delegation } of zones) {
    if (zone.origin === ROOT) continue;
    const above = byOrigin.get(parentZone(zone.origin, [...byOrigin.keys()]))!;
    const added = delegate(above.zone, zone.origin, delegation, hosts);
    byOrigin.set(above.zone.origin, { ...above, zone: added });
  }
  return zones.map(({ zone }) => byOrigin.get(zone.origin)!);
}

/** The parent zone with NS set and glue of a child, unless it has an NS set of its own for it. */
function delegate(
  above: Zone,
  child: Name,
  { servers, ttl }: HostedZone['delegation'],
  hosts: ReadonlyMap<Name, readonly string[]>,
): Zone {
  if (above.get(child, NS)) return above;
  return above.with(nsSet(child, ttl, servers), ...glue(child, servers, ttl, hosts));
}

/** Addresses of the servers at or below the child: without them nobody could reach it (RFC 9471). */
export function glue(
  child: Name,
  servers: readonly Name[],
  ttl: Seconds,
  hosts: ReadonlyMap<Name, readonly string[]>,
): ReturnType<typeof addressSets> {
  const inside = servers.filter((server) => isSubdomain(server, child));
  return inside.flatMap((server) => addressSets(server, ttl, hosts.get(server) ?? []));
}
