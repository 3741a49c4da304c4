/**
 * Changing a document by path: what strategies and `--set` do.
 *
 * A path is keys and list indexes joined by dots. A key may itself hold dots: the longest key that exists is
 * taken (`policies.app.example.com/A.failover.ttl`). Maps the format knows are made as needed; things with names
 * of their own (a population, an endpoint) must exist, unless the whole thing is what is set.
 */
import { didYouMean } from '../../base/suggest.ts';
import { IMPLIED } from '../defaults.ts';
import { isOpenMap, knownKeys } from '../json-schema.ts';
import { Problem } from '../kinds.ts';
import { childOf, keysAt, type MapNode, type Path, pathText, type TreeNode } from './tree.ts';

/** The document with `value` at the path, or why that cannot be. */
export function edit(root: TreeNode, path: string, value: TreeNode): TreeNode | Problem {
  const steps = resolvePath(root, path, value);
  return steps instanceof Problem ? steps : replaced(root, steps, value);
}

/** Splits a path along the document and the format. @param value decides whether a new name may be made */
export function resolvePath(root: TreeNode, path: string, value: TreeNode): Path | Problem {
  const steps: (string | number)[] = [];
  let node: TreeNode | undefined = root;
  let rest = path.split('.');
  while (rest.length > 0) {
    const step = providerName(root, steps, rest) ?? nextStep(node, steps, rest, value);
    if (step instanceof Problem) return step;
    steps.push(step.key);
    node = childOf(node, step.key);
    rest = rest.slice(step.used);
  }
  return steps;
}

/** Prices go by names that stand elsewhere: those of the providers. */
function providerName(root: TreeNode, above: Path, rest: readonly string[]): Step | undefined {
  if (above.length !== 1 || above[0] !== 'prices') return undefined;
  const listed = keysAt(root, ['providers']);
  const names = listed.length > 0 ? listed : [IMPLIED.provider];
  const name = names.find((one) => `${rest.join('.')}.`.startsWith(`${one}.`));
  return name === undefined ? undefined : { key: name, used: name.split('.').length };
}

interface Step {
  readonly key: string | number;
  readonly used: number;
}

function nextStep(
  node: TreeNode | undefined,
  above: Path,
  rest: readonly string[],
  value: TreeNode,
): Step | Problem {
  if (node?.kind === 'list') return listStep(node.items.length, above, rest);
  if (node?.kind === 'scalar') {
    return wrongPath(pathText([...above, ...rest]), `${pathText(above)} is not a map; set it as a whole`);
  }
  for (let used = rest.length; used > 0; used--) {
    const key = rest.slice(0, used).join('.');
    if (node?.entries.has(key)) return { key, used };
  }
  return newKey(node, above, rest, value);
}

function listStep(length: number, above: Path, rest: readonly string[]): Step | Problem {
  const index = /^\d{1,6}$/.test(rest[0]!) ? Number(rest[0]) : length;
  if (index < length) return { key: index, used: 1 };
  const hint =
    length === 0
      ? 'the list is empty'
      : `items count from 0: the list has ${length === 1 ? 'only item 0' : `items 0 to ${length - 1}`}`;
  return wrongPath(pathText([...above, ...rest]), hint);
}

/** A key that is not there yet: one of the format's own, or a whole new named thing. */
function newKey(
  node: MapNode | undefined,
  above: Path,
  rest: readonly string[],
  value: TreeNode,
): Step | Problem {
  const known = knownKeys(above, node ? [...node.entries.keys()] : []);
  if (known.includes(rest[0]!)) return { key: rest[0]!, used: 1 };
  const whole = rest.join('.');
  const named = isOpenMap(above) && whole !== '';
  if (named && (value.kind !== 'scalar' || leavesAreScalars(above))) return { key: whole, used: rest.length };
  const names = node ? [...node.entries.keys()] : [];
  const wanted = named ? whole : rest[0]!;
  return wrongPath(pathText([...above, ...rest]), didYouMean(nameIn(wanted, names), [...names, ...known]));
}

/** Maps such as round trips, whose values are scalars, take new keys with scalars. */
function leavesAreScalars(path: Path): boolean {
  return knownKeys([...path, 'x']).length === 0;
}

/** As many parts of a dotted remainder as the names present have, for a useful suggestion. */
function nameIn(rest: string, names: readonly string[]): string {
  const parts = Math.max(1, ...names.map((name) => name.split('.').length));
  return rest.split('.').slice(0, parts).join('.');
}

function wrongPath(path: string, hint: string | undefined): Problem {
  return new Problem('scenario-bad-path', `nothing can be set at '${path}'`, hint);
}

function replaced(node: TreeNode | undefined, [step, ...rest]: Path, value: TreeNode): TreeNode {
  if (step === undefined) return value;
  const child = replaced(childOf(node, step), rest, value);
  if (node?.kind === 'list') {
    return { ...node, items: node.items.map((item, index) => (index === step ? child : item)) };
  }
  const entries = new Map(node?.kind === 'map' ? node.entries : []);
  const keyPlace = entries.get(String(step))?.keyPlace ?? value.place;
  entries.set(String(step), { keyPlace, node: child });
  const { place, origin } = node ?? value;
  return { kind: 'map', place, origin, entries };
}
