/**
 * YAML 1.2 text to a tree with places. Whatever the text, the outcome is a tree or issues, never an exception.
 *
 * Not supported: several documents in one file, keys that are not scalars, tags. Aliases are expanded, within limits.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Issue, Place } from '../../base/issue.ts';
import type { MapEntry, Origin, ScalarNode, TreeNode } from './tree.ts';

/** A scenario is written by hand; longer text is a mistake (and YAML readers can be slow on it). */
const LONGEST_TEXT = 1_000_000;
/** Nodes after aliases are expanded: stops "billion laughs" documents. */
const MOST_NODES = 100_000;
const DEEPEST_NESTING = 60;

/** What reading gave: a tree unless the text is no usable YAML; all problems, places filled in. */
export interface ReadDocument {
  readonly tree?: TreeNode;
  readonly issues: readonly Issue[];
}

/** Reads one YAML document. @param origin who wrote the text, kept in every node */
export function readDocument(text: string, file: string, origin: Origin = { kind: 'file' }): ReadDocument {
  const start: Place = { file, line: 1, column: 1 };
  if (text.length > LONGEST_TEXT) {
    return failed(start, 'scenario-too-long', `the text has more than ${LONGEST_TEXT} characters`);
  }
  const lines = new LineCounter();
  const document = parse(text, lines);
  if (!document) return failed(start, 'scenario-yaml', TOO_DEEP);
  const problems = [...document.errors, ...document.warnings];
  const tooDeep = problems.find(({ message }) => message.includes('call stack'));
  if (tooDeep) return failed(placeAt(lines, tooDeep.pos[0], file), 'scenario-yaml', TOO_DEEP);
  const issues = problems.map((problem) => yamlIssue(problem, lines, file));
  if (issues.length > 0) return { issues };
  if (!document.contents) return failed(start, 'scenario-empty', 'the file holds nothing');
  const converter = new Converter(text, file, origin, lines);
  const tree = converter.node(document.contents, 0);
  return converter.issues.length > 0 ? { issues: converter.issues } : { tree, issues: [] };
}

function failed(place: Place, code: string, message: string): ReadDocument {
  return { issues: [{ severity: 'error', code, message, place }] };
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  } catch {
    return undefined; // the reader recurses: its stack is the only thing that can give out
  }
}

interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Problems of YAML that have words of their own here; the rest keep those of the YAML reader. */
const KNOWN: Readonly<
  Record<string, { readonly code: string; readonly message: string; readonly hint: string }>
> = {
  TAB_AS_INDENT: { code: 'scenario-tab', message: 'a tab indents the line', hint: 'indent with spaces' },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'scenario-yaml',
    message: 'a second key stands on the same line',
    hint: "give it a line of its own, or quote the value: key: 'a: b'",
  },
  MULTILINE_IMPLICIT_KEY: {
    code: 'scenario-yaml',
    message: 'a key does not end on its line',
    hint: 'perhaps a colon or a quotation mark is missing, or a line is indented wrongly',
  },
  BAD_INDENT: {
    code: 'scenario-yaml',
    message: 'the indentation does not fit, or a bracket above is not closed',
    hint: 'what belongs together begins in the same column; [ needs ] and { needs }',
  },
  TAG_RESOLVE_FAILED: {
    code: 'scenario-yaml',
    message: 'tags, such as !!int, mean nothing here',
    hint: 'remove the tag, or quote a text that begins with !',
  },
  MULTIPLE_DOCS: {
    code: 'scenario-several-documents',
    message: 'a second document starts here',
    hint: 'a file holds one scenario: remove the --- and what follows',
  },
};

/** The reader gives up on brackets nested this deeply, with the words of the machine. */
const TOO_DEEP = 'the text is nested too deeply to be read';

function yamlIssue(problem: YamlProblem, lines: LineCounter, file: string): Issue {
  const known = KNOWN[problem.code];
  return {
    severity: 'error',
    code: known?.code ?? 'scenario-yaml',
    message: known?.message ?? problem.message.split('\n', 1)[0]!.replace(/:$/, ''),
    place: placeAt(lines, problem.pos[0], file),
    ...(known ? { hint: known.hint } : {}),
  };
}

function placeAt(lines: LineCounter, offset: number, file: string): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

class Converter {
  readonly issues: Issue[] = [];
  readonly #text: string;
  readonly #file: string;
  readonly #origin: Origin;
  readonly #lines: LineCounter;
  readonly #anchors = new Map<string, Node>();
  #count = 0;

  constructor(text: string, file: string, origin: Origin, lines: LineCounter) {
    this.#text = text;
    this.#file = file;
    this.#origin = origin;
    this.#lines = lines;
  }

  node(node: Node | null, depth: number): TreeNode {
    const base = { place: this.#place(node), origin: this.#origin };
    this.#count++;
    if (this.#count > MOST_NODES || depth > DEEPEST_NESTING) {
      this.#tooLarge(base.place);
      return { ...base, kind: 'scalar', value: null };
    }
    if (isAlias(node)) return this.#alias(node.source, base, depth);
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return { ...base, kind: 'map', entries: this.#entries(node, depth) };
    if (isSeq(node)) {
      return { ...base, kind: 'list', items: node.items.map((item) => this.node(item as Node, depth + 1)) };
    }
    return isScalar(node) ? this.#scalar(node, base) : { ...base, kind: 'scalar', value: null };
  }

  #alias(name: string, base: { place: Place; origin: Origin }, depth: number): TreeNode {
    const node = this.#anchors.get(name);
    if (node) return this.node(node, depth + 1);
    this.#complain(base.place, 'scenario-unknown-anchor', `there is no anchor '${name}' above`);
    return { ...base, kind: 'scalar', value: null };
  }

  #entries(map: YAMLMap, depth: number): Map<string, MapEntry> {
    const entries = new Map<string, MapEntry>();
    for (const pair of map.items) {
      const keyPlace = this.#place(pair.key as Node);
      const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : undefined;
      if (key === undefined || key === '__proto__') {
        this.#complain(keyPlace, 'scenario-bad-key', 'a key must be plain text');
      } else if (entries.has(key)) {
        this.#complain(keyPlace, 'scenario-duplicate-key', `the key '${key}' stands here a second time`);
      } else if (this.#count <= MOST_NODES) {
        const node = pair.value === null ? this.#nothing(keyPlace) : this.node(pair.value as Node, depth + 1);
        entries.set(key, { keyPlace, node });
      }
    }
    return entries;
  }

  #nothing(place: Place): ScalarNode {
    return { kind: 'scalar', value: null, place, origin: this.#origin };
  }

  #scalar(node: Scalar, base: { place: Place; origin: Origin }): ScalarNode {
    const { value } = node;
    const known = typeof value === 'number' || typeof value === 'boolean' || value === null;
    const scalar = { ...base, kind: 'scalar', value: known ? value : String(value) } as const;
    return node.type === 'BLOCK_LITERAL' ? { ...scalar, block: this.#blockStart(base.place) } : scalar;
  }

  /** The line after the `|`; the column is the indentation of its first line that is not blank. */
  #blockStart(header: Place): Place {
    const body = this.#text.split('\n').slice(header.line);
    const first = body.find((line) => line.trim() !== '') ?? '';
    return { file: header.file, line: header.line + 1, column: first.length - first.trimStart().length + 1 };
  }

  #place(node: Node | null): Place {
    return placeAt(this.#lines, node?.range?.[0] ?? 0, this.#file);
  }

  /** Once: everything after it is too much as well. */
  #tooLarge(place: Place): void {
    const code = 'scenario-too-large';
    if (this.issues.some((issue) => issue.code === code)) return;
    this.#complain(place, code, 'the document is too large once its aliases are expanded');
  }

  #complain(place: Place, code: string, message: string): void {
    if (this.issues.length < 20) this.issues.push({ severity: 'error', code, message, place });
  }
}
