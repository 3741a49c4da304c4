/** What the JSON Schema of scenarios says about a path, for people. */
import { schemasAt } from '../../../src/scenario/json-schema.ts';
import type { Path } from '../document/outline.ts';

/** A node of the schema, as far as notes use it. */
interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
}

function describedAt(path: Path): readonly Described[] {
  return schemasAt(path) as readonly Described[];
}

/** What a path means, each sentence once. */
export function meaningOf(path: Path): string[] {
  return [...new Set(describedAt(path).flatMap(({ description }) => description ?? []))];
}

/** Words the schema itself allows at a path. */
export function wordsOf(path: Path): string[] {
  const words = describedAt(path).flatMap((node) => [
    ...(node.enum ?? []),
    ...(node.const === undefined ? [] : [node.const]),
    ...(node.type === 'boolean' ? [true, false] : []),
  ]);
  return [...new Set(words.map(String))];
}

/** The default and examples of scalars at a path. */
export function samplesOf(path: Path): { readonly text: string; readonly about: string }[] {
  const nodes = describedAt(path);
  const samples = [
    ...nodes.flatMap((node) => (node.default === undefined ? [] : [[node.default, 'default'] as const])),
    ...nodes.flatMap((node) => (node.examples ?? []).map((example) => [example, 'example'] as const)),
  ];
  return samples.flatMap(([value, about]) =>
    typeof value === 'object' ? [] : [{ text: String(value), about }],
  );
}
