/** The listed zones with their providers, name servers and delegations. */
import { suggest } from '../../base/suggest.ts';
import { isSubdomain, labels, type Name } from '../../dns/data/name.ts';
import { A, AAAA, NS } from '../../dns/data/rrtype.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { ProviderSpec } from '../../model/spec.ts';
import { DEFAULTS, IMPLIED } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { nameKind, textKind, ttlKind } from '../kinds.ts';
import { type PrivateDoc, RESOLUTION_POLICY, RESOLUTION_POLICY_KIND } from '../schema/zones.ts';
import type { Draft } from './draft.ts';
import { type HostedZone, neededTlds, providerZones, registryZones, withDelegations } from './hierarchy.ts';
import { addressSets } from './records.ts';
import type { ReadZone } from './zone-text.ts';

/** The listed zones, each with name servers that its providers run. Delegations are not in them yet. */
export function listedZones(draft: Draft, providers: readonly ProviderSpec[]): HostedZone[] {
  return draft.zones.map((read) => listedZone(draft, providers, read));
}

function listedZone(draft: Draft, providers: readonly ProviderSpec[], read: ReadZone): HostedZone {
  const { ledger } = draft;
  const path = ['zones', read.index];
  const doc = draft.doc.zones[read.index]!;
  const { zone } = read;
  ledger.derive([...path, 'name'], doc.name, nameKind, zone.origin, 'the name of the file');
  for (const what of read.filledIn) {
    const why = 'filled in: the records have none';
    const type = what === 'SOA' ? zone.soa() : zone.get(zone.origin, NS);
    ledger.note([...path, what], type?.rdata.map(({ text }) => text).join(', ') ?? '', {
      kind: 'derived',
      why,
    });
  }
  const serving = providerIndexes(draft, providers, doc.providers, [...path, 'providers']);
  const named = doc.delegation?.providers
    ? providerIndexes(draft, providers, doc.delegation.providers, [...path, 'delegation', 'providers'])
    : serving;
  const ttl = ledger.settle(
    [...path, 'delegation', 'ttl'],
    doc.delegation?.ttl,
    ttlKind,
    DEFAULTS.delegationTtl,
  );
  const servers = delegatedServers(draft, zone, named, serving, providers, path);
  ledger.note([...path, 'delegation', 'servers'], servers.join(', '), {
    kind: 'derived',
    why: 'the NS set of the zone',
  });
  const audience = doc.private && audienceOf(draft, zone.origin, doc.private, [...path, 'private']);
  const hosted = { zone: withServerAddresses(zone, providers), providers: serving };
  return { ...hosted, delegation: { servers, ttl }, ...audience };
}

/** Who sees a private copy, and what becomes of names that it denies. */
function audienceOf(
  { doc, ledger, issues }: Draft,
  origin: Name,
  { resolvers, 'resolution-policy': written }: PrivateDoc,
  path: Path,
): Pick<HostedZone, 'audience' | 'redirects'> {
  const all = Object.keys(doc.resolvers ?? { [IMPLIED.resolver]: {} });
  const at = [...path, 'resolution-policy'];
  const policy = ledger.settle(at, written, RESOLUTION_POLICY_KIND, RESOLUTION_POLICY);
  const audience = resolvers.map((name) => all.indexOf(name));
  if (policy === 'default') return { audience };
  if (!labels(origin).includes('privatelink')) {
    const message = `Azure redirects what zones of Private Link deny, and ${origin} is none`;
    const hint = 'their names begin with privatelink';
    issues.add(at, 'scenario-redirect', message, { hint, severity: 'warning' });
  }
  return { audience, redirects: true };
}

function providerIndexes(
  { ledger }: Draft,
  providers: readonly ProviderSpec[],
  names: readonly string[] | undefined,
  path: readonly (string | number)[],
): number[] {
  const all = providers.map(({ name }) => name);
  const listed = ledger.derive(path, names?.join(', '), textKind, all.join(', '), 'all providers');
  return (names ?? listed.split(', ')).map((name) => all.indexOf(name));
}

/** The servers of the zone's own NS set that belong to the providers it is delegated to. */
function delegatedServers(
  draft: Draft,
  zone: Zone,
  named: readonly number[],
  serving: readonly number[],
  providers: readonly ProviderSpec[],
  path: readonly (string | number)[],
): Name[] {
  const targets = nsTargets(zone);
  const ofServing = serverNames(serving, providers);
  for (const target of targets.filter((name) => !ofServing.includes(name))) {
    const message = `the name server ${target} of ${zone.origin} belongs to no provider of the zone`;
    const near = suggest(target, ofServing);
    const listing = `list it as a server of a provider, or use ${ofServing.join(', ')}`;
    const hint = near === undefined ? listing : `did you mean '${near}'?`;
    draft.issues.add(path, 'scenario-foreign-server', message, { hint });
  }
  const wanted = serverNames(named, providers);
  const servers = targets.filter((target) => wanted.includes(target));
  if (servers.length === 0 && targets.some((target) => ofServing.includes(target))) {
    const message = `no name server of ${zone.origin} belongs to the providers it is delegated to`;
    draft.issues.add([...path, 'delegation'], 'scenario-no-server', message, { hint: wanted.join(', ') });
  }
  return servers;
}

/** Targets of the NS set at the apex. */
function nsTargets(zone: Zone): Name[] {
  const rdata = zone.get(zone.origin, NS)?.rdata ?? [];
  return rdata.flatMap((one) => (one.kind === 'name' ? [one.target] : []));
}

/** Names of the servers of some providers. */
export function serverNames(indexes: readonly number[], providers: readonly ProviderSpec[]): Name[] {
  return indexes.flatMap((index) => providers[index]!.servers.map(({ name }) => name));
}

/** Gives servers inside the zone the addresses they have, where the zone says nothing. */
function withServerAddresses(zone: Zone, providers: readonly ProviderSpec[]): Zone {
  const inside = providers
    .flatMap(({ servers }) => servers)
    .filter(({ name }) => isSubdomain(name, zone.origin));
  const silent = inside.filter(
    ({ name }) => !zone.get(name, A) && !zone.get(name, AAAA) && !zone.cutAbove(name),
  );
  const sets = silent.flatMap(({ name, addresses }) => addressSets(name, SERVER_ADDRESS_TTL, addresses));
  return sets.length === 0 ? zone : zone.with(...sets);
}

const SERVER_ADDRESS_TTL = 172_800;

/** All zones of the world: the public ones listed, then those that lead to them, then the private copies. */
export function allZones(
  listed: readonly HostedZone[],
  own: readonly ProviderSpec[],
  providers: readonly ProviderSpec[],
  tlds: readonly Name[],
): HostedZone[] {
  const open = listed.filter(({ audience }) => audience === undefined);
  const hidden = listed.filter(({ audience }) => audience !== undefined);
  const origins = open.map(({ zone }) => zone.origin);
  const beside = providerZones(own, origins);
  const delegated = withDelegations([...open, ...beside, ...registryZones(tlds, providers)], providers);
  return [...delegated, ...hidden];
}

/** Top-level domains to generate for a set of listed zones and providers. */
export function tldsFor(draft: Draft, own: readonly ProviderSpec[]): Name[] {
  const origins = draft.zones.map(({ zone }) => zone.origin);
  return neededTlds([...origins, ...own.flatMap(({ servers }) => servers.map(({ name }) => name))], origins);
}
