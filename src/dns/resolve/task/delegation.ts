/**
 * From a name to the servers to ask: the closest zone whose servers are known, and their addresses.
 */
import type { Micros } from '../../../base/time.ts';
import type { CacheEntry } from '../../cache/entry.ts';
import type { Name } from '../../data/name.ts';
import { isSubdomain, parent, ROOT } from '../../data/name.ts';
import type { AddressRdata, NameRdata } from '../../data/rdata.ts';
import type { RRset } from '../../data/rrset.ts';
import type { RrType } from '../../data/rrtype.ts';
import { A, AAAA, NS } from '../../data/rrtype.ts';
import type { ConfiguredZone, ResolverOptions } from '../options.ts';
import type { Core, Cut, Server, Unresolved } from '../state.ts';

/**
 * The closest zone at or above `name` with a way to its servers: configured, delegated in the cache, or the
 * root hints. A cached delegation without any usable or findable address is passed over, since only the
 * parent's glue can help there.
 * Forwarding comes before anything learnt: what a fallback left in the cache does not bypass it.
 * @param skipped configured zones that have failed already
 * @param leeway cached delegations that end within this time, microseconds, are passed over
 */
export function closestCut(core: Core, name: Name, skipped: readonly Name[], leeway: Micros = 0): Cut {
  const forward = closestForward(core, name, skipped);
  if (forward) return configuredCut(forward);
  for (let zone: Name | undefined = name; zone !== undefined; zone = parent(zone)) {
    const configured = core.options.configuredZones.find((one) => one.zone === zone);
    if (configured?.mode === 'stub' && !skipped.includes(zone)) return configuredCut(configured);
    const ns = core.delegations.exact(zone, NS, core.now + leeway);
    if (ns?.kind !== 'data') continue;
    const cut = cutOf(core, ns.rrset!, [], 'cache');
    if (cut.servers.length > 0 || (zone !== ROOT && hasOutsideServer(cut))) return cut;
  }
  return hintsCut(core.options);
}

/** The closest configured zone at or above `name`, where it is a forwarded one. */
function closestForward({ options }: Core, name: Name, skipped: readonly Name[]): ConfiguredZone | undefined {
  const { configuredZones } = options;
  if (!configuredZones.some(({ mode }) => mode === 'forward')) return undefined;
  for (let zone: Name | undefined = name; zone !== undefined; zone = parent(zone)) {
    const configured = configuredZones.find((one) => one.zone === zone && !skipped.includes(one.zone));
    if (configured) return configured.mode === 'forward' ? configured : undefined;
  }
  return undefined;
}

/** Whether a server with a name outside the zone is left to look up. */
function hasOutsideServer({ zone, unresolved }: Cut): boolean {
  return unresolved.some(({ name }) => !isSubdomain(name, zone));
}

/**
 * The cut an NS set describes. In-domain servers without glue are looked up only ahead of need or where nothing else
 * is left: the parent may yet know their addresses.
 * @param glue addresses from the same reply, for those the cache did not take
 */
export function cutOf(core: Core, ns: RRset, glue: readonly RRset[], origin: Cut['origin']): Cut {
  const servers: Server[] = [];
  const unaddressed: Name[] = [];
  const types = addressTypes(core.options);
  for (const rdata of ns.rdata) {
    const { target } = rdata as NameRdata;
    const sets = types.map((type) => addressSet(core, target, type, glue));
    for (const set of sets) addServers(core, servers, ns.name, target, set);
    if (sets.every((set) => set === undefined)) unaddressed.push(target);
  }
  const outside = unaddressed.filter((name) => !isSubdomain(name, ns.name));
  const ahead = core.options.upstream.addresses.when === 'ahead';
  const inside = servers.length > 0 && !ahead ? [] : unaddressed.filter((name) => isSubdomain(name, ns.name));
  const unresolved = [...outside, ...inside].flatMap((name) => missing(core, name, types));
  unresolved.sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type));
  return makeCut(ns.name, origin, servers, unresolved);
}

function makeCut(
  zone: Name,
  origin: Cut['origin'],
  servers: Server[],
  unresolved: Unresolved[] = [],
  fallback = false,
): Cut {
  const lookedUp = false;
  return {
    zone,
    origin,
    servers,
    unresolved,
    ahead: [],
    chosen: undefined,
    lookedUp,
    parentSide: false,
    fallback,
  };
}

/** Adds the addresses of one server to a cut. */
export function addServers(
  core: Core,
  servers: Server[],
  zone: Name,
  name: Name | undefined,
  set: RRset | undefined,
): void {
  for (const rdata of set?.rdata ?? []) {
    const { address } = rdata as AddressRdata;
    if (servers.some((server) => server.address === address)) continue;
    const lame = core.infra.isLame(address, zone, core.now);
    servers.push(makeServer(address, name, lame ? 'lame' : 'usable'));
  }
}

/**
 * Adds the servers and addresses that the last referral gave for a cut. The child may name others, which then rank
 * higher (RFC 2181 §5.4.1); when those are of no use, the parent's may be: Unbound's last resort, PowerDNS
 * Recursor's save-parent-ns-set.
 * @returns whether that gives anything new to ask or to look up
 */
export function addParentSide(core: Core, cut: Cut): boolean {
  const { zone, servers, unresolved } = cut;
  const before = servers.length + unresolved.length;
  const types = addressTypes(core.options);
  for (const name of parentNames(core, cut)) {
    const isNew = !servers.some((server) => server.name === name);
    for (const type of types) {
      addServers(core, servers, zone, name, core.parentSide.exact(name, type, core.now)?.rrset);
      if (isNew) addServers(core, servers, zone, name, addressSet(core, name, type, []));
    }
    const isKnown = servers.some((server) => server.name === name);
    if (!isKnown && !isSubdomain(name, zone)) unresolved.push(...missing(core, name, types));
  }
  cut.parentSide = true;
  return servers.length + unresolved.length > before;
}

function parentNames(core: Core, { zone, servers }: Cut): Name[] {
  const ns = core.parentSide.exact(zone, NS, core.now)?.rrset;
  const names = ns
    ? ns.rdata.map((rdata) => (rdata as NameRdata).target)
    : servers.flatMap(({ name }) => name ?? []);
  return [...new Set(names)];
}

/** Address types in use, the preferred family first. */
export function addressTypes(options: ResolverOptions): readonly RrType[] {
  const types = [...(options.useIpv4 ? [A] : []), ...(options.useIpv6 ? [AAAA] : [])];
  return options.preferIpv6 ? types.reverse() : types;
}

function addressSet(core: Core, name: Name, type: RrType, glue: readonly RRset[]): RRset | undefined {
  const cached = core.delegations.exact(name, type, core.now) ?? core.cache.exact(name, type, core.now);
  if (cached?.kind === 'data') return cached.rrset;
  return glue.find((set) => set.name === name && set.type === type);
}

/** The look-ups that could still find the server: not those the cache already knows to be vain. */
function missing(core: Core, name: Name, types: readonly RrType[]): Unresolved[] {
  return types
    .filter((type) => !isNegative(core.cache.answer(name, type, core.now)))
    .filter((type) => !core.failures.holds(name, type, core.now))
    .map((type) => ({ name, type }));
}

function isNegative(entry: CacheEntry | undefined): boolean {
  return entry !== undefined && entry.kind !== 'data';
}

function configuredCut({ zone, mode, addresses, fallback, bounds }: ConfiguredZone): Cut {
  const servers = addresses.map((address) => makeServer(address, undefined, 'usable'));
  const cut = makeCut(zone, mode === 'forward' ? 'forward' : 'stub', servers, [], fallback);
  return bounds === undefined ? cut : { ...cut, bounds };
}

function hintsCut(options: ResolverOptions): Cut {
  const servers = Object.entries(options.rootHints).flatMap(([name, addresses]) =>
    addresses
      .filter((address) => inUse(address, options))
      .map((one) => makeServer(one, name as Name, 'usable')),
  );
  return makeCut(ROOT, 'hints', servers);
}

function inUse(address: string, options: ResolverOptions): boolean {
  return address.includes(':') ? options.useIpv6 : options.useIpv4;
}

function makeServer(address: string, name: Name | undefined, state: Server['state']): Server {
  return {
    address,
    name,
    state,
    transport: 'udp',
    sends: 0,
    tries: 0,
    errors: 0,
    timeouts: 0,
    checkedFor: undefined,
    isThrottled: false,
    isBypassed: false,
  };
}
