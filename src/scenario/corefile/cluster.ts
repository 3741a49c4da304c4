/**
 * What the kubernetes plugin of CoreDNS makes of services and pods: zones with their records, reverse zones too
 * (Kubernetes DNS-Based Service Discovery 1.1.0; CoreDNS 1.14 plugin/kubernetes/README.md).
 *
 * Not modelled: the port and protocol wildcards of SRV, endpoints that are not ready, several clusters.
 */

import { reverseName } from '../../dns/corefile/keys.ts';
import type { Corefile, KubernetesPlugin } from '../../dns/corefile/plugins.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { parseRRsets } from '../../dns/data/presentation.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { Zone } from '../../dns/zone/zone.ts';

/** One service, as a scenario lists it. */
export interface ServiceDoc {
  /** Cluster addresses. */
  readonly address?: readonly string[];
  /** Addresses of its pods, by which a headless service answers. */
  readonly pods?: readonly string[];
  /** A headless service has no address of its own. */
  readonly headless?: boolean;
  /** A name outside instead of addresses (ExternalName). */
  readonly external?: Name;
  /** Ports by name. */
  readonly ports?: Readonly<Record<string, number>>;
}

/** By `namespace/name`. */
export type ServicesDoc = Readonly<Record<string, ServiceDoc>>;

/** Every zone of every kubernetes statement of a Corefile. */
export function clusterZones({ blocks }: Corefile, services: ServicesDoc): ReadonlyMap<Name, Zone> {
  const plugins = blocks.flatMap((block) => block.plugins.filter((one) => one.plugin === 'kubernetes'));
  const zones = plugins.flatMap((plugin) => plugin.zones.map((zone) => ({ plugin, zone })));
  const forward = zones.find(({ zone }) => !isReverse(zone))?.zone;
  return new Map(
    zones.map(({ plugin, zone }) => [zone, clusterZone(plugin, zone, forward ?? zone, services)]),
  );
}

function isReverse(zone: Name): boolean {
  return isSubdomain(zone, 'in-addr.arpa.' as Name) || isSubdomain(zone, 'ip6.arpa.' as Name);
}

function clusterZone(plugin: KubernetesPlugin, zone: Name, forward: Name, services: ServicesDoc): Zone {
  const shown = Object.entries(services).flatMap(([key, doc]) => {
    const [namespace = '', name = ''] = key.split('/');
    return plugin.namespaces && !plugin.namespaces.includes(namespace) ? [] : [{ name, namespace, doc }];
  });
  const lines = isReverse(zone)
    ? shown.flatMap((service) => reverseLines(service, zone, forward))
    : [`dns-version.${zone} TXT "1.1.0"`, ...shown.flatMap((service) => serviceLines(service, zone, plugin))];
  return Zone.of(zone, records([...apexLines(zone, plugin.ttl), ...lines], plugin.ttl));
}

/** plugin/backend_lookup.go SOA(): the negative TTL is that of the records, at most 300 s. */
function apexLines(zone: Name, ttl: number): string[] {
  const least = Math.min(ttl, MOST_NEGATIVE);
  return [
    `${zone} SOA ns.dns.${zone} hostmaster.${zone} 1 7200 1800 86400 ${least}`,
    `${zone} NS ns.dns.${zone}`,
  ];
}

const MOST_NEGATIVE = 300;

interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly doc: ServiceDoc;
}

function serviceLines({ name, namespace, doc }: Service, zone: Name, plugin: KubernetesPlugin): string[] {
  const owner = `${name}.${namespace}.svc.${zone}`;
  const ports = Object.entries(doc.ports ?? {});
  if (doc.external !== undefined) return [`${owner} CNAME ${doc.external}`];
  if (!doc.headless) {
    const addresses = doc.address ?? [];
    // plugin/kubernetes: a service without ready endpoints still has its cluster address.
    if (plugin.ignoreEmptyService && doc.pods?.length === 0) return [];
    return [...addresses.map((one) => `${owner} ${typeOf(one)} ${one}`), ...srvLines(owner, owner, ports)];
  }
  const pods = plugin.noEndpoints ? [] : (doc.pods ?? []);
  return pods.flatMap((pod) => {
    const own = `${dashed(pod)}.${owner}`;
    return [`${owner} ${typeOf(pod)} ${pod}`, `${own} ${typeOf(pod)} ${pod}`, ...srvLines(owner, own, ports)];
  });
}

function srvLines(owner: string, target: string, ports: readonly (readonly [string, number])[]): string[] {
  return ports.map(([port, number]) => `_${port}._tcp.${owner} SRV 0 100 ${number} ${target}`);
}

function reverseLines({ name, namespace, doc }: Service, zone: Name, forward: Name): string[] {
  const owner = `${name}.${namespace}.svc.${forward}`;
  const own = (doc.address ?? []).map((address) => [address, owner] as const);
  const pods = (doc.pods ?? []).map(
    (pod) => [pod, doc.headless ? `${dashed(pod)}.${owner}` : owner] as const,
  );
  return [...own, ...pods].flatMap(([address, target]) => {
    const back = reverseName(address);
    return back && isSubdomain(back, zone) ? [`${back} PTR ${target}`] : [];
  });
}

function records(lines: readonly string[], ttl: number): RRset[] {
  const complete = lines.map((line) => line.replace(' ', ` ${ttl} IN `));
  return parseRRsets(complete.join('\n'));
}

function typeOf(address: string): 'A' | 'AAAA' {
  return address.includes(':') ? 'AAAA' : 'A';
}

function dashed(address: string): string {
  return address.replaceAll(/[.:]/g, '-');
}
