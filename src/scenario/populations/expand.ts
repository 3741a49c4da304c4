/**
 * Populations that are made of several: `everyone: { population: public-internet }` becomes one population for each
 * kind of clients, and the resolver services they need.
 *
 * It happens to the document itself, so everything after it (references, `explain`, expectations, faults that name
 * a resolver) treats what a population brings along like what somebody wrote.
 */
import { IMPLIED } from '../defaults.ts';
import { childOf, keysAt, type MapEntry, type MapNode, nodeAt, type TreeNode } from '../document/tree.ts';
import { authorAt, type Ledger } from '../effective.ts';
import { shareKind } from '../kinds.ts';
import { type Group, groupsOf, type Member } from './group.ts';
import { NodeMaker } from './nodes.ts';
import { servicesOf } from './services.ts';
import { withEntries } from './with-entries.ts';

export interface Expanded {
  readonly tree: TreeNode;
  readonly groups: readonly Group[];
}

/** The document without groups. One that has none is returned as it is. */
export function expandPopulations(tree: TreeNode): Expanded {
  const groups = groupsOf(tree);
  if (tree.kind !== 'map' || groups.length === 0) return { tree, groups: [] };
  const services = servicesOf(groups, nodeAt(tree, ['resolvers']));
  const [own, resolvers] = ownResolvers(tree, services);
  const byName = new Map(groups.map((group) => [group.name, group]));
  const clients = nodeAt(tree, ['clients']) as MapNode;
  const entries = [...clients.entries].flatMap(([name, entry]): [string, MapEntry][] => {
    const group = byName.get(name);
    if (group) return group.members.map((member) => memberEntry(group, member, entry));
    return [[name, own === undefined ? entry : withOwnResolver(entry, own)]];
  });
  const expanded: MapNode = {
    ...tree,
    entries: new Map([
      ...tree.entries,
      ['clients', { ...tree.entries.get('clients')!, node: { ...clients, entries: new Map(entries) } }],
    ]),
  };
  return { tree: resolvers.size === 0 ? expanded : replaced(expanded, resolvers), groups };
}

function replaced(tree: MapNode, resolvers: ReadonlyMap<string, MapEntry>): MapNode {
  const { resolvers: _, ...rest } = Object.fromEntries(tree.entries);
  return withEntries({ ...tree, entries: new Map(Object.entries(rest)) }, 'resolvers', resolvers);
}

/**
 * The resolver of populations that name none, where there is just one beside those of the groups; and all
 * resolvers there are.
 */
function ownResolvers(
  tree: MapNode,
  services: ReadonlyMap<string, MapEntry>,
): [own: string | undefined, all: ReadonlyMap<string, MapEntry>] {
  const node = nodeAt(tree, ['resolvers']);
  const written = node?.kind === 'map' ? [...node.entries].filter((entry) => !isAnnounced(entry)) : [];
  const own = written.filter(([name]) => !services.has(name));
  const all = new Map([...written, ...services]);
  if (own.length > 0 || !needsResolver(tree)) return [own.length === 1 ? own[0]![0] : undefined, all];
  const make = new NodeMaker(tree.place, 'scenario');
  all.set(IMPLIED.resolver, { keyPlace: tree.place, node: make.map({}) });
  return [IMPLIED.resolver, all];
}

function isAnnounced([, { node }]: readonly [string, MapEntry]): boolean {
  return node.kind === 'map' && node.origin.kind === 'derived' && node.entries.size === 0;
}

function needsResolver(tree: MapNode): boolean {
  return keysAt(tree, ['clients']).some((name) => {
    const node = nodeAt(tree, ['clients', name]);
    return childOf(node, 'population') === undefined && childOf(node, 'resolvers') === undefined;
  });
}

function withOwnResolver(entry: MapEntry, own: string): MapEntry {
  const { node } = entry;
  if (node.kind !== 'map' || node.entries.has('resolvers')) return entry;
  const make = new NodeMaker(node.place, own);
  const resolvers = make.derived(own, 'the only resolver beside those of the populations');
  const entries = new Map([
    ...node.entries,
    ['resolvers', { keyPlace: node.place, node: resolvers }] as const,
  ]);
  return { ...entry, node: { ...node, entries } };
}

/** Keys of a group that its members do not share as they are. */
const OWN_KEYS = ['population', 'weights', 'count', 'represents'];

function memberEntry(
  group: Group,
  { kind, name, count }: Member,
  { keyPlace }: MapEntry,
): [string, MapEntry] {
  const { preset, node } = group;
  const make = new NodeMaker(node.place, preset.id);
  const { app, os, share } = preset.clients[kind]!;
  const entries = new Map(make.map({ app: make.cited(share, app), os: make.cited(share, os) }).entries);
  for (const [key, entry] of node.entries) if (!OWN_KEYS.includes(key)) entries.set(key, entry);
  const why = `${shareKind.show(count / group.count)} of ${group.name}`;
  const people = childOf(node, 'represents');
  const own: Record<string, TreeNode | undefined> = {
    count: make.derived(count, why),
    represents:
      people?.kind === 'scalar' && typeof people.value === 'number'
        ? make.derived((people.value * count) / group.count, why)
        : people,
    resolvers: node.entries.has('resolvers') ? undefined : resolverShares(make, group),
  };
  for (const [key, entry] of make.map(own).entries) entries.set(key, entry);
  return [name, { keyPlace, node: { ...node, entries } }];
}

function resolverShares(make: NodeMaker, { preset, resolvers }: Group): TreeNode {
  const shares = Object.entries(resolvers).flatMap(([name, share]) => {
    return share > 0 ? [[name, make.cited(preset.resolvers[name]!.share, share)] as const] : [];
  });
  return make.map(Object.fromEntries(shares));
}

/** Tells what the groups of a document are, and where each share comes from. @param tree before it was expanded */
export function noteGroups(tree: TreeNode, groups: readonly Group[], ledger: Ledger): void {
  for (const { name, preset, clients, resolvers, count, node } of groups) {
    const path = ['clients', name];
    ledger.note([...path, 'population'], preset.id, authorAt(tree, [...path, 'population']));
    const author = childOf(node, 'count') ? authorAt(tree, [...path, 'count']) : undefined;
    if (author) ledger.note([...path, 'count'], String(count), author);
    if (childOf(node, 'represents')) {
      const people = childOf(node, 'represents')!;
      const shown = people.kind === 'scalar' ? String(people.value) : '';
      ledger.note([...path, 'represents'], shown, authorAt(tree, [...path, 'represents']));
    }
    noteShares(ledger, tree, preset.id, [...path, 'weights', 'clients'], clients, preset.clients);
    if (!childOf(node, 'resolvers')) {
      noteShares(ledger, tree, preset.id, [...path, 'weights', 'resolvers'], resolvers, preset.resolvers);
    }
  }
}

function noteShares(
  ledger: Ledger,
  tree: TreeNode,
  preset: string,
  path: readonly string[],
  settled: Readonly<Record<string, number>>,
  shares: Group['preset']['clients'] | Group['preset']['resolvers'],
): void {
  for (const [name, share] of Object.entries(settled)) {
    const at = [...path, name];
    const { value, source, confidence } = shares[name]!.share;
    const scaled = Math.abs(share - value) > 1e-9;
    const from = nodeAt(tree, at)
      ? authorAt(tree, at)
      : scaled
        ? { kind: 'derived' as const, why: `${shareKind.show(value)} of ${preset}, scaled to what is left` }
        : { kind: 'preset' as const, preset, source, confidence };
    ledger.note(at, shareKind.show(share), from);
  }
}
