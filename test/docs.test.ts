/** Documentation that cannot rot: its links resolve, its commands and files exist, its excerpts are what is printed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/cli/exit.ts';
import { buildProgram } from '../src/cli/program.ts';
import {
  loadScenario,
  planScenario,
  playTask,
  renderText,
  runExperiment,
  type Scenario,
  sequentialExecutor,
} from '../src/index.ts';

const IGNORED = new Set(['node_modules', 'dist', '.git', 'coverage']);

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

interface Document {
  readonly path: string;
  readonly text: string;
  /** Everything set as code: fences and spans. */
  readonly code: string;
}

function read(path: string): Document {
  const text = readFileSync(path, 'utf8');
  const code = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```|`([^`\n]+)`/gm)]
    .map(([, fence, span]) => fence ?? span)
    .join('\n');
  return { path, text, code };
}

/** The anchor a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function anchors(text: string): string[] {
  return [...text.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading]) => anchorOf(heading!));
}

function brokenLinks({ path, text }: Document): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !link.startsWith('https://'))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchors(readFileSync(target, 'utf8')).includes(anchor);
    });
}

const documents = markdownFiles('.').map(read);
const { scripts, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  version: string;
};

function unknownScripts({ code }: Document): string[] {
  const named = [...code.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    ([, one, other]) => one ?? other!,
  );
  return named.filter((name) => !(name in scripts));
}

/** A word in capitals stands for any name. */
function missingScenarios({ path, code }: Document): string[] {
  const named = [...code.matchAll(/(?:^|[\s(/])(scenarios\/(?![A-Z]+\.)[\w./-]+\.(?:yaml|zone))/gm)].map(
    ([, file]) => file!,
  );
  return named.filter(
    (file) => ![file, join(dirname(path), file)].some((candidate) => existsSync(candidate)),
  );
}

const program = buildProgram(() => {});
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Commands and options of `dnsdrill ...` lines that the program does not know. */
function unknownUses({ code }: Document): string[] {
  const lines = [...code.matchAll(/(?:\bdnsdrill|\bnpm start --) +([a-z]+)\b([^\n|>#]*)/g)];
  return lines.flatMap(([line, name, rest]) => {
    const command = program.commands.find((one: Command) => one.name() === name);
    if (!command) return [line];
    const known = new Set(['--help', ...command.options.map(({ long }) => long)]);
    return [...rest!.matchAll(/(?<!\S)--[a-z-]+/g)]
      .map(([option]) => option)
      .filter((option) => !known.has(option));
  });
}

describe.each(documents.map((document) => [document.path, document] as const))('%s', (_, document) => {
  it('has links that resolve', () => {
    expect(brokenLinks(document)).toEqual([]);
  });

  it('names npm scripts, commands, options and scenarios that exist', () => {
    expect([...unknownScripts(document), ...missingScenarios(document), ...unknownUses(document)]).toEqual(
      [],
    );
  });
});

describe('README.md', () => {
  const { text } = read('README.md');
  const fence = (language: string) =>
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(text)![1]!;

  function load(file: string, source: string): Scenario {
    const { scenario, issues } = loadScenario({ text: source, file });
    expect(issues).toEqual([]);
    return scenario!;
  }

  it('shows the beginning of the report of the main drill', { timeout: 300_000 }, async () => {
    const file = 'scenarios/failover-ttl.yaml';
    const scenario = load(file, readFileSync(file, 'utf8'));
    const execute = sequentialExecutor((task) => playTask(scenario, task));
    const report = renderText(await runExperiment(planScenario(scenario, version), execute));
    const excerpt = fence('text');
    expect(excerpt).toBe(report.slice(0, excerpt.length));
  });

  it('lists every command and every exit status', () => {
    const listed = [...text.matchAll(/^\| `dnsdrill (\w+)`/gm)].map(([, name]) => name!);
    expect(listed.toSorted(compare)).toEqual(program.commands.map((one) => one.name()).sort(compare));
    const statuses = [...text.matchAll(/^\| (\d+) /gm)].map(([, status]) => Number(status));
    expect(statuses).toEqual(Object.values(EXIT));
  });

  it('shows a scenario without problems', () => {
    expect(load('README.md', fence('yaml')).strategies).toHaveLength(2);
  });
});

describe('the checks themselves', () => {
  const document = (text: string): Document => ({ path: 'README.md', text, code: text });

  it.each([
    ['[a](missing.md)', brokenLinks],
    ['[a](CONTRIBUTING.md#nowhere)', brokenLinks],
    ['npm run missing', unknownScripts],
    ['dnsdrill run scenarios/missing.yaml', missingScenarios],
    ['dnsdrill conquer x.yaml', unknownUses],
    ['npx dnsdrill run x.yaml --missing 3', unknownUses],
  ])('%s is found', (text, find) => {
    expect(find(document(text))).toHaveLength(1);
  });

  it.each([
    ['[a](LICENSE) [b](CONTRIBUTING.md#decisions) [c](https://example.com/)', brokenLinks],
    ['npm start, npm test, npm run build', unknownScripts],
    ['npx dnsdrill run x.yaml --json --reps 3', unknownUses],
  ])('%s is fine', (text, find) => {
    expect(find(document(text))).toEqual([]);
  });
});
