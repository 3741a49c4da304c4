/** `path=value`, as `--set` takes it and as Play turns its knobs, written into the text for good. */
import { parse } from 'yaml';
import { setAt } from './edit.ts';
import { childOf, Outline, type Path, type Plain } from './outline.ts';

/** The text with every set applied, in order. A set that says nothing is left out. */
export function withSets(text: string, sets: readonly string[]): string {
  return sets.reduce((edited, set) => {
    const equals = set.indexOf('=');
    if (equals <= 0) return edited;
    return setAt(
      edited,
      pathOf(new Outline(edited), set.slice(0, equals).trim()),
      plainValue(set.slice(equals + 1)),
    );
  }, text);
}

/** A key may hold dots itself: of the keys there are, the longest that fits is taken. */
function pathOf(outline: Outline, written: string): Path {
  const path: string[] = [];
  let node = outline.root;
  let rest = written.split('.');
  while (rest.length > 0) {
    const lengths = rest.map((_, index) => rest.length - index);
    const used = lengths.find((length) => childOf(node, rest.slice(0, length).join('.')) !== null) ?? 1;
    const key = rest.slice(0, used).join('.');
    path.push(key);
    node = childOf(node, key);
    rest = rest.slice(used);
  }
  return path;
}

function plainValue(text: string): Plain {
  try {
    return parse(text) as Plain;
  } catch {
    return text;
  }
}
