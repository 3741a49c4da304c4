/** The result document as text: keys in the order of their types, two spaces, short lists on one line. */
/** Lists of plain values are wrapped at this length. */
const LINE = 110;

/**
 * JSON of a result, or of any plain document, ending in a newline. The same document gives the same bytes;
 * members that are `undefined` are left out.
 * @throws RangeError for a number JSON cannot hold, naming its path: better no document than a wrong one
 */
export function renderJson(document: object): string {
  return `${write(document as PlainValue, '', '$')}\n`;
}

type PlainValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

function write(value: PlainValue, indent: string, path: string): string {
  if (Array.isArray(value)) return writeList(value, indent, path);
  if (typeof value === 'object' && value !== null) {
    return writeMap(value as Readonly<Record<string, PlainValue>>, indent, path);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${path} is ${value}, which JSON cannot hold`);
  }
  return JSON.stringify(value ?? null);
}

function writeMap(map: Readonly<Record<string, PlainValue>>, indent: string, path: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${inner}${JSON.stringify(key)}: ${write(value, inner, `${path}.${key}`)}`);
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

function writeList(list: readonly PlainValue[], indent: string, path: string): string {
  const inner = `${indent}  `;
  const items = list.map((item, index) => write(item, inner, `${path}[${index}]`));
  if (list.every(isScalar)) return fill(items, inner, indent);
  return `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
}

function isScalar(value: PlainValue): boolean {
  return typeof value !== 'object' || value === null;
}

/** As many items on a line as fit. */
function fill(items: readonly string[], inner: string, indent: string): string {
  const single = `[${items.join(', ')}]`;
  if (indent.length + single.length <= LINE) return single;
  const lines: string[] = [];
  let line = inner;
  for (const [index, item] of items.entries()) {
    const part = index < items.length - 1 ? `${item},` : item;
    if (line !== inner && line.length + 1 + part.length > LINE) {
      lines.push(line);
      line = inner;
    }
    line += line === inner ? part : ` ${part}`;
  }
  return `[\n${[...lines, line].join('\n')}\n${indent}]`;
}
