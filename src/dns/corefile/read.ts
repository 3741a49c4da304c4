/**
 * Reads a Corefile, the configuration of CoreDNS, as it is: every problem at once, each at its line and column.
 *
 * Not modelled: imports of several files by a pattern, `view`, and that a server listens on addresses (`bind`).
 */
import type { Issue } from '../../base/issue.ts';
import { didYouMean } from '../../base/suggest.ts';
import type { Name } from '../data/name.ts';
import { serverKey } from './keys.ts';
import { readAcl, readAutopath, readDns64, readLoadbalance, readSimple } from './options/answers.ts';
import { readCache } from './options/cache.ts';
import { readForward } from './options/forward.ts';
import { readHosts } from './options/hosts.ts';
import { readKubernetes } from './options/kubernetes.ts';
import { readQuiet } from './options/quiet.ts';
import { readRewrite } from './options/rewrite.ts';
import { readTemplate } from './options/template.ts';
import { readFilePlugin } from './options/zones.ts';
import { EARLIER_PLUGIN_ORDER, PLUGIN_ORDER, type PluginOrder, WITHOUT_EFFECT } from './order.ts';
import type { Corefile, Plugin, ServerBlock } from './plugins.ts';
import { type Findings, StatementReader } from './statement-reader.ts';
import { type RawBlock, type ReadImport, rawBlocks, type Statement } from './statements.ts';
import { problem, type Word } from './words.ts';

export interface CorefileOptions {
  /** Name of the file in messages. */
  readonly file: string;
  /** Gives files the Corefile names: imports, hosts files, weights. */
  readonly readFile?: ReadImport;
  /** Which release's order of plugins. Default: the current one. */
  readonly order?: PluginOrder;
}

export interface CorefileResult {
  /** What could be read. Not to be used where an issue is an error. */
  readonly corefile: Corefile;
  readonly issues: readonly Issue[];
}

const READERS: Readonly<Record<string, (reader: StatementReader) => Plugin | undefined>> = {
  cache: readCache,
  forward: readForward,
  file: readFilePlugin,
  auto: readFilePlugin,
  secondary: readFilePlugin,
  kubernetes: readKubernetes,
  hosts: readHosts,
  rewrite: readRewrite,
  template: readTemplate,
  loadbalance: readLoadbalance,
  acl: readAcl,
  dns64: readDns64,
  any: readSimple,
  minimal: readSimple,
  whoami: readSimple,
  autopath: readAutopath,
};

/** Plugins that CoreDNS takes only once in a block. */
const ONCE = ['autopath', 'cache', 'hosts', 'kubernetes', 'loadbalance', 'secondary'];

/** Never throws on account of its input. */
export function readCorefile(text: string, options: CorefileOptions): CorefileResult {
  const issues: Issue[] = [];
  const readFile = options.readFile ?? (() => undefined);
  const raw = rawBlocks(text, options.file, readFile, issues);
  const order = options.order === 'before-1.14.2' ? EARLIER_PLUGIN_ORDER : PLUGIN_ORDER;
  const blocks = raw.flatMap((block) => serverBlocks(block, readFile, order, issues));
  if (raw.length === 0 && issues.length === 0) {
    const place = { file: options.file, line: 1, column: 1 };
    issues.push(
      problem(place, 'corefile-empty', 'the Corefile has no server block', { hint: 'write . { ... }' }),
    );
  }
  reportTwins(blocks, raw, issues);
  return { corefile: { blocks }, issues };
}

/** One block for each port that its keys name. */
function serverBlocks(
  raw: RawBlock,
  readFile: ReadImport,
  order: readonly string[],
  issues: Issue[],
): ServerBlock[] {
  const keys = raw.keys.flatMap((word) => {
    const key = serverKey(word.text);
    if (typeof key === 'object') return [key];
    issues.push(
      problem(word, 'corefile-key', key, { hint: 'write a zone like example.org or example.org:1053' }),
    );
    return [];
  });
  const zones = keys.map(({ zone }) => zone);
  const findings: Findings = { issues, quiet: [] };
  const plugins = raw.statements.flatMap((one) => pluginOf(one, zones, readFile, findings) ?? []);
  reportRepeats(raw.statements, issues);
  // Statements of one plugin keep their order: sort is stable.
  const sorted = plugins
    .map((plugin, at) => ({ plugin, at, rank: order.indexOf(plugin.plugin) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at);
  const silent = raw.statements
    .map(({ words }) => words[0]!.text)
    .filter((one) => WITHOUT_EFFECT.includes(one));
  const quiet = [...silent, ...findings.quiet];
  const ports = [...new Set(keys.map(({ port }) => port))];
  return ports.map((port) => ({
    port,
    zones: keys.filter((key) => key.port === port).map(({ zone }) => zone),
    line: raw.keys[0]!.line,
    plugins: sorted.map(({ plugin }) => plugin),
    quiet: [...new Set(quiet)],
  }));
}

function pluginOf(
  statement: Statement,
  zones: readonly Name[],
  readFile: ReadImport,
  findings: Findings,
): Plugin | undefined {
  const name = statement.words[0]!;
  const own = Object.hasOwn(READERS, name.text) ? READERS[name.text] : undefined;
  const read = own ?? (WITHOUT_EFFECT.includes(name.text) ? readQuiet : undefined);
  if (read) return read(new StatementReader(statement, zones, readFile, findings));
  reportUnknown(name, findings.issues);
  return undefined;
}

function reportUnknown(name: Word, issues: Issue[]): void {
  if (PLUGIN_ORDER.includes(name.text)) {
    const message = `the plugin ${name.text} is not modelled and has no effect`;
    issues.push(problem(name, 'corefile-not-modelled', message, { severity: 'warning' }));
    return;
  }
  const hint = didYouMean(name.text, PLUGIN_ORDER);
  issues.push(problem(name, 'corefile-unknown-plugin', `there is no plugin '${name.text}'`, { hint }));
}

function reportRepeats(statements: readonly Statement[], issues: Issue[]): void {
  const seen = new Set<string>();
  for (const { words } of statements) {
    const [name] = words;
    if (ONCE.includes(name!.text) && seen.has(name!.text)) {
      issues.push(problem(name!, 'corefile-twice', `a block has one ${name!.text} at most`));
    }
    seen.add(name!.text);
  }
}

function hasView({ statements }: RawBlock): boolean {
  return statements.some(({ words }) => words[0]!.text === 'view');
}

/** CoreDNS does not start when two blocks without `view` serve the same zone on the same port. */
function reportTwins(blocks: readonly ServerBlock[], raw: readonly RawBlock[], issues: Issue[]): void {
  const seen = new Set<string>();
  for (const { zones, port, line } of blocks) {
    for (const zone of zones) {
      const key = `${zone}:${port}`;
      const own = raw.find(({ keys }) => keys[0]!.line === line);
      const word = own?.keys[0];
      if (own && hasView(own)) continue;
      if (seen.has(key) && word) {
        const message = `${zone} is served on port ${port} by another block already`;
        issues.push(problem(word, 'corefile-duplicate', message, { hint: 'put both into one block' }));
      }
      seen.add(key);
    }
  }
}
