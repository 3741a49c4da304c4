/** A population of the document that is made of several, as it is written. */

import type { PopulationPreset } from '../../profiles/population.ts';
import { findPopulation } from '../../profiles/populations.ts';
import { DEFAULTS } from '../defaults.ts';
import { childOf, type MapNode, nodeAt, type TreeNode, toPlain } from '../document/tree.ts';
import { Problem, shareKind, wholeKind } from '../kinds.ts';
import { apportion, settleShares, type WrittenShares } from './shares.ts';

/** One kind of clients with how many there are of it, at least one. */
export interface Member {
  /** Key among the clients of the preset. */
  readonly kind: string;
  /** Name of the population it becomes, `everyone: chrome on windows`. */
  readonly name: string;
  readonly count: number;
}

export interface Group {
  readonly name: string;
  readonly preset: PopulationPreset;
  readonly node: MapNode;
  /** All simulated clients together. */
  readonly count: number;
  /** Settled, by name. */
  readonly clients: WrittenShares;
  readonly resolvers: WrittenShares;
  readonly members: readonly Member[];
}

/** Name of the part of a group that holds clients of one kind. */
export function memberName(group: string, kind: string): string {
  return `${group}: ${kind}`;
}

/** Every group of the document. What the schema finds wrong is passed over. */
export function groupsOf(tree: TreeNode): Group[] {
  const clients = nodeAt(tree, ['clients']);
  if (clients?.kind !== 'map') return [];
  return [...clients.entries].flatMap(([name, { node }]) => groupOf(name, node) ?? []);
}

function groupOf(name: string, node: TreeNode): Group | undefined {
  const id = childOf(node, 'population');
  const preset = id?.kind === 'scalar' ? findPopulation(String(id.value)) : undefined;
  if (!preset || node.kind !== 'map') return undefined;
  const count = countOf(node);
  const clients = sharesOf(preset.clients, childOf(node, 'weights'), 'clients');
  const kinds = Object.keys(clients);
  const counts = apportion(count, Object.values(clients));
  const members = kinds.flatMap((kind, index) => {
    const own = counts[index]!;
    return own === 0 ? [] : [{ kind, name: memberName(name, kind), count: own }];
  });
  const resolvers = sharesOf(preset.resolvers, childOf(node, 'weights'), 'resolvers');
  return { name, preset, node, count, clients, resolvers, members };
}

function countOf(node: MapNode): number {
  const written = childOf(node, 'count');
  const read = written?.kind === 'scalar' ? wholeKind(1).read(written.value) : undefined;
  return read === undefined || read instanceof Problem ? DEFAULTS.clients.count.value : read;
}

function sharesOf(
  preset: Readonly<Record<string, { readonly share: { readonly value: number } }>>,
  weights: TreeNode | undefined,
  key: string,
): WrittenShares {
  const shares = Object.fromEntries(Object.entries(preset).map(([name, { share }]) => [name, share.value]));
  const node = childOf(weights, key);
  const written = node?.kind === 'map' ? (toPlain(node) as Record<string, unknown>) : {};
  const read = Object.entries(written).flatMap(([name, raw]) => {
    const share = shareKind.read(raw);
    return share instanceof Problem || !(name in shares) ? [] : [[name, share] as const];
  });
  return settleShares(shares, Object.fromEntries(read));
}
