/**
 * Scenario files to worlds: reads, checks, applies `--set` and strategies, and builds one world per strategy.
 *
 * Whatever the input, the outcome is a scenario or issues, all of them at once, in the order of their places.
 */
import type { Issue } from '../base/issue.ts';
import { sha256 } from '../base/sha256.ts';
import type { Micros } from '../base/time.ts';
import type { WorldSpec } from '../model/spec.ts';
import { buildWorld } from './build/world.ts';
import { type KnownFiles, readZones } from './build/zone-text.ts';
import { DEFAULTS } from './defaults.ts';
import { readDocument } from './document/read.ts';
import { keysAt, nodeAt, type TreeNode, toPlain } from './document/tree.ts';
import { type EffectiveValue, Ledger } from './effective.ts';
import { type Expectation, parseExpectation, type Vocabulary } from './expect.ts';
import { FolderFiles, type ReadFile } from './files.ts';
import { IssueList, inOrder } from './issues.ts';
import { knownKeys } from './json-schema.ts';
import { Problem, textKind, wholeKind } from './kinds.ts';
import { type DefinedNames, definedNames } from './names.ts';
import { expandPopulations, noteGroups } from './populations/expand.ts';
import type { Group } from './populations/group.ts';
import { announceServices } from './populations/services.ts';
import { checkReferences } from './references.ts';
import type { ScenarioDoc } from './schema/scenario.ts';
import { applySets, type Variant, variants } from './set.ts';
import { validate } from './validate.ts';

export interface LoadOptions {
  readonly text: string;
  /** Path of the scenario as messages name it; its folder holds the zone files. */
  readonly file: string;
  /** Gives the text of a file; the path is relative to the scenario's folder and never leaves it. */
  readonly readFile?: ReadFile;
  /** `path=value`, in order. */
  readonly sets?: readonly string[];
  /** Instead of what the file says. */
  readonly seed?: number;
  readonly replications?: number;
}

/** One variant of the scenario, ready to be played. */
export interface Strategy {
  readonly name: string;
  readonly spec: WorldSpec;
  readonly expectations: readonly Expectation[];
  /** Every value the strategy uses, and where it comes from. */
  readonly effective: readonly EffectiveValue[];
}

export interface Scenario {
  readonly title: string;
  readonly description: string;
  readonly duration: Micros;
  readonly seed: number;
  readonly replications: number;
  /** At least one. */
  readonly strategies: readonly Strategy[];
  /**
   * What the run depends on, as one text: the document with every `--set` applied, and every file read.
   * Comments and layout of the scenario do not count; seed and replications do not either.
   */
  readonly sourceForHash: string;
  /** SHA-256 of `sourceForHash`, hexadecimal. */
  readonly sha256: string;
  /** Files read besides the scenario: path below its folder, and text. */
  readonly files: Readonly<Record<string, string>>;
}

export interface LoadResult {
  /** Absent when there is an error among the issues. */
  readonly scenario?: Scenario;
  readonly issues: readonly Issue[];
}

/** Reads a scenario. Never throws on account of its input. */
export function loadScenario(options: LoadOptions): LoadResult {
  const { text, file } = options;
  const document = readDocument(text, file);
  if (!document.tree) return { issues: inOrder(document.issues, file) };
  const edited = applySets(announceServices(document.tree), options.sets ?? []);
  const files = new FolderFiles(file, options.readFile ?? (() => undefined));
  const known: KnownFiles = new Map();
  const loaded = variants(edited.tree).map((variant) => {
    return { name: variant.name, ...loadVariant(variant, files, { ...options, known }) };
  });
  const issues = inOrder([...edited.issues, ...loaded.flatMap((one) => one.issues)], file);
  const strategies = loaded.flatMap(({ name, strategy }) => (strategy ? [{ ...strategy, name }] : []));
  const first = loaded[0]?.doc;
  if (!first || issues.some(({ severity }) => severity === 'error')) return { issues };
  return { scenario: assemble(options, first, edited.tree, strategies, files), issues };
}

interface LoadedVariant {
  readonly issues: readonly Issue[];
  readonly doc?: ScenarioDoc;
  readonly strategy?: Omit<Strategy, 'name'>;
}

function loadVariant(
  { name, tree, issues: earlier }: Variant,
  files: FolderFiles,
  options: LoadOptions & { readonly known: KnownFiles },
): LoadedVariant {
  const written = new IssueList(tree);
  const asWritten = validate(tree, written);
  const { tree: expanded, groups } = expandPopulations(tree);
  const issues = new IssueList(expanded);
  issues.issues.push(...earlier, ...written.issues);
  const doc = groups.length > 0 && asWritten ? validate(expanded, issues) : asWritten;
  const names = definedNames(expanded);
  checkReferences(expanded, names, issues);
  const zones = readZones(expanded, names, files, issues, options.known);
  const vocabulary = vocabularyOf(expanded, names, groups);
  const expectations = readExpectations(expanded, name, vocabulary, issues);
  if (!doc || issues.failed) return { issues: issues.issues };
  const ledger = new Ledger(expanded);
  noteTop(doc, options, ledger);
  noteGroups(tree, groups, ledger);
  const world = buildWorld({ doc, tree: expanded, issues, ledger, zones, files });
  return {
    issues: issues.issues,
    doc,
    strategy: { spec: withGroups(world, groups), expectations, effective: ledger.list(knownKeys([])) },
  };
}

/** The world with the populations that belong together. */
function withGroups(spec: WorldSpec, groups: readonly Group[]): WorldSpec {
  if (groups.length === 0) return spec;
  const index = new Map(spec.populations.map(({ name }, at) => [name, at]));
  const together = groups.map(({ name, members }) => {
    return { name, populations: members.map((member) => index.get(member.name)!) };
  });
  return { ...spec, groups: together };
}

function noteTop(doc: ScenarioDoc, options: LoadOptions, ledger: Ledger): void {
  if (doc.title !== undefined) ledger.written(['title'], doc.title, textKind);
  for (const key of ['seed', 'replications'] as const) {
    const given = options[key];
    if (given === undefined) ledger.settle([key], doc[key], wholeKind(0), DEFAULTS[key]);
    else ledger.derive([key], undefined, wholeKind(0), given, 'given with the command');
  }
}

/** Read from the tree, so that expectations are checked even where other parts of the document are wrong. */
function vocabularyOf(tree: TreeNode, names: DefinedNames, groups: readonly Group[]): Vocabulary {
  const resolvers = names.resolver.map((name) => `resolver ${name}`);
  const caches = ['kept connections', 'application cache', 'OS cache'];
  return {
    populations: [...groups.map(({ name }) => name), ...keysAt(tree, ['clients'])],
    hops: [...caches, ...resolvers, ...names.provider, ...names.generatedProvider],
    providers: names.provider,
  };
}

/** The expectations of a strategy; those of all strategies are checked. What is no text is the schema's to tell. */
function readExpectations(
  tree: TreeNode,
  strategy: string,
  vocabulary: Vocabulary,
  issues: IssueList,
): Expectation[] {
  const listed = (texts: unknown, path: readonly string[]): Expectation[] =>
    (Array.isArray(texts) ? texts : []).flatMap((text: unknown, index) => {
      if (typeof text !== 'string') return [];
      const parsed = parseExpectation(text, vocabulary);
      if (!(parsed instanceof Problem)) return [parsed];
      issues.add([...path, index], parsed.code, parsed.message, { hint: parsed.hint });
      return [];
    });
  const node = nodeAt(tree, ['expect']);
  const expect = node && toPlain(node);
  if (typeof expect !== 'object' || expect === null || Array.isArray(expect))
    return listed(expect, ['expect']);
  const all = Object.entries(expect).map(([name, texts]) => ({
    name,
    list: listed(texts, ['expect', name]),
  }));
  return all.find(({ name }) => name === strategy)?.list ?? [];
}

function assemble(
  { file, seed, replications }: LoadOptions,
  doc: ScenarioDoc,
  tree: TreeNode,
  strategies: readonly Strategy[],
  files: FolderFiles,
): Scenario {
  const texts = Object.fromEntries([...files.texts].sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1)));
  const sourceForHash = JSON.stringify({ scenario: withoutDraws(toPlain(tree)), files: texts });
  return {
    title: doc.title ?? file.replace(/^.*\//, '').replace(/\.ya?ml$/, ''),
    description: doc.description ?? '',
    duration: doc.duration,
    seed: seed ?? doc.seed ?? DEFAULTS.seed.value,
    replications: replications ?? doc.replications ?? DEFAULTS.replications.value,
    strategies,
    sourceForHash,
    sha256: sha256(sourceForHash),
    files: texts,
  };
}

/** The document without what results name on their own. */
function withoutDraws(plain: unknown): unknown {
  const { seed: _, replications: __, ...rest } = plain as Record<string, unknown>;
  return rest;
}
