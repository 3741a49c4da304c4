import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  commonAncestor,
  compareNames,
  depth,
  isBelow,
  isSubdomain,
  isWildcard,
  labelFromOctets,
  labelOctets,
  labels,
  type Name,
  nameFromLabels,
  parent,
  parseName,
  prepend,
  ROOT,
  relativize,
  replaceSuffix,
  wireLength,
} from '../../../src/dns/data/name.ts';
import { TextError } from '../../../src/dns/data/text-error.ts';

const name = (text: string): Name => parseName(text);
const codeOf = (text: string, origin?: Name): string => {
  try {
    parseName(text, origin);
  } catch (error) {
    if (error instanceof TextError) return error.code;
    throw error;
  }
  return 'no error';
};

describe('parseName', () => {
  const origin = name('Example.COM.');
  test.each([
    ['www', 'www.example.com.'],
    ['@', 'example.com.'],
    ['WWW.Example.Net.', 'www.example.net.'],
    ['.', '.'],
    ['*', '*.example.com.'],
    ['a\\.b', 'a\\.b.example.com.'],
    ['a\\046b', 'a\\.b.example.com.'],
    ['\\065\\098', 'ab.example.com.'],
    ['\\@', '\\@.example.com.'],
    ['a\\;b\\(', 'a\\;b\\(.example.com.'],
    ['a\\ b', 'a\\032b.example.com.'],
    ['\\000\\255.', '\\000\\255.'],
    ['x\\\\', 'x\\\\.example.com.'],
    ['x\\\\.', 'x\\\\.'],
    ['x\\.', 'x\\..example.com.'],
    ['_sip._tcp', '_sip._tcp.example.com.'],
    ["o'hara", "o'hara.example.com."],
  ])('%s is %s', (text, expected) => expect(parseName(text, origin)).toBe(expected));

  const label63 = 'x'.repeat(63);
  const long = `${label63}.${label63}.${label63}.`;
  test.each([
    ['', 'empty-name'],
    ['a..b.', 'empty-label'],
    ['.a.', 'empty-label'],
    ['..', 'empty-label'],
    [`${label63}x.`, 'label-too-long'],
    [`${long}${'x'.repeat(62)}.`, 'name-too-long'],
    ['\\256.', 'bad-escape'],
    ['\\2x.', 'bad-escape'],
    ['x\\', 'bad-escape'],
    ['bücher.', 'bad-character'],
    ['a b.', 'bad-character'],
  ])('%s fails: %s', (text, code) => expect(codeOf(text)).toBe(code));

  test('limits are inclusive: 63 octets a label, 255 a name (RFC 1035 §2.3.4)', () => {
    const longest = name(`${long}${'x'.repeat(61)}.`);
    expect(wireLength(longest)).toBe(255);
    expect(codeOf('y', longest)).toBe('name-too-long');
    expect(wireLength(name(`${'\\000'.repeat(63)}.`))).toBe(65);
  });
  test('relative text needs an origin', () => {
    expect(codeOf('www')).toBe('relative-name');
    expect(codeOf('@')).toBe('relative-name');
    expect(parseName('com', ROOT)).toBe('com.');
  });
});

describe('the tree', () => {
  test.each([
    ['www.example.com.', 'example.com.', true],
    ['example.com.', 'example.com.', true],
    ['example.com.', 'www.example.com.', false],
    ['badexample.com.', 'example.com.', false],
    ['a\\.example.com.', 'example.com.', false],
    ['a\\\\.example.com.', 'example.com.', true],
    ['com.', '.', true],
    ['.', '.', true],
    ['.', 'com.', false],
  ])('isSubdomain(%s, %s) is %s', (child, ancestor, expected) => {
    expect(isSubdomain(name(child), name(ancestor))).toBe(expected);
    expect(isBelow(name(child), name(ancestor))).toBe(expected && child !== ancestor);
  });

  test.each([
    ['www.example.com.', 'example.com.', ['www', 'example', 'com']],
    ['com.', '.', ['com']],
    ['a\\.b.com.', 'com.', ['a\\.b', 'com']],
    ['a\\\\.b.com.', 'b.com.', ['a\\\\', 'b', 'com']],
  ])('%s: parent %s, labels %j', (text, above, parts) => {
    expect(parent(name(text))).toBe(above);
    expect(labels(name(text))).toEqual(parts);
    expect(depth(name(text))).toBe(parts.length);
  });

  it('has no parent above the root', () => {
    expect(parent(ROOT)).toBeUndefined();
    expect(labels(ROOT)).toEqual([]);
    expect(depth(ROOT)).toBe(0);
    expect(wireLength(ROOT)).toBe(1);
  });

  test.each([
    ['a.b.c.', 'x.b.c.', 'b.c.'],
    ['a.b.c.', 'b.c.', 'b.c.'],
    ['b.c.', 'a.b.c.', 'b.c.'],
    ['a.', 'b.', '.'],
    ['xb.c.', 'b.c.', 'c.'],
  ])('commonAncestor(%s, %s) is %s', (a, b, expected) =>
    expect(commonAncestor(name(a), name(b))).toBe(expected),
  );

  test('wildcards are recognised by a first label of one asterisk only (RFC 4592 §2.1.1)', () => {
    expect(isWildcard(name('*.example.'))).toBe(true);
    expect(isWildcard(name('\\042.example.'))).toBe(true);
    expect(isWildcard(name('**.example.'))).toBe(false);
    expect(isWildcard(name('a.*.example.'))).toBe(false);
  });

  test('joining and relative display', () => {
    const origin = name('example.com.');
    expect(relativize(name('www.example.com.'), origin)).toBe('www');
    expect(relativize(origin, origin)).toBe('@');
    expect(relativize(name('example.net.'), origin)).toBe('example.net.');
    expect(relativize(name('www.com.'), ROOT)).toBe('www.com');
    expect(prepend('a.b', origin)).toBe('a.b.example.com.');
    expect(prepend('a', ROOT)).toBe('a.');
    expect(prepend('@', origin)).toBe(origin);
    expect(prepend('x'.repeat(63), name(`${`${'y'.repeat(60)}.`.repeat(4)}`))).toBeUndefined();
    expect(replaceSuffix(name('a.b.example.com.'), origin, name('net.'))).toBe('a.b.net.');
    expect(replaceSuffix(name('a.com.'), name('com.'), ROOT)).toBe('a.');
  });
});

const octets = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(46, 92, 42, 64, 97, 65)), {
    minLength: 1,
    maxLength: 8,
  })
  .map((codes) => String.fromCharCode(...codes));
const anyName = fc.array(octets, { maxLength: 6 }).map(nameFromLabels);

describe('properties', () => {
  const check = { seed: 3, numRuns: 1_500 };
  test('a name reads back as itself, and its labels as its octets in lower case', () => {
    fc.assert(
      fc.property(fc.array(octets, { maxLength: 6 }), (all) => {
        const built = nameFromLabels(all);
        expect(parseName(built)).toBe(built);
        const lowered = all.map((one) => one.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
        expect(labels(built).map(labelOctets)).toEqual(lowered);
        expect(wireLength(built)).toBe(all.reduce((sum, one) => sum + one.length + 1, 1));
      }),
      check,
    );
  });
  test('tree functions agree with lists of labels', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        const joined = parseName(
          labels(a).join('.') + (a === ROOT ? '' : '.') + (b === ROOT && a !== ROOT ? '' : b),
        );
        for (const [child, ancestor] of [
          [a, b],
          [joined, b],
          [joined, a],
        ] as const) {
          const [low, high] = [labels(child), labels(ancestor)];
          const expected =
            high.length <= low.length &&
            high.every((label, i) => label === low[low.length - high.length + i]);
          expect(isSubdomain(child, ancestor)).toBe(expected);
        }
        expect(depth(joined)).toBe(labels(a).length + labels(b).length);
        if (joined !== ROOT) expect(labels(parent(joined)!)).toEqual(labels(joined).slice(1));
      }),
      check,
    );
  });
  test('canonical order is total and agrees with comparing label octets from the right', () => {
    const reference = (a: Name, b: Name): number => {
      const [x, y] = [labels(a).map(labelOctets).reverse(), labels(b).map(labelOctets).reverse()];
      for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! < y[i]! ? -1 : 1;
      return Math.sign(x.length - y.length);
    };
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        expect(Math.sign(compareNames(a, b))).toBe(reference(a, b));
        expect(compareNames(a, b) === 0).toBe(a === b);
      }),
      check,
    );
  });
  test('any text is read or refused with a TextError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a.\\0-9*@]{0,30}$/)), (text) => {
        if (codeOf(text, name('example.')) === 'no error') {
          const read = parseName(text, name('example.'));
          expect(parseName(read)).toBe(read);
        }
      }),
      { seed: 4, numRuns: 4_000 },
    );
  });
  test('labels have limits of their own', () => {
    expect(() => labelFromOctets('')).toThrow(TextError);
    expect(() => labelFromOctets('x'.repeat(64))).toThrow(TextError);
  });
});
