/** Collecting problems of a scenario, each placed by its path in the document. */
import type { Issue, Place } from '../base/issue.ts';
import { type Path, pathText, placeOfKey, placeOfValue, type TreeNode } from './document/tree.ts';

export interface IssueNotes {
  readonly hint?: string | undefined;
  /** Place it at the key instead of the value. */
  readonly atKey?: boolean;
  readonly severity?: 'error' | 'warning';
}

/** Problems of one document. The same problem is kept once. */
export class IssueList {
  readonly issues: Issue[] = [];
  readonly #tree: TreeNode;

  constructor(tree: TreeNode) {
    this.#tree = tree;
  }

  /** Whether anything worse than a warning was found. */
  get failed(): boolean {
    return this.issues.some(({ severity }) => severity === 'error');
  }

  add(path: Path, code: string, message: string, notes: IssueNotes = {}): void {
    const place = notes.atKey ? placeOfKey(this.#tree, path) : placeOfValue(this.#tree, path);
    this.issues.push(makeIssue(code, message, { place, path, ...notes }));
  }
}

/** An issue with only those fields that say something. */
export function makeIssue(
  code: string,
  message: string,
  { place, path, hint, severity }: IssueNotes & { readonly place?: Place; readonly path?: Path },
): Issue {
  return {
    severity: severity ?? 'error',
    code,
    message,
    ...(path && path.length > 0 ? { path: pathText(path) } : {}),
    ...(place ? { place } : {}),
    ...(hint === undefined ? {} : { hint }),
  };
}

/**
 * Problems in the order of their places, each once. Those of the scenario file come first, then those of other
 * files by name, then those without a place.
 */
export function inOrder(issues: readonly Issue[], file: string): Issue[] {
  const byText = new Map(issues.map((issue) => [JSON.stringify(issue), issue]));
  return [...byText.values()].sort((a, b) => compareIssues(a, b, file));
}

function compareIssues(a: Issue, b: Issue, file: string): number {
  return (
    compare(rank(a, file), rank(b, file)) ||
    compare(a.place?.file ?? '', b.place?.file ?? '') ||
    compare(a.place?.line ?? 0, b.place?.line ?? 0) ||
    compare(a.place?.column ?? 0, b.place?.column ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message) ||
    compare(a.path ?? '', b.path ?? '')
  );
}

function rank({ place }: Issue, file: string): number {
  if (!place) return 2;
  return place.file === file ? 0 : 1;
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
