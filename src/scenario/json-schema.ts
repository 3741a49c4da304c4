/** JSON Schema (draft 7, which YAML editors understand) of the scenario format, and look-ups in it. */
import { z } from 'zod';
import type { Path } from './document/tree.ts';
import { scenarioSchema } from './schema/scenario.ts';

/** One node of a JSON Schema, as far as it is used here. */
export interface SchemaNode {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

let cached: SchemaNode | undefined;

/** The JSON Schema of scenario files. The same object on every call; do not change it. */
export function jsonSchema(): object {
  cached ??= generate() as SchemaNode;
  return cached;
}

function generate(): object {
  return z.toJSONSchema(scenarioSchema, {
    target: 'draft-7',
    io: 'input',
    override({ jsonSchema: node }) {
      rename(node, 'x-example', 'examples', (value) => [value]);
      rename(node, 'x-default', 'default', (value) => value);
      // Readers of schemas here and in editors know one word for alternatives.
      rename(node, 'oneOf', 'anyOf', (value) => value);
    },
  });
}

function rename(node: object, from: string, to: string, change: (value: unknown) => unknown): void {
  const open = node as Record<string, unknown>;
  if (!(from in open)) return;
  open[to] = change(open[from]);
  delete open[from];
}

/** Every schema node that may describe the value at a path; none when the format has no such path. */
export function schemasAt(path: Path): readonly SchemaNode[] {
  let nodes = alternatives(jsonSchema() as SchemaNode);
  for (const step of path) nodes = nodes.flatMap((node) => childSchemas(node, step));
  return nodes;
}

/** What is said of all alternatives holds for those that say nothing themselves. */
function alternatives({ anyOf, ...node }: SchemaNode): SchemaNode[] {
  const { description, examples } = node;
  const common = { ...(description !== undefined && { description }), ...(examples && { examples }) };
  return anyOf ? anyOf.flatMap(alternatives).map((one) => ({ ...common, ...one })) : [node];
}

function childSchemas(node: SchemaNode, step: string | number): SchemaNode[] {
  const property = typeof step === 'string' && Object.hasOwn(node.properties ?? {}, step);
  if (property) return alternatives(node.properties![step]!);
  const open = node.additionalProperties;
  if (typeof step === 'string' && typeof open === 'object') return alternatives(open);
  return /^\d+$/.test(String(step)) && node.items ? alternatives(node.items) : [];
}

/** Whether maps at the path have keys of the author's choice. */
export function isOpenMap(path: Path): boolean {
  return schemasAt(path).some(({ additionalProperties }) => typeof additionalProperties === 'object');
}

/**
 * Keys the format knows at a path. Where it allows several shapes, those of the shape that has most of the
 * keys present.
 */
export function knownKeys(path: Path, present: readonly string[] = []): string[] {
  const shapes = schemasAt(path).map(({ properties }) => Object.keys(properties ?? {}));
  const overlap = (keys: readonly string[]): number => present.filter((key) => keys.includes(key)).length;
  const best = shapes.reduce((most, keys) => Math.max(most, overlap(keys)), 0);
  return [...new Set(shapes.filter((keys) => overlap(keys) === best).flat())];
}
