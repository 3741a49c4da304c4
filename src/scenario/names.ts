/**
 * What a document defines, by name, read from the tree itself: it stays usable when other parts are wrong, so
 * dangling references and malformed values are reported together.
 */
import { labels, type Name } from '../dns/data/name.ts';
import type { Cited } from '../profiles/cited.ts';
import { DEFAULTS, IMPLIED } from './defaults.ts';
import { childOf, keysAt, nodeAt, type TreeNode } from './document/tree.ts';
import { nameKind, Problem } from './kinds.ts';
import { formatOf } from './providers/catalogue.ts';
import type { ProviderFormat } from './providers/format.ts';
import type { ProfileSection } from './settings/profile-kinds.ts';

export interface DefinedNames {
  readonly region: readonly string[];
  readonly provider: readonly string[];
  /** Names of authoritative servers, of all providers. */
  readonly server: readonly Name[];
  /** Servers by provider. */
  readonly serversOf: ReadonlyMap<string, readonly Name[]>;
  /** Kinds of the providers. */
  readonly formatsOf: ReadonlyMap<string, ProviderFormat>;
  readonly endpoint: readonly string[];
  /** What a policy can name as a source of health: checks, endpoints, and `none`. */
  readonly check: readonly string[];
  readonly resolver: readonly string[];
  /** Apexes of the zones listed. */
  readonly zone: readonly Name[];
  readonly strategy: readonly string[];
  /** `root` and each top-level domain needed, which the reader generates; faults may aim at them. */
  readonly generatedProvider: readonly string[];
  readonly generatedServer: readonly Name[];
  /** Profiles of the scenario's own. */
  readonly profile: Readonly<Record<ProfileSection, readonly string[]>>;
}

/** Everything a document defines, and what it implies where it says nothing. */
export function definedNames(tree: TreeNode): DefinedNames {
  const provider = orImplied(keysAt(tree, ['providers']), IMPLIED.provider);
  const serversOf = new Map(
    provider.map((name) => [name, serverNames(nodeAt(tree, ['providers', name]), name)]),
  );
  const server = [...serversOf.values()].flat();
  const zone = items(nodeAt(tree, ['zones'])).flatMap((node) => zoneOrigin(node) ?? []);
  const tlds = topLevelDomains([...zone, ...server]);
  return {
    region: orImplied(regionNames(nodeAt(tree, ['network', 'regions'])), IMPLIED.region),
    provider,
    server,
    serversOf,
    formatsOf: new Map(provider.map((name) => [name, formatAt(nodeAt(tree, ['providers', name]))])),
    endpoint: keysAt(tree, ['endpoints']),
    check: [...keysAt(tree, ['checks']), ...keysAt(tree, ['endpoints']), 'none'],
    resolver: orImplied(keysAt(tree, ['resolvers']), IMPLIED.resolver),
    zone,
    strategy: keysAt(tree, ['strategies']),
    generatedProvider: ['root', ...tlds],
    generatedServer: [...rootServerNames(), ...tlds.flatMap(tldServerNames)],
    profile: {
      resolvers: keysAt(tree, ['profiles', 'resolvers']),
      os: keysAt(tree, ['profiles', 'os']),
      apps: keysAt(tree, ['profiles', 'apps']),
    },
  };
}

function orImplied(names: readonly string[], implied: string): readonly string[] {
  return names.length > 0 ? names : [implied];
}

function regionNames(node: TreeNode | undefined): string[] {
  if (node?.kind === 'map') return [...node.entries.keys()];
  return items(node).flatMap(textOf);
}

function items(node: TreeNode | undefined): readonly TreeNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function textOf(node: TreeNode | undefined): string[] {
  const text = node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
  return text === undefined ? [] : [text];
}

function nameOf(node: TreeNode | undefined): Name | undefined {
  const name = node?.kind === 'scalar' ? nameKind.read(node.value) : undefined;
  return name instanceof Problem ? undefined : name;
}

function formatAt(provider: TreeNode | undefined): ProviderFormat {
  return formatOf(textOf(childOf(provider, 'kind'))[0]);
}

function serverNames(provider: TreeNode | undefined, providerName: string): Name[] {
  const format = formatAt(provider);
  const servers = childOf(provider, 'servers');
  if (servers?.kind === 'list')
    return servers.items.flatMap((server) => nameOf(childOf(server, 'name')) ?? []);
  const count = servers?.kind === 'scalar' ? servers.value : serverCount(format).value;
  const domain = nameOf(childOf(provider, 'domain'));
  const counted = typeof count === 'number' && count <= 20;
  return counted ? generatedServerNames(format, providerName, count, domain) : [];
}

/** Servers of a provider that lists none. */
export function serverCount({ defaults }: ProviderFormat): Cited<number> {
  return defaults?.servers ?? DEFAULTS.provider.servers;
}

/** `ns1.main-dns.net.` and so on, or as the kind names them. @param domain absent: made from the provider's name */
export function generatedServerNames(
  format: ProviderFormat,
  provider: string,
  count: number,
  domain?: Name,
): Name[] {
  if (domain === undefined && format.serverNames) return format.serverNames(provider, count);
  const label = provider
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  const below = domain ?? `${label || 'provider'}-dns.net.`;
  return Array.from({ length: count }, (_, index) => `ns${index + 1}.${below}` as Name);
}

/** Top-level domains of the names, sorted, each once. Servers of top-level domains stand inside them. */
export function topLevelDomains(names: readonly Name[]): Name[] {
  const tlds = names.flatMap((name) => labels(name).at(-1) ?? []);
  return [...new Set(tlds)].sort(compareText).map((label) => `${label}.` as Name);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The thirteen names of the root (root-servers.org). */
export function rootServerNames(): Name[] {
  return [...'abcdefghijklm'].map((letter) => `${letter}.root-servers.net.` as Name);
}

/** Four servers per top-level domain, with names inside it. */
export function tldServerNames(tld: Name): Name[] {
  return [...'abcd'].map((letter) => `${letter}.nic.${tld}` as Name);
}

/** Apex of a listed zone: its `name`, or its file's name without folder and ending. */
export function zoneOrigin(zone: TreeNode): Name | undefined {
  const named = childOf(zone, 'name');
  return named ? nameOf(named) : originOfFile(textOf(childOf(zone, 'file'))[0] ?? '');
}

/** `zones/example.com.zone` holds `example.com.`; `undefined` when the file's name is no domain name. */
export function originOfFile(file: string): Name | undefined {
  const base = file.replace(/^.*\//, '').replace(/\.(zone|db|txt)$/, '');
  const name = base === '' ? undefined : nameKind.read(base);
  return name instanceof Problem ? undefined : name;
}
