/**
 * What may be written at a place of a scenario's text, half-written as it is: the path of the map whose key is
 * being typed, or of the value. A marker is put in place of the word at the cursor, and the text is read with it.
 */
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { entriesOf, keyOf, Outline, type Path } from '../document/outline.ts';

export interface Cursor {
  readonly kind: 'key' | 'value';
  /** Of the map that would get the key, or of the value. */
  readonly path: Path;
  /** The word being typed: from where, and up to the cursor. */
  readonly from: number;
  readonly word: string;
  /** Keys the map has already; the items of a list hold no keys. */
  readonly present: readonly string[];
  /** The text with something whole in place of the word. */
  readonly whole: string;
}

const MARK = 'cursor\u{1f4cd}';
/** What ends a word before the cursor. Spaces do only in key position: targets are two words. */
const WORD = /[^\s,[\]{}:"'#]*$/;
const VALUE = /[^,[\]{}"'#:]*$/;

/**
 * Every reading of the place, the likeliest first: below a key there may be a map or a word. None inside comments
 * and blocks of text, and where nothing can be made of the text.
 */
export function cursorsAt(text: string, offset: number): Cursor[] {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (/(^|\s)#/.test(before)) return [];
  const isFirst = /^[\s-]*[^\s:,[\]{}"'#]*$/.test(before);
  const word = (isFirst ? WORD : lastValue(before)).exec(before)![0].trimStart();
  const from = offset - word.length;
  const rest = text.slice(offset).replace(/^[^\s,[\]{}:"'#]*/, '');
  const markers = isFirst ? [`${MARK}: `, MARK] : [MARK];
  return markers.flatMap((marker) => {
    const whole = text.slice(0, from) + marker + rest;
    const found = find(new Outline(whole).root, []);
    return found ? [{ ...found, from, word, whole }] : [];
  });
}

/** After `key: ` a value may hold spaces; inside a flow map a key may not. */
function lastValue(before: string): RegExp {
  return /:\s[^,{}[\]]*$/.test(before) || /[[,]\s*[^:{}]*$/.test(before) ? VALUE : WORD;
}

type Found = Omit<Cursor, 'from' | 'word' | 'whole'>;

function find(node: Node | null, path: Path): Found | undefined {
  if (isMap(node)) return findInMap(node, path);
  if (isSeq(node)) {
    for (const [index, item] of (node.items as Node[]).entries()) {
      const found = find(item, [...path, index]);
      if (found) return found;
    }
    return undefined;
  }
  if (!isScalar(node) || !String(node.source ?? node.value).includes(MARK)) return undefined;
  if (node.type?.startsWith('BLOCK')) return undefined;
  return { kind: 'value', path, present: [] };
}

function findInMap(map: Parameters<typeof entriesOf>[0], path: Path): Found | undefined {
  const entries = entriesOf(map);
  for (const pair of entries) {
    if (keyOf(pair).includes(MARK)) {
      const present = entries.map(keyOf).filter((key) => !key.includes(MARK));
      return { kind: 'key', path, present };
    }
    const found = pair.value && find(pair.value, [...path, keyOf(pair)]);
    if (found) return found;
  }
  return undefined;
}

/** The path of the key or value that stands at an offset, and where it stands; undefined between them. */
export function placeAt(
  text: string,
  offset: number,
): { readonly path: Path; readonly from: number; readonly to: number } | undefined {
  return standing(new Outline(text).root, [], offset);
}

interface Standing {
  readonly path: Path;
  readonly from: number;
  readonly to: number;
}

function standing(node: Node | null, path: Path, offset: number): Standing | undefined {
  if (!node?.range || offset < node.range[0] || offset > node.range[2]) return undefined;
  if (isMap(node)) {
    for (const pair of entriesOf(node)) {
      const here = [...path, keyOf(pair)];
      const [from, to] = pair.key.range!;
      if (offset >= from && offset <= to) return { path: here, from, to };
      const found = standing(pair.value, here, offset);
      if (found) return found;
    }
    return undefined;
  }
  if (isSeq(node)) {
    return (node.items as Node[]).reduce<Standing | undefined>(
      (found, item, index) => found ?? standing(item, [...path, index], offset),
      undefined,
    );
  }
  const [from, to] = node.range;
  return offset <= to ? { path, from, to } : undefined;
}
