/** Edits by path: the document becomes what was meant, and every other line stays as it was written. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { appendAt, removeAt, setAt } from '../../web/edit/document/edit.ts';
import { Outline, type Path, type Plain } from '../../web/edit/document/outline.ts';

const SEED = 20_261_122;

describe('setAt', () => {
  test.each<[what: string, text: string, path: Path, value: Plain, after: string]>([
    ['a scalar', 'duration: 1h # short\n', ['duration'], '2h', 'duration: 2h # short\n'],
    ['a quoted scalar', "title: 'a: b'\n", ['title'], 'c: d', 'title: "c: d"\n'],
    ['text that reads as a number', 'title: a\n', ['title'], '7', 'title: "7"\n'],
    ['inside a flow map', 'a: { b: 1, c: 2 } # x\n', ['a', 'b'], 3, 'a: { b: 3, c: 2 } # x\n'],
    ['a new key of a flow map', 'a: { b: 1 }\n', ['a', 'c'], '5s', 'a: { b: 1, c: 5s }\n'],
    ['a new key of an empty flow map', 'a: {}\n', ['a', 'c'], '5s', 'a: { c: 5s }\n'],
    [
      'a new key of a block map',
      'a:\n  b: 1 # one\nz: 2\n',
      ['a', 'c'],
      3,
      'a:\n  b: 1 # one\n  c: 3\nz: 2\n',
    ],
    ['a key without a value', 'a:\n  b:\nz: 2\n', ['a', 'b'], 3, 'a:\n  b: 3\nz: 2\n'],
    ['a map in place of a word', 'a: chrome # x\n', ['a', 'with'], 'y', 'a: { with: y } # x\n'],
    ['a word in place of a block map', 'a:\n  b: 1\n  c: 2\nz: 3\n', ['a'], 'w', 'a: w\nz: 3\n'],
    [
      'maps made on the way',
      'duration: 1h\n',
      ['recovery', 'hold'],
      '5m',
      'duration: 1h\nrecovery: { hold: 5m }\n',
    ],
    [
      'in the usual order',
      'title: t\nzones: []\n',
      ['duration'],
      '1h',
      'title: t\nduration: 1h\nzones: []\n',
    ],
    ['in an item of a list', 't:\n  - { at: 1m }\n', ['t', 0, 'at'], '2m', 't:\n  - { at: 2m }\n'],
    [
      'in an item in block style',
      't:\n  - at: 1m\n    for: 2m\n',
      ['t', 0, 'for'],
      '3m',
      't:\n  - at: 1m\n    for: 3m\n',
    ],
    ['after a block of text', 'r: |\n  a 1\n  b 2\n\nz: 1\n', ['y'], 2, 'r: |\n  a 1\n  b 2\n\nz: 1\ny: 2\n'],
    ['a block of text', 'r: |\n  a 1\nz: 1\n', ['r'], 'a 2\nb 3\n', 'r: |\n  a 2\n  b 3\nz: 1\n'],
    ['a key with dots', 'p:\n  a.b/A: { t: 1s }\n', ['p', 'a.b/A', 't'], '2s', 'p:\n  a.b/A: { t: 2s }\n'],
  ])('%s', (_, text, path, value, after) => {
    expect(setAt(text, path, value)).toBe(after);
  });

  it('leaves a text that is no YAML alone', () => {
    expect(setAt('a: [1\nb: 2', ['b'], 3)).toBe('a: [1\nb: 2');
  });
});

describe('appendAt', () => {
  test.each<[what: string, text: string, path: Path, value: Plain, after: string]>([
    ['to a block list', 't:\n  - a # x\nz: 1\n', ['t'], 'b', 't:\n  - a # x\n  - b\nz: 1\n'],
    ['to a flow list', 't: [a] # x\n', ['t'], 'b, c', 't: [a, "b, c"] # x\n'],
    ['to an empty list', 't: []\n', ['t'], 'b', 't: [b]\n'],
    ['to no list', 'title: t\n', ['expect'], 'x < 5', 'title: t\nexpect: [x < 5]\n'],
    [
      'a map',
      't:\n  - { at: 1m }\n',
      ['t'],
      { at: '2m', fail: 'endpoint x' },
      't:\n  - { at: 1m }\n  - { at: 2m, fail: endpoint x }\n',
    ],
  ])('%s', (_, text, path, value, after) => {
    expect(appendAt(text, path, value)).toBe(after);
  });
});

describe('removeAt', () => {
  test.each<[what: string, text: string, path: Path, after: string]>([
    ['a line', 'a: 1\nb: 2 # two\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['an entry of a flow map', 'a: { b: 1, c: 2, d: 3 }\n', ['a', 'c'], 'a: { b: 1, d: 3 }\n'],
    ['the last entry of a flow map', 'a: { b: 1, c: 2 }\n', ['a', 'c'], 'a: { b: 1 }\n'],
    ['an item', 't:\n  # first\n  - a\n  - b\n', ['t', 1], 't:\n  # first\n  - a\n'],
    ['the first key of an item', 't:\n  - at: 1m\n    for: 2m\n', ['t', 0, 'at'], 't:\n  - for: 2m\n'],
    ['the only entry, with its map', 'a: 1\ns:\n  x: {}\n', ['s', 'x'], 'a: 1\n'],
    ['what is not there', 'a: 1\n', ['b', 'c'], 'a: 1\n'],
  ])('%s', (_, text, path, after) => {
    expect(removeAt(text, path)).toBe(after);
  });
});

const FOLDER = 'scenarios';
const SCENARIOS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));

/** Every path of a document, from the root down. */
function pathsOf(value: Plain, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value);
  return [path, ...children.flatMap(([step, item]) => pathsOf(item as Plain, [...path, step]))];
}

const comments = (text: string): string[] => text.match(/(?:^|\s)#.*$/gm)?.map((line) => line.trim()) ?? [];

describe.each(SCENARIOS)('$name', ({ text }) => {
  const before = new Outline(text).valueAt([])!;
  const leaves = pathsOf(before).filter((path) => {
    const value = new Outline(text).valueAt(path);
    return path.length > 0 && (typeof value !== 'object' || value === null);
  });
  const leaf = fc.constantFrom(...leaves);

  it('takes any word at any leaf and changes the lines of that leaf only', () => {
    fc.assert(
      fc.property(
        leaf,
        fc.string({ minLength: 1 }).filter((word) => !/[\n\r]/.test(word)),
        (path, word) => {
          const after = setAt(text, path, word);
          expect(new Outline(after).valueAt(path)).toBe(word);
          expect(setAt(after, path, new Outline(text).valueAt(path)!).length).toBeGreaterThan(0);
          const kept = after.split('\n');
          const changed = text.split('\n').filter((line) => !kept.includes(line));
          const [from, to] = new Outline(text).nodeAt(path)!.range!;
          const span = text.slice(from, to).trimEnd().split('\n').length;
          expect(changed.length).toBeLessThanOrEqual(span);
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('loses no comment when something is added', () => {
    fc.assert(
      fc.property(leaf, (path) => {
        const above = path.slice(0, -1);
        const parent = new Outline(text).valueAt(above);
        const after = Array.isArray(parent)
          ? appendAt(text, above, 'new')
          : setAt(text, [...above, 'new'], 'thing');
        expect(comments(after)).toEqual(comments(text));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('removes what stands at a leaf and nothing else', () => {
    fc.assert(
      fc.property(leaf, (path) => {
        const after = new Outline(removeAt(text, path));
        expect(after.sound).toBe(true);
        const gone = pathsOf(before).length - pathsOf(after.valueAt([])!).length;
        expect(gone).toBeGreaterThanOrEqual(1);
        expect(gone).toBeLessThanOrEqual(path.length);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
