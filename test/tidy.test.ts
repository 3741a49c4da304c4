/**
 * Style as one test: which folder may import which, which words are banned and what to write instead, how long
 * a function and a file may be, and that nothing lies about unused. Each rule lists all its offenders at once.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

/** A folder imports itself and lower floors. Folders of one floor do not know each other. */
const FLOORS: Readonly<Record<string, number>> = {
  'src/base': 0,
  'src/kernel': 1,
  'src/dns': 1,
  'src/profiles': 1,
  'src/model': 2,
  'src/measure': 3,
  'src/scenario': 3,
  'src/experiment': 4,
  'src/advice': 4,
  'src/report': 4,
  'src/index.ts': 5,
  'src/cli': 6,
  'src/serve': 6,
  web: 7,
};
/** The same within dns, for the folders named here. */
const FLOORS_OF_DNS: Readonly<Record<string, number>> = {
  'src/dns/data': 0,
  'src/dns/zone': 1,
  'src/dns/cache': 1,
  'src/dns/resolve': 2,
};
/** From this floor on a file may know the machine it runs on. */
const FIRST_WORLDLY_FLOOR = 6;
const MAXIMUM_FUNCTION_LINES = 70;
const MAXIMUM_FILE_LINES = 400;

const BANNED: readonly [pattern: RegExp, instead: string][] = [
  [/\bnew Date\b|\bDate\s*[.(]/g, 'virtual time, passed as `now`'],
  [/\bperformance\s*\./g, 'virtual time, passed as `now`'],
  [/\bset(?:Timeout|Interval|Immediate)\b/g, 'Simulation.schedule'],
  [/\bMath\.random\b/g, 'a stream opened from RandomStreams'],
  [/\bcrypto\s*\./g, 'a stream opened from RandomStreams'],
  [/\bxor128\b/g, "seedrandom's alea: xor128 streams of similar names correlate"],
  [/\.localeCompare\b/g, 'a comparison with < and >'],
  [/\.toLocale\w+/g, 'a formatter of our own: locales differ between machines'],
  [/\bIntl\s*\./g, 'a formatter of our own: locales differ between machines'],
  // Typed arrays sort by value without one, several times faster: call such an array `numbers`.
  [/(?<!\bnumbers)\.(?:sort|toSorted)\(\s*\)/g, 'a comparator that is a total order'],
  [/\bprocess\s*\./g, 'an argument, given by cli or serve'],
];
// In brackets so that this file is not an offender itself.
const LEFT_OVER: readonly [pattern: RegExp, instead: string][] = [
  [/\b(?:TO[D]O|FIX[M]E|X[X]X)\b/g, 'do it, or say in words what is not modelled'],
  [
    /(?<![\w.:/])\/(?:[h]ome|[U]sers|[w]ork|[r]oot|[t]mp)\/\w|\b[A-Z]:\\\\\w/g,
    'a path relative to the repository',
  ],
];

interface Import {
  /** Path from the root of the repository, or the name of a package. */
  readonly target: string;
  readonly line: number;
}

interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The text with comments and the insides of strings blanked. */
  readonly code: string;
  readonly imports: readonly Import[];
  readonly functions: readonly { readonly line: number; readonly lines: number }[];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function blank(text: string, ranges: readonly { start: number; end: number }[]): string {
  let code = text;
  for (const { start, end } of ranges) {
    code = code.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ') + code.slice(end);
  }
  return code;
}

function parse(path: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const imports: Import[] = [];
  const strings: { start: number; end: number }[] = [];
  const functions: { line: number; lines: number }[] = [];
  const measure = (node: { start: number; end: number }) => {
    const line = lineAt(text, node.start);
    functions.push({ line, lines: lineAt(text, node.end) - line + 1 });
  };
  const see = (source: { value?: unknown; start: number } | null) => {
    if (typeof source?.value !== 'string') return;
    const { value } = source;
    const target = value.startsWith('.') ? posix.join(posix.dirname(path), value) : value;
    imports.push({ target, line: lineAt(text, source.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => see(node.source),
    ExportNamedDeclaration: (node) => see(node.source),
    ExportAllDeclaration: (node) => see(node.source),
    ImportExpression: (node) => see(node.source as { value?: unknown; start: number }),
    TSImportType: (node) => see(node.source),
    NewExpression: (node) => {
      const first = node.arguments[0] as { value?: unknown; start: number } | undefined;
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && first) {
        if (String(first.value).startsWith('.')) see(first);
      }
    },
    Literal: (node) => void (typeof node.value === 'string' && strings.push(node)),
    TemplateElement: (node) => void strings.push(node),
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return { path, text, code: blank(text, [...comments, ...strings]), imports, functions };
}

/** The longest key of a table of folders that the path lies under. */
function folderOf(path: string, folders: Readonly<Record<string, number>>): string | undefined {
  return Object.keys(folders).find((folder) => path === folder || path.startsWith(`${folder}/`));
}

function floorOf(path: string): number {
  return FLOORS[folderOf(path, FLOORS) ?? ''] ?? Number.NaN;
}

function climbs(from: string, to: string, folders: Readonly<Record<string, number>>): boolean {
  const [source, target] = [folderOf(from, folders), folderOf(to, folders)];
  if (source === undefined || target === undefined || source === target) return false;
  return !(folders[target]! < folders[source]!);
}

const isOurs = (target: string): boolean => /^(?:src|web|test)\//.test(target);

function floorOffenders(files: readonly SourceFile[]): string[] {
  const homeless = files
    .filter((file) => Number.isNaN(floorOf(file.path)))
    .map((file) => `${file.path}:1: lies on no floor`);
  const imports = files.flatMap((file) =>
    file.imports
      .filter(({ target }) => isOurs(target))
      .filter(({ target }) => climbs(file.path, target, FLOORS) || climbs(file.path, target, FLOORS_OF_DNS))
      .map(({ target, line }) => `${file.path}:${line}: must not import ${target}`),
  );
  return [...homeless, ...imports];
}

/** Every import that closes a circle, found by walking depth first. */
function cycleOffenders(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const offenders: string[] = [];
  const walk = (file: SourceFile, trail: readonly string[]): void => {
    if (done.has(file.path)) return;
    for (const { target, line } of file.imports) {
      const start = [...trail, file.path].indexOf(target);
      const circle = [...trail, file.path].slice(start);
      if (start >= 0)
        offenders.push(`${file.path}:${line}: closes a circle: ${[...circle, target].join(' -> ')}`);
      else if (byPath.has(target)) walk(byPath.get(target)!, [...trail, file.path]);
    }
    done.add(file.path);
  };
  for (const file of files) walk(file, []);
  return offenders;
}

function matches(file: SourceFile, text: string, table: readonly [RegExp, string][]): string[] {
  return table.flatMap(([pattern, instead]) =>
    [...text.matchAll(pattern)].map(
      (match) => `${file.path}:${lineAt(text, match.index)}: ${match[0]}: use instead ${instead}`,
    ),
  );
}

function bannedOffenders(file: SourceFile): string[] {
  if (floorOf(file.path) >= FIRST_WORLDLY_FLOOR) return [];
  const worldly = file.imports
    .filter(({ target }) => target.startsWith('node:') || builtinModules.includes(target))
    .map(
      ({ target, line }) => `${file.path}:${line}: ${target}: use instead an argument, given by cli or serve`,
    );
  return [...worldly, ...matches(file, file.code, BANNED)];
}

function lengthOffenders(file: SourceFile): string[] {
  const lines = file.text.split('\n').length - 1;
  const long = file.functions
    .filter((item) => item.lines > MAXIMUM_FUNCTION_LINES)
    .map(
      (item) =>
        `${file.path}:${item.line}: a function of ${item.lines} lines, more than ${MAXIMUM_FUNCTION_LINES}`,
    );
  if (lines > MAXIMUM_FILE_LINES) long.push(`${file.path}:${lines}: more than ${MAXIMUM_FILE_LINES} lines`);
  return long;
}

/** Files that no entry point reaches: the library, the command line's files, workers, and the pages. */
function deadOffenders(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const isEntry = (path: string) =>
    /^src\/index\.ts$|^src\/cli\/[^/]+\.ts$|(?:^|[/-])worker\.ts$|^web\//.test(path);
  const reached = new Set(files.map((file) => file.path).filter((path) => isEntry(path)));
  for (const path of reached) for (const { target } of byPath.get(path)?.imports ?? []) reached.add(target);
  return files
    .filter((file) => !reached.has(file.path) && !file.path.endsWith('.d.ts'))
    .map((file) => `${file.path}:1: nothing reaches this file`);
}

const read = (folder: string): SourceFile[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
    .sort((left, right) => (left < right ? -1 : Number(left > right)))
    .map((path) => parse(path, readFileSync(path, 'utf8')));
const sources = [...read('src'), ...read('web')];
const tests = read('test');

describe('the source', () => {
  it('is what is looked at', () => {
    expect(sources.map((file) => file.path)).toContain('src/base/time.ts');
    expect(tests.map((file) => file.path)).toContain('test/tidy.test.ts');
  });

  it('imports its own folder and lower floors only', () => {
    expect(floorOffenders(sources)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(cycleOffenders(sources)).toEqual([]);
  });

  it('does not know the machine it runs on, nor its clock, chance and language', () => {
    expect(sources.flatMap(bannedOffenders)).toEqual([]);
  });

  it('has short functions and short files', () => {
    expect(sources.flatMap(lengthOffenders)).toEqual([]);
  });

  it('leaves nothing undone and names no path of a machine, tests included', () => {
    expect([...sources, ...tests].flatMap((file) => matches(file, file.text, LEFT_OVER))).toEqual([]);
  });

  it.skipIf(!existsSync('src/index.ts'))(
    'has no file that nothing reaches (once src/index.ts exists)',
    () => {
      expect(deadOffenders(sources)).toEqual([]);
    },
  );
});

describe('the rules themselves', () => {
  const file = (path: string, ...lines: string[]) => parse(path, `${lines.join('\n')}\n`);

  it.each([
    ['src/kernel/a.ts', '../dns/data/name.ts', 'src/dns/data/name.ts'],
    ['src/model/a/b.ts', '../../scenario/x.ts', 'src/scenario/x.ts'],
    ['src/dns/data/a.ts', '../zone/zone.ts', 'src/dns/zone/zone.ts'],
    ['src/dns/cache/a.ts', '../zone/zone.ts', 'src/dns/zone/zone.ts'],
    ['src/report/a.ts', '../index.ts', 'src/index.ts'],
  ])('%s must not import %s', (path, specifier, target) => {
    const offender = `${path}:2: must not import ${target}`;
    expect(floorOffenders([file(path, '', `import type { X } from '${specifier}';`)])).toEqual([offender]);
    expect(floorOffenders([file(path, '', `export * from '${specifier}';`)])).toEqual([offender]);
    expect(floorOffenders([file(path, '', `export const x = import('${specifier}');`)])).toEqual([offender]);
  });

  it.each([
    ['src/kernel/a.ts', '../base/time.ts'],
    ['src/model/clients/a.ts', '../network/b.ts'],
    ['src/dns/resolve/a.ts', '../cache/b.ts'],
    ['src/cli/main.ts', '../index.ts'],
    ['src/kernel/a.ts', 'seedrandom'],
  ])('%s may import %s', (path, specifier) => {
    expect(floorOffenders([file(path, `import '${specifier}';`)])).toEqual([]);
  });

  it('a file on no floor is an offender', () => {
    expect(floorOffenders([file('src/utilities/a.ts', '')])).toEqual([
      'src/utilities/a.ts:1: lies on no floor',
    ]);
  });

  it('a circle of three is found, a diamond is none', () => {
    const circle = ['abc', 'bca', 'cab'].map(([from, to]) =>
      file(`src/base/${from}.ts`, `import './${to}.ts';`),
    );
    expect(cycleOffenders(circle)).toEqual([
      'src/base/c.ts:1: closes a circle: src/base/a.ts -> src/base/b.ts -> src/base/c.ts -> src/base/a.ts',
    ]);
    const diamond = [
      file('src/base/a.ts', "import './b.ts';", "import './c.ts';"),
      file('src/base/b.ts', "import './d.ts';"),
      file('src/base/c.ts', "import './d.ts';"),
      file('src/base/d.ts', ''),
    ];
    expect(cycleOffenders(diamond)).toEqual([]);
  });

  it.each([
    'const t = Date.now();',
    'const t = new Date();',
    'const t = performance.now();',
    'setTimeout(f, 1);',
    'const x = Math.random();',
    "const x = 'a'.localeCompare('b');",
    'const x = (5).toLocaleString();',
    'const x = new Intl.NumberFormat();',
    'const x = process.argv;',
    'list.sort();',
    'const x = list.toSorted( );',
    'const x = seedrandom.xor128();',
    "import { readFileSync } from 'node:fs';",
    "import { readFileSync } from 'fs';",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template is the case
    'const x = `${Date.now()}`;',
  ])('below floor 6, %s is banned', (line) => {
    expect(bannedOffenders(file('src/model/a.ts', '', line))).toEqual([
      expect.stringMatching(/^src\/model\/a\.ts:2: /),
    ]);
    expect(bannedOffenders(file('src/cli/a.ts', '', line))).toEqual([]);
  });

  it.each([
    '// like Date.now()',
    "const hint = 'Math.random() is banned';",
    'list.sort((left, right) => left - right);',
    'const candidate = update.Date;',
  ])('%s is not banned', (line) => {
    expect(bannedOffenders(file('src/model/a.ts', line))).toEqual([]);
  });

  it('long functions and files are found, the longest allowed are not', () => {
    const body = (lines: number) => [
      'function f(): void {',
      ...Array.from({ length: lines - 2 }, () => '  g();'),
      '}',
    ];
    expect(lengthOffenders(file('src/base/a.ts', ...body(70)))).toEqual([]);
    expect(lengthOffenders(file('src/base/a.ts', '', ...body(71)))).toHaveLength(1);
    expect(lengthOffenders(file('src/base/a.ts', ...Array.from({ length: 400 }, () => 'g();')))).toEqual([]);
    expect(lengthOffenders(file('src/base/a.ts', ...Array.from({ length: 401 }, () => 'g();')))).toHaveLength(
      1,
    );
  });

  it.each([
    `// TO${'DO'}: later`,
    `const path = '/ho${'me'}/someone/x';`,
    `const path = 'see /wo${'rk'}/x';`,
  ])('%s is a left-over', (line) => {
    const offender = file('test/a.ts', '', line);
    expect(matches(offender, offender.text, LEFT_OVER)).toHaveLength(1);
  });

  it('a file that only a dead file reaches is dead; workers and what they reach are alive', () => {
    const files = [
      file('src/index.ts', "export * from './base/a.ts';"),
      file('src/base/a.ts', "const w = new URL('./b.ts', import.meta.url);"),
      file('src/base/b.ts', ''),
      file('src/base/c.ts', "import './d.ts';"),
      file('src/base/d.ts', ''),
      file('src/experiment/worker.ts', "import '../base/e.ts';"),
      file('src/base/e.ts', ''),
    ];
    expect(deadOffenders(files).map((offender) => offender.split(':')[0])).toEqual([
      'src/base/c.ts',
      'src/base/d.ts',
    ]);
  });
});
