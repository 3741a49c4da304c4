/** The Lua that records are written in, row by row after the Lua 5.1 reference manual (sections in brackets). */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { baseLibrary } from '../../../../../src/model/authority/providers/powerdns/lua/base-library.ts';
import { Interpreter } from '../../../../../src/model/authority/providers/powerdns/lua/interpreter.ts';
import { parseLua } from '../../../../../src/model/authority/providers/powerdns/lua/statements.ts';
import {
  LuaError,
  LuaTable,
  toText,
} from '../../../../../src/model/authority/providers/powerdns/lua/values.ts';

/** What code returns, values parted by blanks, tables in braces; or its error. */
function run(code: string, limit = 1000): string {
  try {
    const values = new Interpreter(
      baseLibrary(() => 0),
      limit,
    ).run(parseLua(code));
    return values
      .map((value) => (value instanceof LuaTable ? `{${value.list().map(toText)}}` : toText(value)))
      .join(' ');
  } catch (error) {
    if (error instanceof LuaError) return `error: ${error.report}`;
    throw error;
  }
}

describe('expressions', () => {
  test.each([
    ['§2.5.1 precedence', 'return 1 + 2 * 3 ^ 2 ^ 0', '7'],
    ['§2.5.1 unary minus binds weaker than the power', 'return -2 ^ 2', '-4'],
    ['§2.5.1 remainder has the sign of the divisor', 'return -5 % 3, 5 % -3', '1 -1'],
    ['§2.5.4 .. goes to the right and takes numbers', "return 1 .. '-' .. 2", '1-2'],
    ['§2.5.2 numbers and texts are never equal', "return 1 == '1', 'a' < 'b'", 'false true'],
    [
      '§2.5.3 and, or give a side',
      "return nil and 1, false or 'x', 0 and 'zero is true'",
      'nil x zero is true',
    ],
    ['§2.5.5 length', "local t = {1, 2, nil} return #'abc', #t", '3 2'],
    [
      '§2.5.7 tables',
      "local t = {'a', x = 'b', ['y z'] = 'c'; 'd'} return t[1], t.x, t['y z'], t[2]",
      'a b c d',
    ],
    ['§2.5.8 a call without brackets', "return type{}, type'x'", 'table string'],
    ['§2.1 escapes and long texts', 'return "\\65\\"", \'it\\\'s\', [[a]]', 'A" it\'s a'],
    ['§2.1 numbers', 'return 0x1F, 1e3, .5, 3.0', '31 1000 0.5 3'],
    ['§2.1 comments', 'return 1 -- one\n--[[ two\nlines ]]', '1'],
  ])('%s', (_, code, expected) => {
    expect(run(code)).toBe(expected);
  });
});

describe('statements', () => {
  test.each([
    ['§2.4.3 assignment evaluates first', 'local a, b = 1, 2 a, b = b, a return a, b', '2 1'],
    ['§2.4.4 if', 'if nil then return 1 elseif 0 then return 2 else return 3 end', '2'],
    [
      '§2.4.4 while and break',
      'local n = 0 while true do n = n + 1 if n > 4 then break end end return n',
      '5',
    ],
    [
      '§2.4.4 repeat sees its locals',
      'local n = 0 repeat local done = n > 2 n = n + 1 until done return n',
      '4',
    ],
    ['§2.4.5 numeric for', "local s = '' for i = 3, 1, -1 do s = s .. i end return s", '321'],
    [
      '§2.4.5 generic for',
      "local s = '' for i, v in ipairs({'a', 'b'}) do s = s .. i .. v end return s",
      '1a2b',
    ],
    [
      '§2.5.9 closures',
      'local function counter() local n = 0 return function() n = n + 1 return n end end local c = counter() c() return c()',
      '2',
    ],
    [
      '§2.4.7 local functions recur',
      'local function f(n) if n < 2 then return 1 end return n * f(n - 1) end return f(5)',
      '120',
    ],
    ['§2.6 blocks hide names', 'local x = 1 do local x = 2 end return x', '1'],
    [
      '§2.5 only the last call gives several',
      'local function f() return 1, 2 end return f(), f(), (f())',
      '1 1 1',
    ],
  ])('%s', (_, code, expected) => {
    expect(run(code)).toBe(expected);
  });
});

describe('libraries', () => {
  test.each([
    [
      'string.format',
      "return string.format('%d.%02x %5s|%-3s|%.1f%%', 7, 10, 'a', 'b', 2.25)",
      '7.0a     a|b  |2.3%',
    ],
    ['gsub with a text', "return ('1-2-3'):gsub('-', '.')", '1.2.3 2'],
    ['gsub with captures', "return (string.gsub('hello world', '(%w+) (%w+)', '%2 %1'))", 'world hello'],
    ['gsub with a table', "return (string.gsub('$a $b', '%$(%w+)', {a = 'x'}))", 'x $b'],
    ['gsub with a function', "return (string.gsub('abc', '%w', function(c) return c:upper() end))", 'ABC'],
    ['match and anchors', "return string.match('ip-10-0', '^ip%-(%d+)'), string.match('x', '^%d')", '10 nil'],
    ['lazy and sets', "return string.match('<a><b>', '<(.-)>'), string.match('k=v', '[^=]+$')", 'a v'],
    [
      'gmatch',
      "local t = {} for w in string.gmatch('a,b', '%a') do table.insert(t, w) end return table.concat(t, '+')",
      'a+b',
    ],
    ['find', "return string.find('a.b', '.', 1, true)", '2 2'],
    ['sub', "return ('abcdef'):sub(2, -3), ('abc'):sub(-2)", 'bcd bc'],
    ['balanced', "return string.match('f(a(b)c) d', '%b()')", '(a(b)c)'],
    ['table.sort', 'local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) return t', '{3,2,1}'],
    ['tonumber', "return tonumber('ff', 16), tonumber('x'), tonumber(' 12 ')", '255 nil 12'],
    ['pcall catches', "local ok, why = pcall(error, 'no') return ok, why", 'false no'],
  ])('%s', (_, code, expected) => {
    expect(run(code)).toBe(expected);
  });
});

describe('errors name their place', () => {
  test.each([
    ['unknown function', "return\n  nosuch('x')", "error: attempt to call a nil value ('nosuch') at 2:9"],
    ['index of nil', 'return settings.x', "error: attempt to index a nil value ('settings') at 1:8"],
    ['arithmetic', 'return 1 + {}', 'error: attempt to perform arithmetic on a table value at 1:10'],
    ['syntax', 'if x the', "error: 'then' expected near 'the' at 1:6"],
    ['unfinished text', "return 'abc", 'error: unfinished string at 1:8'],
    ['nothing of the host is reachable', 'return constructor', 'nil'],
  ])('%s', (_, code, expected) => {
    expect(run(code)).toBe(expected);
  });
});

describe('limits', () => {
  it('gives up after so many steps, and pcall does not help', () => {
    expect(run('while true do end')).toMatch(/^error: Script took too long/);
    expect(run('pcall(function() while true do end end) return 1')).toMatch(/^error: Script took too long/);
    expect(run('local s = 0 for i = 1, 50 do s = s + i end return s')).toBe('1275');
  });

  it('bounds nesting, recursion, texts and patterns', () => {
    expect(run(`return ${'('.repeat(300)}1${')'.repeat(300)}`)).toMatch(/too many nested levels/);
    expect(run('local function f() return f() end return f()', 1e6)).toMatch(/stack overflow/);
    expect(run("return ('x'):rep(1e9)")).toMatch(/too large/);
    expect(run(`return ('${'a'.repeat(40)}'):match('${'a-'.repeat(20)}b')`)).toMatch(/too complex/);
  });
});

describe('any code', () => {
  const SEED = { seed: 7, numRuns: 2000 };
  const words = fc.constantFrom(
    ...'if then else end while do for in repeat until function local return nil true x y ( ) { } [ ] = == .. + - # , ; 1 "a" ...'.split(
      ' ',
    ),
  );

  it('ends with values or with an error of its own', () => {
    const one = (code: string): void => {
      expect(typeof run(code)).toBe('string');
    };
    fc.assert(fc.property(fc.string(), one), SEED);
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
        one,
      ),
      SEED,
    );
  });

  it('patterns end as well', () => {
    const signs = fc
      .array(fc.constantFrom(...'ab%.*+-?[]^$()1d'), { maxLength: 10 })
      .map((list) => list.join(''));
    const one = (pattern: string): void => {
      expect(typeof run(`return string.find('aabab', [[${pattern}]])`)).toBe('string');
    };
    fc.assert(fc.property(signs, one), SEED);
  });
});
