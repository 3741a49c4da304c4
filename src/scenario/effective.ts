/**
 * Effective values: everything a run uses, value by value, with where each comes from.
 *
 * The ledger is written while the world is built, by the same call that settles a value, so what `explain`
 * shows is what is played.
 */
import type { Place } from '../base/issue.ts';
import type { Cited, Confidence } from '../profiles/cited.ts';
import { childOf, nodeAt, type Path, pathText, type ScalarNode, type TreeNode } from './document/tree.ts';
import type { Kind } from './kinds.ts';

/** Where a value comes from. */
export type EffectiveSource =
  | WrittenSource
  | { readonly kind: 'default'; readonly source: string; readonly confidence: Confidence };

/** The value stands in the document: somebody wrote it, or a population that ships brings it along. */
export type WrittenSource = (
  | { readonly kind: 'file'; readonly place: Place }
  | { readonly kind: 'strategy'; readonly strategy: string; readonly place: Place }
  | { readonly kind: 'set'; readonly text: string }
  | {
      readonly kind: 'preset';
      readonly preset: string;
      readonly source: string;
      readonly confidence: Confidence;
    }
  /** Follows from other values; `why` says how. */
  | { readonly kind: 'derived'; readonly why: string }
) & {
  /** Profile of the scenario's own that it was written in; absent: where it is used. */
  readonly profile?: string;
};

export interface EffectiveValue {
  /** Path as in the document, `clients.browsers.app.cache.cap`. */
  readonly path: string;
  /** As it would be written. */
  readonly value: string;
  readonly from: EffectiveSource;
}

/** One line: `written at drill.yaml:3:11`, `preset chrome (Chromium ..., source)`. */
export function describeSource(from: EffectiveSource): string {
  const profile = 'profile' in from ? `profile ${from.profile}, ` : '';
  return profile + describeAuthor(from);
}

function describeAuthor(from: EffectiveSource): string {
  if (from.kind === 'file') return `written at ${from.place.file}:${from.place.line}:${from.place.column}`;
  if (from.kind === 'strategy') return `strategy ${from.strategy}`;
  if (from.kind === 'set') return `--set ${from.text}`;
  if (from.kind === 'preset') return `preset ${from.preset} (${from.source}; ${from.confidence})`;
  if (from.kind === 'default') return `default (${from.source}; ${from.confidence})`;
  return from.why;
}

interface Entry {
  readonly steps: Path;
  readonly value: EffectiveValue;
}

/** Settles values and remembers them. */
export class Ledger {
  readonly #entries: Entry[] = [];
  readonly #settled = new Set<string>();
  readonly #tree: TreeNode;

  constructor(tree: TreeNode) {
    this.#tree = tree;
  }

  /** The written value, or else the default. */
  settle<T>(path: Path, written: T | undefined, kind: Kind<T>, fallback: Cited<T>): T {
    if (written !== undefined) return this.written(path, written, kind);
    const { value, source, confidence } = fallback;
    this.note(path, kind.show(value), { kind: 'default', source, confidence });
    return value;
  }

  /** A value that stands in the document. */
  written<T>(path: Path, value: T, kind: Kind<T>): T {
    this.note(path, kind.show(value), this.authorOf(path));
    return value;
  }

  /** The written value, or else one that follows from others. */
  derive<T>(path: Path, written: T | undefined, kind: Kind<T>, value: T, why: string): T {
    if (written !== undefined) return this.written(path, written, kind);
    this.note(path, kind.show(value), { kind: 'derived', why });
    return value;
  }

  /** Remembers a value; of several at one path (an entry that repeats) the first. */
  note(path: Path, value: string, from: EffectiveSource): void {
    const text = pathText(path);
    if (this.#settled.has(text)) return;
    this.#settled.add(text);
    this.#entries.push({ steps: path, value: { path: text, value, from } });
  }

  /**
   * Every value, grouped by part of the scenario. What the document says and nobody settled (names in the
   * timeline, texts) is added as it is written.
   * @param order keys of the document in the order to be shown
   */
  list(order: readonly string[]): EffectiveValue[] {
    const places = new Set(
      this.#entries.flatMap(({ value: { from } }) => ('place' in from ? [placeKey(from.place)] : [])),
    );
    for (const { steps, node } of scalars(this.#tree, [])) {
      const above = steps.map((_, index) => pathText(steps.slice(0, index + 1)));
      if (above.some((path) => this.#settled.has(path)) || places.has(placeKey(node.place))) continue;
      this.note(steps, String(node.value), this.authorOf(steps));
    }
    const groups = new Map<string, Entry[]>();
    for (const entry of this.#entries) {
      const key = JSON.stringify(entry.steps.slice(0, 2));
      const group = groups.get(key);
      if (group) group.push(entry);
      else groups.set(key, [entry]);
    }
    const parts = [...groups.values()].map((entries) => ({ entries, at: rank(order, entries[0]!.steps) }));
    parts.sort((a, b) => a.at.key - b.at.key || a.at.index - b.at.index);
    return parts.flatMap(({ entries }) => entries.map(({ value }) => value));
  }

  /** Who wrote the value at a path, or the nearest value above it. */
  authorOf(path: Path): WrittenSource {
    return authorAt(this.#tree, path);
  }

  /** What stands exactly at a path of the document; nothing where the path leads nowhere. */
  kindAt(path: Path): TreeNode['kind'] | undefined {
    return nodeAt(this.#tree, path)?.kind;
  }
}

/** Who wrote the value at a path of a document, or the nearest value above it. */
export function authorAt(tree: TreeNode, path: Path): WrittenSource {
  let node = tree;
  for (const step of path) {
    const child = childOf(node, step);
    if (!child) break;
    node = child;
  }
  const { origin, place } = node;
  if (origin.kind === 'file') return { kind: 'file', place };
  return origin.kind === 'strategy' ? { kind: 'strategy', strategy: origin.name, place } : origin;
}

/** Position of a part: by its key, and in lists by its index. */
function rank(
  order: readonly string[],
  [key, second]: Path,
): { readonly key: number; readonly index: number } {
  const position = order.indexOf(String(key));
  return { key: position < 0 ? order.length : position, index: typeof second === 'number' ? second : 0 };
}

function placeKey({ file, line, column }: Place): string {
  return `${line}:${column}:${file}`;
}

/** Every scalar of the document but the strategies, which are applied where they aim. */
function* scalars(
  node: TreeNode,
  steps: Path,
): Generator<{ readonly steps: Path; readonly node: ScalarNode }> {
  if (node.kind === 'scalar') yield { steps, node };
  else if (node.kind === 'list')
    for (const [index, item] of node.items.entries()) yield* scalars(item, [...steps, index]);
  else {
    for (const [key, entry] of node.entries) {
      if (steps.length > 0 || key !== 'strategies') yield* scalars(entry.node, [...steps, key]);
    }
  }
}
