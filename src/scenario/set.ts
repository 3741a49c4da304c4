/** `--set path=value` and the `strategies:` of a file, applied to a document. */
import type { Issue } from '../base/issue.ts';
import { edit } from './document/edit.ts';
import { readDocument } from './document/read.ts';
import { nodeAt, type Origin, type TreeNode } from './document/tree.ts';
import { makeIssue } from './issues.ts';
import { Problem } from './kinds.ts';

/** Name of the only strategy of a file that lists none. */
const AS_WRITTEN = 'as written';

export interface EditedDocument {
  readonly tree: TreeNode;
  readonly issues: readonly Issue[];
}

/** One variant of the document. */
export interface Variant extends EditedDocument {
  readonly name: string;
}

/**
 * Applies `path=value` texts in order. Values are YAML (`30s`, `[a, b]`, `{ x: 1 }`).
 * Problems are placed in a file named after the option, with the column in the value.
 */
export function applySets(tree: TreeNode, sets: readonly string[]): EditedDocument {
  const issues: Issue[] = [];
  let edited = tree;
  for (const text of sets) {
    const result = applySet(edited, text);
    if ('issues' in result) issues.push(...result.issues);
    else edited = result.tree;
  }
  return { tree: edited, issues };
}

function applySet(tree: TreeNode, text: string): { tree: TreeNode } | { issues: readonly Issue[] } {
  const file = `--set ${text}`;
  const place = { file, line: 1, column: 1 };
  const equals = text.indexOf('=');
  if (equals <= 0) {
    const hint = 'write path=value, for example duration=2h';
    return { issues: [makeIssue('scenario-bad-set', `'${text}' sets nothing`, { place, hint })] };
  }
  const { tree: value, issues } = readDocument(text.slice(equals + 1), file, { kind: 'set', text });
  if (!value) return { issues };
  const result = edit(tree, text.slice(0, equals).trim(), value);
  if (!(result instanceof Problem)) return { tree: result };
  return { issues: [makeIssue(result.code, result.message, { place, hint: result.hint })] };
}

/** The document as each strategy has it; without strategies one variant, `as written`. */
export function variants(tree: TreeNode): readonly Variant[] {
  const strategies = nodeAt(tree, ['strategies']);
  if (strategies?.kind !== 'map' || strategies.entries.size === 0) {
    return [{ name: AS_WRITTEN, tree, issues: [] }];
  }
  return [...strategies.entries].map(([name, { node }]) => variant(tree, name, node));
}

/** What all strategies of one run have in common. */
const SHARED = ['strategies', 'schema', 'title', 'description', 'duration', 'seed', 'replications', 'expect'];

function variant(tree: TreeNode, name: string, strategy: TreeNode): Variant {
  const issues: Issue[] = [];
  let edited = tree;
  if (strategy.kind !== 'map') return { name, tree, issues };
  for (const [path, { node, keyPlace }] of strategy.entries) {
    const shared = SHARED.find((key) => path === key || path.startsWith(`${key}.`));
    const result = shared
      ? new Problem(
          'scenario-bad-path',
          `strategies share one '${shared}'`,
          'set it in the file or with --set',
        )
      : edit(edited, path, stamped(node, { kind: 'strategy', name }));
    if (!(result instanceof Problem)) edited = result;
    else {
      const where = { place: keyPlace, path: ['strategies', name, path], hint: result.hint };
      issues.push(makeIssue(result.code, result.message, where));
    }
  }
  return { name, tree: edited, issues };
}

/** The same node, written by a strategy unless the command line wrote it. */
function stamped(node: TreeNode, origin: Origin): TreeNode {
  const by = node.origin.kind === 'set' ? node.origin : origin;
  if (node.kind === 'scalar') return { ...node, origin: by };
  if (node.kind === 'list')
    return { ...node, origin: by, items: node.items.map((item) => stamped(item, origin)) };
  const entries = [...node.entries].map(
    ([key, { keyPlace, node: child }]) => [key, { keyPlace, node: stamped(child, origin) }] as const,
  );
  return { ...node, origin: by, entries: new Map(entries) };
}
