/** Resolver services that populations bring along, as `resolvers:` of the document. */
import type { ServiceKind } from '../../profiles/population.ts';
import { childOf, type MapEntry, type MapNode, nodeAt, type TreeNode } from '../document/tree.ts';
import { type Group, groupsOf } from './group.ts';
import { NodeMaker } from './nodes.ts';
import { withEntries } from './with-entries.ts';

/**
 * The document with an empty entry for each service that its populations may need, so that `--set` and strategies
 * can change them by name.
 */
export function announceServices(tree: TreeNode): TreeNode {
  const resolvers = nodeAt(tree, ['resolvers']);
  if (tree.kind !== 'map' || (resolvers && resolvers.kind !== 'map')) return tree;
  const written = new Set(resolvers?.entries.keys());
  const announced = groupsOf(tree).flatMap(({ preset, node }) => {
    const make = new NodeMaker(node.place, preset.id);
    const free = Object.keys(preset.resolvers).filter((name) => !written.has(name));
    return free.map((name) => [name, { keyPlace: node.place, node: make.map({}) }] as const);
  });
  return announced.length === 0 ? tree : withEntries(tree, 'resolvers', new Map(announced));
}

/** Services that the groups use, each completed by what the document writes about it. */
export function servicesOf(groups: readonly Group[], written: TreeNode | undefined): Map<string, MapEntry> {
  const services = new Map<string, MapEntry>();
  for (const group of groups) {
    for (const name of usedServices(group)) {
      if (services.has(name)) continue;
      const own = childOf(written, name);
      const keyPlace = own?.place ?? group.node.place;
      services.set(name, { keyPlace, node: completed(serviceNode(name, group, groups), own) });
    }
  }
  return services;
}

/** Names of the services that are asked, and of those behind them. None where the clients name their own. */
export function usedServices({ preset, resolvers, node }: Group): string[] {
  if (childOf(node, 'resolvers')) return [];
  const used = new Set<string>();
  const queue = Object.keys(resolvers).filter((name) => resolvers[name]! > 0);
  for (const name of queue) {
    if (used.has(name)) continue;
    used.add(name);
    const behind = preset.resolvers[name]!.forward?.value;
    if (behind !== undefined) queue.push(behind);
  }
  return Object.keys(preset.resolvers).filter((name) => used.has(name));
}

function serviceNode(name: string, { preset, node }: Group, groups: readonly Group[]): MapNode {
  const make = new NodeMaker(node.place, preset.id);
  const service = preset.resolvers[name]!;
  const { profile, share, forward } = service;
  return make.map({
    profile: make.cited(share, profile),
    count: countNode(make, name, service, groups),
    forward: forward && make.cited(forward, forward.value),
  });
}

function countNode(
  make: NodeMaker,
  name: string,
  { instances }: ServiceKind,
  groups: readonly Group[],
): TreeNode {
  if (!('clientsEach' in instances)) return make.cited(instances, instances.value);
  const { value: each, source } = instances.clientsEach;
  const clients = groups.reduce((sum, { count, resolvers }) => sum + count * (resolvers[name] ?? 0), 0);
  const why = `one for ${each} of its clients (${source})`;
  return make.derived(Math.max(1, Math.round(clients / each)), why);
}

/** What is written wins, key by key; a profile of another kind is taken as a whole. */
function completed(service: MapNode, own: TreeNode | undefined): TreeNode {
  if (own === undefined) return service;
  if (own.kind !== 'map') return own;
  const entries = new Map(service.entries);
  if (own.entries.has('corefile')) for (const key of ['profile', 'forward']) entries.delete(key);
  for (const [key, entry] of own.entries) entries.set(key, entry);
  return { ...own, entries };
}
