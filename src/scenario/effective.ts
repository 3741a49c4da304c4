/**
 * Effective values: everything a run uses, value by value, with where each comes from.
 *
 * The ledger is written while the world is built, by the same call that settles a value, so what `explain`
 * shows is what is played.
 */
import type { Place } from '../base/issue.ts';
import type { Cited, Confidence } from '../profiles/cited.ts';
import { childOf, type Path, pathText, type TreeNode } from './document/tree.ts';
import type { Kind } from './kinds.ts';

/** Where a value comes from. */
export type EffectiveSource =
  | { readonly kind: 'file'; readonly place: Place }
  | { readonly kind: 'strategy'; readonly strategy: string; readonly place: Place }
  | { readonly kind: 'set'; readonly text: string }
  | {
      readonly kind: 'preset';
      readonly preset: string;
      readonly source: string;
      readonly confidence: Confidence;
    }
  | { readonly kind: 'default'; readonly source: string; readonly confidence: Confidence }
  /** Follows from other values; `why` says how. */
  | { readonly kind: 'derived'; readonly why: string };

export interface EffectiveValue {
  /** Path as in the document, `clients.browsers.app.cache.cap`. */
  readonly path: string;
  /** As it would be written. */
  readonly value: string;
  readonly from: EffectiveSource;
}

/** One line: `written at drill.yaml:3:11`, `preset chrome (Chromium ..., source)`. */
export function describeSource(from: EffectiveSource): string {
  if (from.kind === 'file') return `written at ${from.place.file}:${from.place.line}:${from.place.column}`;
  if (from.kind === 'strategy') return `strategy ${from.strategy}`;
  if (from.kind === 'set') return `--set ${from.text}`;
  if (from.kind === 'preset') return `preset ${from.preset} (${from.source}; ${from.confidence})`;
  if (from.kind === 'default') return `default (${from.source}; ${from.confidence})`;
  return from.why;
}

/** Settles values and remembers them in order. */
export class Ledger {
  readonly values: EffectiveValue[] = [];
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

  note(path: Path, value: string, from: EffectiveSource): void {
    this.values.push({ path: pathText(path), value, from });
  }

  /** Who wrote the value at a path, or the nearest value above it. */
  authorOf(path: Path): EffectiveSource {
    let node = this.#tree;
    for (const step of path) {
      const child = childOf(node, step);
      if (!child) break;
      node = child;
    }
    const { origin, place } = node;
    if (origin.kind === 'set') return { kind: 'set', text: origin.text };
    return origin.kind === 'strategy'
      ? { kind: 'strategy', strategy: origin.name, place }
      : { kind: 'file', place };
  }
}
