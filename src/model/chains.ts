/**
 * Chains of resolvers: who forwards to whom, and which instances of each service stand behind one instance of
 * the last.
 *
 * The main upstream of a service is the first one its rule for the root names; following it leads to the last
 * resolver of the chain, which iterates. Instances are spread evenly: number j of F forwarders forwards to
 * number ⌊j·U/F⌋ of the U instances of its main upstream. All other upstreams (second in a list, or of single
 * zones) are instances of the cell alone, as fall-back resolvers of clients are: their caches are not warmed by
 * the clients of other cells, so fail-over between upstreams starts colder than in reality.
 */
import { type Name, parent, ROOT } from '../dns/data/name.ts';
import type { ResolverOptions } from '../dns/resolve/options.ts';
import type { ResolverSpec } from './spec.ts';

/** The address under which forwarders know a resolver service. No address of a host begins like this. */
export function serviceAddress(name: string): string {
  return `@${name}`;
}

/** Indexes of the services a service forwards to, each once, in the order of its rules. */
export function upstreamsOf(resolvers: readonly ResolverSpec[], service: number): readonly number[] {
  const addresses = resolvers[service]!.options.configuredZones.flatMap((rule) =>
    rule.mode === 'forward' ? rule.addresses : [],
  );
  const services = addresses.map((address) => serviceAt(resolvers, address));
  return [...new Set(services)].filter((index) => index >= 0);
}

/** Index of the service that most of its questions are forwarded to; undefined when it iterates. */
function mainUpstreamOf(resolvers: readonly ResolverSpec[], service: number): number | undefined {
  const rule = resolvers[service]!.options.configuredZones.find(
    ({ zone, mode }) => mode === 'forward' && zone === ROOT,
  );
  const index = rule === undefined ? -1 : serviceAt(resolvers, rule.addresses[0]!);
  return index < 0 ? undefined : index;
}

/** Whether a resolver asks authoritative servers for any name. */
export function iterates({ configuredZones }: ResolverOptions): boolean {
  const root = configuredZones.find(({ zone, mode }) => zone === ROOT && mode === 'forward');
  return root === undefined || root.fallback || configuredZones.some(({ mode }) => mode !== 'forward');
}

/** The address of the first upstream that questions for a name are forwarded to; undefined: it resolves them. */
export function upstreamFor({ configuredZones }: ResolverOptions, name: Name): string | undefined {
  for (let zone: Name | undefined = name; zone !== undefined; zone = parent(zone)) {
    const rule = configuredZones.find((one) => one.zone === zone);
    if (rule) return rule.mode === 'forward' ? rule.addresses[0] : undefined;
  }
  return undefined;
}

function serviceAt(resolvers: readonly ResolverSpec[], address: string): number {
  return resolvers.findIndex(({ name }) => serviceAddress(name) === address);
}

/** The last resolver of the chain that begins with a service: itself when it iterates. */
export function lastOf(resolvers: readonly ResolverSpec[], service: number): number {
  const next = mainUpstreamOf(resolvers, service);
  return next === undefined ? service : lastOf(resolvers, next);
}

/** Whether the service forwards, or is forwarded to. */
export function isChained(resolvers: readonly ResolverSpec[], service: number): boolean {
  if (upstreamsOf(resolvers, service).length > 0) return true;
  return resolvers.some((_, other) => upstreamsOf(resolvers, other).includes(service));
}

/** A service and everything it forwards to, directly or through others; itself first. */
export function chainOf(resolvers: readonly ResolverSpec[], service: number): readonly number[] {
  const found = [service];
  for (const one of found) {
    for (const next of upstreamsOf(resolvers, one)) if (!found.includes(next)) found.push(next);
  }
  return found;
}

/** All services, each before those it forwards to; otherwise in the order of the list. */
export function nearestFirst(resolvers: readonly ResolverSpec[]): readonly number[] {
  const depths = resolvers.map(() => 0);
  for (const [index] of resolvers.entries()) {
    for (const further of chainOf(resolvers, index)) {
      for (const next of upstreamsOf(resolvers, further)) {
        if (next !== index) depths[next] = Math.max(depths[next]!, depths[further]! + 1);
      }
    }
  }
  return [...depths.keys()].sort((a, b) => depths[a]! - depths[b]! || a - b);
}

/**
 * The first instance of a service that stands behind instance `last` (or a later one) of the last resolver of
 * its chain; that many stand behind the instances before.
 */
export function firstBehind(resolvers: readonly ResolverSpec[], service: number, last: number): number {
  const next = mainUpstreamOf(resolvers, service);
  if (next === undefined) return last;
  const { count } = resolvers[service]!;
  return Math.ceil((firstBehind(resolvers, next, last) * count) / resolvers[next]!.count);
}
