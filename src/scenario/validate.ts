/** A document against the schema: what it says, or every problem with its place and a hint. */
import type { z } from 'zod';
import { didYouMean, suggest } from '../base/suggest.ts';
import { flow } from './document/flow.ts';
import { nodeAt, type Path, pathText, type TreeNode, toPlain } from './document/tree.ts';
import type { IssueList, IssueNotes } from './issues.ts';
import { knownKeys, schemasAt } from './json-schema.ts';
import { quote } from './kinds.ts';
import { ACTIONS, type ScenarioDoc, scenarioSchema } from './schema/scenario.ts';

type SchemaIssue = z.core.$ZodIssue;

/** A flag that is none: most likely taken for something else, so its meaning is told. */
const BAD_FLAG = 'scenario-bad-flag';

/** Reads the document. @returns `undefined` when it does not fit the schema; `issues` then says why */
export function validate(tree: TreeNode, issues: IssueList): ScenarioDoc | undefined {
  const result = scenarioSchema.safeParse(toPlain(tree), { reportInput: true });
  if (result.success) return result.data;
  const report = new Report(tree, issues);
  for (const issue of result.error.issues) report.tell(issue, []);
  return undefined;
}

class Report {
  readonly #tree: TreeNode;
  readonly #issues: IssueList;

  constructor(tree: TreeNode, issues: IssueList) {
    this.#tree = tree;
    this.#issues = issues;
  }

  tell(issue: SchemaIssue, above: Path): void {
    const path = [...above, ...(issue.path as Path)];
    if (issue.code === 'unrecognized_keys') this.#unknownKeys(path, issue.keys);
    else if (issue.code === 'invalid_union') this.#union(issue, path);
    else if (issue.code === 'custom') this.#custom(issue, path);
    else if (issue.code === 'too_small') this.#issues.add(path, 'scenario-empty-list', 'the list is empty');
    else this.#wrongShape(issue, path);
  }

  #unknownKeys(path: Path, keys: readonly string[]): void {
    const node = nodeAt(this.#tree, path);
    const present = node?.kind === 'map' ? [...node.entries.keys()] : [];
    const known = knownKeys(path, present);
    const taken = new Set(present);
    const free = known.filter((one) => !taken.has(one));
    for (const key of keys) {
      const near = suggest(key, known) !== undefined;
      const hint = near ? didYouMean(key, known) : (elsewhere(path, key, known) ?? didYouMean(key, free));
      this.#add([...path, key], 'scenario-unknown-key', `there is no key '${key}' here`, {
        hint,
        atKey: true,
      });
    }
  }

  #custom(issue: SchemaIssue & { code: 'custom' }, path: Path): void {
    const { code, hint } = (issue.params ?? {}) as { code: string; hint?: string };
    if (code === 'scenario-missing' && issue.input === undefined) this.#missing(path);
    else
      this.#add(path, code, issue.message, {
        hint: hint ?? (code === BAD_FLAG ? meaningOf(path) : undefined),
      });
  }

  #missing(path: Path): void {
    const key = String(path.at(-1));
    const example = exampleFor(path);
    const hint = example === undefined ? meaningOf(path) : `add for example ${key}: ${example}`;
    this.#add(path, 'scenario-missing', `'${key}' is missing`, { hint, atKey: true });
  }

  #wrongShape(issue: SchemaIssue, path: Path): void {
    if (issue.input === undefined) {
      this.#missing(path);
      return;
    }
    const wanted = issue.code === 'invalid_type' && issue.expected === 'array' ? 'a list' : 'a map';
    this.#add(path, 'scenario-wrong-shape', `${quote(issue.input)} is not ${wanted}`, {
      hint: this.#shapeHint(issue.input, path),
    });
  }

  #shapeHint(input: unknown, path: Path): string | undefined {
    if (path.length === 0) return 'a scenario is keys with values, such as duration: 1h';
    if (input === null) return 'remove the key or give it a value';
    const example = exampleFor(path);
    return [meaningOf(path), example && `For example: ${example}`].filter(Boolean).join(' ') || undefined;
  }

  #union(issue: SchemaIssue & { code: 'invalid_union' }, path: Path): void {
    if (issue.input === undefined) this.#missing(path);
    else if (path.length === 2 && path[0] === 'timeline') this.#entry(issue.input, path);
    else {
      const branch = nearest(issue.errors);
      if (branch) for (const one of branch) this.tell(one, path);
      else this.#noBranch(issue.input, path);
    }
  }

  /** A timeline entry is judged by the schema of its action. */
  #entry(entry: unknown, path: Path): void {
    const keys = typeof entry === 'object' && entry !== null ? Object.keys(entry) : [];
    const action = Object.keys(ACTIONS).find((key) => keys.includes(key));
    if (action !== undefined) {
      const error = ACTIONS[action]!.safeParse(entry, { reportInput: true }).error;
      for (const one of error?.issues ?? []) this.tell(one, path);
      return;
    }
    const meant = keys.flatMap((key) => suggest(key, Object.keys(ACTIONS)) ?? []);
    const hint =
      meant.length > 0 ? `did you mean '${meant[0]}'?` : `write one of ${Object.keys(ACTIONS).join(', ')}`;
    this.#add(path, 'scenario-no-action', 'the entry does not say what happens', { hint });
  }

  #noBranch(input: unknown, path: Path): void {
    const hint = this.#shapeHint(input, path);
    this.#add(path, 'scenario-wrong-shape', `${quote(input)} does not fit here`, { hint });
  }

  #add(path: Path, code: string, message: string, notes: IssueNotes): void {
    this.#issues.add(path, code, message, notes);
  }
}

/** What the format says of the value at a path. */
function meaningOf(path: Path): string | undefined {
  return schemasAt(path)[0]?.description;
}

/** An example for the value at a path, as it would be written on one line. */
function exampleFor(path: Path): string | undefined {
  const example = schemasAt(path).flatMap(({ examples }) => examples ?? [])[0];
  return example === undefined ? undefined : flow(example);
}

/** Where the format has a key that does not belong here: below keys it knows here, or further up. */
function elsewhere(path: Path, key: string, known: readonly string[]): string | undefined {
  const below = known.filter((one) => knownKeys([...path, one]).includes(key)).map((one) => `${one}:`);
  if (below.length > 0) return `there is one below ${below.join(' and ')}`;
  const heights = path.map((_, index) => path.slice(0, path.length - 1 - index));
  const above = heights.find((one) => knownKeys(one).includes(key));
  return above && `it belongs ${above.length === 0 ? 'at the top' : `to ${pathText(above)}`}`;
}

/** The branch of a union the author most likely meant; `undefined` when the value has the shape of none. */
function nearest(branches: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] | undefined {
  let best: readonly SchemaIssue[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const branch of branches) {
    const distance = branch.reduce((sum, issue) => sum + weight(issue), 0);
    if (distance < least) [best, least] = [branch, distance];
  }
  return least < WRONG_SHAPE || branches.length === 1 ? best : scalarBranch(branches);
}

const WRONG_SHAPE = 1000;

/** How far a problem shows that another branch was meant. */
function weight(issue: SchemaIssue): number {
  if (issue.path.length === 0 && issue.code === 'invalid_type') return WRONG_SHAPE;
  if (issue.path.length === 0 && issue.code === 'custom' && isStructure(issue.input)) return WRONG_SHAPE;
  if (issue.code === 'unrecognized_keys') return 2 * issue.keys.length;
  return issue.input === undefined ? 3 : 1;
}

/** The only branch left for a scalar is the one whose own parser refused it. */
function scalarBranch(branches: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] | undefined {
  return branches.find((branch) =>
    branch.some(({ code, input }) => code === 'custom' && !isStructure(input)),
  );
}

function isStructure(input: unknown): boolean {
  return typeof input === 'object' && input !== null;
}
