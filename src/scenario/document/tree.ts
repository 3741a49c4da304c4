/**
 * A YAML document as a plain tree in which every node knows where it was written and by whom.
 *
 * The tree is never changed: an edit gives a new tree that shares what it did not touch.
 */
import type { Place } from '../../base/issue.ts';
import type { Confidence } from '../../profiles/cited.ts';

/**
 * Who wrote a value: the file, a strategy of the file, or a `--set` of the command line; or nobody: it is part of a
 * population that ships, or follows from other values.
 */
export type Origin =
  | { readonly kind: 'file' }
  | { readonly kind: 'strategy'; readonly name: string }
  | { readonly kind: 'set'; readonly text: string }
  | {
      readonly kind: 'preset';
      readonly preset: string;
      readonly source: string;
      readonly confidence: Confidence;
    }
  | { readonly kind: 'derived'; readonly why: string };

interface NodeBase {
  readonly place: Place;
  readonly origin: Origin;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Where the first line of a literal block (`|`) begins, since its lines stand in the file one to one. */
  readonly block?: Place;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}

export interface MapEntry {
  readonly keyPlace: Place;
  readonly node: TreeNode;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export type TreeNode = ScalarNode | ListNode | MapNode;

/** Keys and list indexes from the root. */
export type Path = readonly (string | number)[];

/** `clients.browsers.count`, `timeline.0.at`. */
export function pathText(path: Path): string {
  return path.join('.');
}

/** The child under a key or an index; `undefined` where there is none. */
export function childOf(node: TreeNode | undefined, step: string | number): TreeNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(step))?.node;
  return node?.kind === 'list' ? node.items[Number(step)] : undefined;
}

/** The node at a path; `undefined` where the document has none. */
export function nodeAt(root: TreeNode | undefined, path: Path): TreeNode | undefined {
  return path.reduce(childOf, root);
}

/** Where the value at a path stands, or the nearest node above it that exists. */
export function placeOfValue(root: TreeNode, path: Path): Place {
  let node = root;
  for (const step of path) {
    const child = childOf(node, step);
    if (!child) break;
    node = child;
  }
  return node.place;
}

/** Where the key that names a path stands; falls back on the value for list items and for what is not there. */
export function placeOfKey(root: TreeNode, path: Path): Place {
  const parent = nodeAt(root, path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.get(String(path.at(-1))) : undefined;
  if (entry) return entry.keyPlace;
  return nodeAt(root, path) || path.length === 0
    ? placeOfValue(root, path)
    : placeOfKey(root, path.slice(0, -1));
}

/** The plain value of a node: objects without a prototype's surprises, arrays, scalars. */
export function toPlain(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.node)]));
}

/** Keys of the map at a path, in file order; none when there is no map. */
export function keysAt(root: TreeNode | undefined, path: Path): string[] {
  const node = nodeAt(root, path);
  return node?.kind === 'map' ? [...node.entries.keys()] : [];
}
