/**
 * Edits of a scenario's text by path that leave comments, order and layout of everything else as they are.
 *
 * Each edit replaces the smallest piece of text. Whatever comes out is read again: were it ever not the document
 * meant, the whole text is written anew instead, which keeps its comments but not all of its layout.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { childOf, type Entry, entriesOf, entryOf, keyOf, Outline, type Path, type Plain } from './outline.ts';
import { block, flow, keyText } from './write.ts';

/** A piece of text replaced. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The text with `value` at the path; maps on the way are made as needed. */
export function setAt(text: string, path: Path, value: Plain): string {
  return checked(text, spliceForSet(new Outline(text), path, value), {
    plainly: (root) => put(root, path, value),
    anew: (document) => document.setIn(path, document.createNode(value)),
  });
}

/** The text with one more item at the end of the list at the path, which is made when absent. */
export function appendAt(text: string, path: Path, value: Plain): string {
  const outline = new Outline(text);
  const list = outline.nodeAt(path);
  if (!isSeq(list)) return setAt(text, path, [value]);
  const place = [...path, list.items.length];
  return checked(text, spliceForItem(outline, list as YAMLSeq, value), {
    plainly: (root) => put(root, place, value),
    anew: (document) => document.addIn(path, document.createNode(value)),
  });
}

/**
 * The text without what stands at the path; nothing changes where nothing stands. A list or map that would be
 * left empty goes too.
 */
export function removeAt(text: string, path: Path): string {
  const outline = new Outline(text);
  const above = path.slice(0, -1);
  const parent = outline.nodeAt(above);
  const key = path.at(-1);
  if (key === undefined || !hasChild(parent, key)) return text;
  if (above.length > 0 && (parent as YAMLMap).items.length === 1) return removeAt(text, above);
  return checked(text, spliceForRemoval(outline, parent!, key), {
    plainly: (root) => cut(root, path),
    anew: (document) => document.deleteIn(path),
  });
}

function hasChild(parent: Node | undefined, key: string | number): boolean {
  if (isMap(parent)) return entryOf(parent, key) !== undefined;
  return isSeq(parent) && Number(key) < parent.items.length;
}

/** The same change to plain data, and to a document that is written anew. */
interface Change {
  readonly plainly: (root: Plain) => Plain;
  readonly anew: (document: Document) => void;
}

/** Applies a splice if it leads to the document meant, and else writes the document anew. */
function checked(text: string, splice: Splice | undefined, change: Change): string {
  if (splice) {
    const spliced = text.slice(0, splice.from) + splice.insert + text.slice(splice.to);
    const after = new Outline(spliced);
    const wanted = change.plainly(new Outline(text).valueAt([]) ?? {});
    if (after.sound && same(after.valueAt([]) ?? {}, wanted)) return spliced;
  }
  const document: Document = parseDocument(text);
  if (document.errors.length > 0) return text;
  change.anew(document);
  return document.toString({ lineWidth: 0 });
}

function same(one: Plain, other: Plain): boolean {
  return (
    JSON.stringify(one) === JSON.stringify(other) ||
    JSON.stringify(ordered(one)) === JSON.stringify(ordered(other))
  );
}

/** The same data with keys in order, since an entry may be put between others. */
function ordered(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, Plain>)
      .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
      .map(([key, item]) => [key, ordered(item)]),
  );
}

function put(root: Plain, [step, ...rest]: Path, value: Plain): Plain {
  if (step === undefined) return value;
  if (Array.isArray(root)) {
    const items = [...root];
    items[Number(step)] = put(items[Number(step)] ?? null, rest, value);
    return items;
  }
  const map = typeof root === 'object' && root !== null ? (root as Record<string, Plain>) : {};
  return { ...map, [step]: put(map[step] ?? null, rest, value) };
}

function cut(root: Plain, [step, ...rest]: Path): Plain {
  if (Array.isArray(root)) {
    return rest.length > 0
      ? root.map((item, index) => (index === Number(step) ? cut(item, rest) : item))
      : root.filter((_, index) => index !== Number(step));
  }
  const { [step!]: child, ...others } = root as Record<string, Plain>;
  return rest.length > 0 ? { ...(root as object), [step!]: cut(child!, rest) } : others;
}

function spliceForSet(outline: Outline, path: Path, value: Plain): Splice | undefined {
  let node: Node | null | undefined = outline.root;
  for (const [depth, step] of path.entries()) {
    const rest = nested(path.slice(depth + 1), value);
    if (isMap(node)) {
      const entry = entryOf(node, step);
      if (!entry) return spliceForEntry(outline, node, String(step), rest);
      if (depth === path.length - 1 || !isCollection(entry.value))
        return spliceForValue(outline, node, entry, rest);
    } else if (isSeq(node)) {
      const item = childOf(node, step);
      if (!item) return spliceForItem(outline, node as YAMLSeq, rest);
      if (depth === path.length - 1 || !isCollection(item)) return { ...spanOf(item), insert: flow(rest) };
    } else return undefined;
    node = childOf(node, step);
  }
  return undefined;
}

function isCollection(node: unknown): boolean {
  return isMap(node) || isSeq(node);
}

/** The value wrapped in a map for each step still to go. */
function nested(path: Path, value: Plain): Plain {
  return path.reduceRight<Plain>((inner, step) => ({ [step]: inner }), value);
}

/** Where the text of a node begins and ends, without what only surrounds it. */
function spanOf(node: Node): { readonly from: number; readonly to: number } {
  const [from, to] = node.range!;
  return { from, to };
}

/** Where a node's text ends, without the blank space that YAML counts in. */
function endOf(outline: Outline, node: Node): number {
  return node.range![0] + outline.text.slice(node.range![0], node.range![1]).trimEnd().length;
}

function endOfEntry(outline: Outline, { key, value }: Entry): number {
  return value && value.range![1] > value.range![0] ? endOf(outline, value) : afterColon(outline, key);
}

function afterColon(outline: Outline, key: Node): number {
  const colon = outline.text.indexOf(':', key.range![1]);
  return colon < 0 ? key.range![1] : colon + 1;
}

/** A new value for an entry that is there. */
function spliceForValue(outline: Outline, map: YAMLMap, entry: Entry, value: Plain): Splice {
  const { key, value: before } = entry;
  if (isScalar(before) && before.range![1] > before.range![0] && !before.type?.startsWith('BLOCK')) {
    return { ...spanOf(before), insert: flow(value) };
  }
  if (before && isFlow(before)) return { ...spanOf(before), insert: flow(value) };
  if (isFlow(map))
    return { from: afterColon(outline, key), to: endOfEntry(outline, entry), insert: ` ${flow(value)}` };
  const indent = indentOf(outline, key.range![0]);
  const written = block(keyOf(entry), value, indent).slice(indent.length + keyText(keyOf(entry)).length + 1);
  return { from: afterColon(outline, key), to: endOfEntry(outline, entry), insert: written };
}

function isFlow(node: Node): boolean {
  return isCollection(node) && (node as YAMLMap).flow === true;
}

/** Blank space as deep as the column at which an offset stands. */
function indentOf(outline: Outline, offset: number): string {
  const start = outline.text.lastIndexOf('\n', offset - 1) + 1;
  return ' '.repeat(offset - start);
}

/** A new entry of a map, after those that come before it in the order people write them. */
function spliceForEntry(outline: Outline, map: YAMLMap, key: string, value: Plain): Splice | undefined {
  const entries = entriesOf(map);
  if (isFlow(map)) {
    const written = `${keyText(key)}: ${flow(value)}`;
    if (entries.length === 0) return { ...spanOf(map), insert: `{ ${written} }` };
    const end = endOfEntry(outline, entries.at(-1)!);
    return { from: end, to: end, insert: `, ${written}` };
  }
  const anchor = anchorFor(entries, key);
  if (!anchor) return undefined;
  const at = endOfLine(outline, endOfEntry(outline, anchor));
  return { from: at, to: at, insert: `\n${block(key, value, indentOf(outline, anchor.key.range![0]))}` };
}

/** Order of the keys at the top of a scenario, and of a few maps below. */
const USUAL_ORDER: readonly string[] = [
  ...['schema', 'title', 'description', 'duration', 'seed', 'replications', 'start', 'network', 'providers'],
  ...[
    'zones',
    'endpoints',
    'policies',
    'resolvers',
    'clients',
    'timeline',
    'strategies',
    'recovery',
    'expect',
  ],
];

/** The entry after which a new one is put: the last one that usually comes before it, else the last of all. */
function anchorFor(entries: readonly Entry[], key: string): Entry | undefined {
  const rank = USUAL_ORDER.indexOf(key);
  const before = entries.filter((entry) => {
    const other = USUAL_ORDER.indexOf(keyOf(entry));
    return other >= 0 && other < rank;
  });
  return before.at(-1) ?? entries.at(-1);
}

/** The end of the line an offset stands on: behind a comment, if there is one. */
function endOfLine(outline: Outline, offset: number): number {
  const end = outline.text.indexOf('\n', offset);
  return end < 0 ? outline.text.length : end;
}

function spliceForItem(outline: Outline, list: YAMLSeq, value: Plain): Splice | undefined {
  const items = list.items as Node[];
  const last = items.at(-1);
  if (isFlow(list)) {
    if (!last) return { ...spanOf(list), insert: `[${flow(value)}]` };
    const end = endOf(outline, last);
    return { from: end, to: end, insert: `, ${flow(value)}` };
  }
  if (!last) return undefined;
  const at = endOfLine(outline, endOf(outline, last));
  return { from: at, to: at, insert: `\n${indentOf(outline, dashBefore(outline, last))}- ${flow(value)}` };
}

/** Offset of the dash that begins an item of a block list. */
function dashBefore(outline: Outline, item: Node): number {
  return outline.text.lastIndexOf('-', item.range![0] - 1);
}

function spliceForRemoval(outline: Outline, parent: Node, key: string | number): Splice | undefined {
  const parts = partsOf(outline, parent);
  const index = isMap(parent)
    ? entriesOf(parent).findIndex((entry) => keyOf(entry) === String(key))
    : Number(key);
  const [part, next, before] = [parts[index]!, parts[index + 1], parts[index - 1]];
  if (isFlow(parent)) {
    if (next) return { from: part.from, to: next.from, insert: '' };
    return before
      ? { from: before.to, to: part.to, insert: '' }
      : { from: part.from, to: part.to, insert: '' };
  }
  if (parts.length === 1) return undefined;
  const { text } = outline;
  const start = text.lastIndexOf('\n', part.from - 1) + 1;
  if (text.slice(start, part.from).trim() !== '')
    return next && { from: part.from, to: next.from, insert: '' };
  const end = endOfLine(outline, part.to);
  return { from: start, to: Math.min(text.length, end + 1), insert: '' };
}

/** Where each entry or item stands; an item of a block list begins with its dash. */
function partsOf(outline: Outline, parent: Node): { readonly from: number; readonly to: number }[] {
  if (isMap(parent)) {
    return entriesOf(parent).map((entry) => ({ from: entry.key.range![0], to: endOfEntry(outline, entry) }));
  }
  return ((parent as YAMLSeq).items as Node[]).map((item) => ({
    from: isFlow(parent) ? item.range![0] : dashBefore(outline, item),
    to: endOf(outline, item),
  }));
}
