/** A scenario's text as a document with places: what stands at a path, and where. */
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** Keys and list indexes from the root. */
export type Path = readonly (string | number)[];

/** Anything YAML holds in a scenario. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export type Entry = Pair<Scalar, Node | null>;

/** One reading of a text. A text with mistakes gives an outline of whatever could be made out. */
export class Outline {
  readonly text: string;
  readonly root: Node | null;
  /** Whether YAML itself found nothing wrong. */
  readonly sound: boolean;

  constructor(text: string) {
    this.text = text;
    const document = read(text);
    this.root = (document?.contents as Node | null | undefined) ?? null;
    this.sound = document !== undefined && document.errors.length === 0;
  }

  /** The node at a path; undefined where there is none. */
  nodeAt(path: Path): Node | undefined {
    let node: Node | null = this.root;
    for (const step of path) {
      node = childOf(node, step);
      if (!node) return undefined;
    }
    return node ?? undefined;
  }

  /** The value at a path as plain data; undefined where there is none, or none that can be read. */
  valueAt(path: Path): Plain | undefined {
    const node = this.nodeAt(path);
    return node && plainOf(node);
  }

  /** Keys of the map at a path, in the order of the text. */
  keysAt(path: Path): string[] {
    const node = this.nodeAt(path);
    return isMap(node) ? entriesOf(node).map(keyOf) : [];
  }

  /** Number of items of the list at a path; 0 where there is no list. */
  lengthAt(path: Path): number {
    const node = this.nodeAt(path);
    return isSeq(node) ? node.items.length : 0;
  }
}

function read(text: string): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(text, {
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
      keepSourceTokens: true,
    });
  } catch {
    return undefined; // the reader recurses: its stack can give out
  }
}

export function entriesOf(map: YAMLMap): Entry[] {
  return (map.items as Entry[]).filter((pair) => isScalar(pair.key));
}

/** As scenarios are read: the text of the key, even where YAML would see a number. */
export function keyOf(pair: Entry): string {
  return String(pair.key.source ?? pair.key.value);
}

export function entryOf(map: YAMLMap, key: string | number): Entry | undefined {
  return entriesOf(map).find((pair) => keyOf(pair) === String(key));
}

export function childOf(node: Node | null | undefined, step: string | number): Node | null {
  if (isMap(node)) return entryOf(node, step)?.value ?? null;
  return isSeq(node) ? (((node as YAMLSeq).items[Number(step)] as Node | undefined) ?? null) : null;
}

function plainOf(node: Node): Plain | undefined {
  if (isMap(node)) {
    return Object.fromEntries(
      entriesOf(node).map((pair) => [keyOf(pair), pair.value ? (plainOf(pair.value) ?? null) : null]),
    );
  }
  if (isSeq(node)) return (node.items as Node[]).map((item) => plainOf(item) ?? null);
  if (!isScalar(node)) return undefined;
  const { value } = node;
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : String(value);
}
