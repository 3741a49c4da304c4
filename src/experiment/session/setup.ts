/**
 * From a scenario file to the one world that is played live.
 *
 * A file may list strategies; live there is one world, so a strategy is a preset: its changes come first, then
 * the user's own, then the faults injected, which become ordinary timeline entries. Everything the session adds
 * is a list of `--set`, so that what is seen can be repeated anywhere.
 */
import type { Issue } from '../../base/issue.ts';
import type { WorldSpec } from '../../model/spec.ts';
import { resolvePath } from '../../scenario/document/edit.ts';
import { readDocument } from '../../scenario/document/read.ts';
import { nodeAt, type TreeNode, toPlain } from '../../scenario/document/tree.ts';
import { Problem } from '../../scenario/kinds.ts';
import { type LoadOptions, loadScenario, type Scenario } from '../../scenario/load.ts';
import { applySets } from '../../scenario/set.ts';
import type { Knob } from './knob.ts';
import { knobsOf } from './knobs.ts';
import { recordTtlKnobs } from './record-ttl.ts';

/** A timeline entry as a scenario writes it: `{ at: 10m, fail: endpoint us-east }`. */
export type InjectedEntry = Readonly<Record<string, string | number | Readonly<Record<string, number>>>>;

export interface PlaySetup extends LoadOptions {
  /** Name of one of the file's strategies; absent: the file as written. */
  readonly strategy?: string;
  /** Added to the timeline. */
  readonly injected?: readonly InjectedEntry[];
}

export interface Playable {
  readonly scenario: Scenario;
  readonly spec: WorldSpec;
  readonly knobs: readonly Knob[];
  /** Names of the strategies of the file. */
  readonly strategies: readonly string[];
  /** What was added to the file, ready for the command line. */
  readonly sets: readonly string[];
}

/** A file with the changes of a setup, its injected entries aside. */
interface Edited {
  readonly sets: readonly string[];
  readonly strategies: readonly string[];
  readonly edited: TreeNode;
}

function editedFor(tree: TreeNode, setup: PlaySetup): Edited {
  const strategies = mapAt(tree, 'strategies');
  const sets = [...strategySets(strategies[setup.strategy ?? '']), ...(setup.sets ?? [])];
  return { sets, strategies: Object.keys(strategies), edited: applySets(tree, sets).tree };
}

/**
 * Tries further entries of the timeline.
 * @param entriesFor what to try in the document as it is set
 * @returns those that reading has no objection to
 */
export function tryEntries<T extends { readonly entry: InjectedEntry }>(
  setup: PlaySetup,
  entriesFor: (document: TreeNode) => readonly T[],
): readonly T[] {
  const { tree } = readDocument(setup.text, setup.file);
  if (!tree) return [];
  const { sets, edited } = editedFor(tree, setup);
  const tried = entriesFor(edited);
  const { strategy: _, injected: __, ...options } = setup;
  const entries = tried.map(({ entry }) => ({ at: '0s', ...entry }));
  const alone = [...sets, ...withEntries(edited, entries), 'strategies={}', 'expect=[]'];
  const { issues } = loadScenario({ ...options, sets: alone });
  const before = timelineOf(edited).length;
  const objected = new Set(
    issues.map(({ path = '' }) => Number(/^timeline\.(\d+)/.exec(path)?.[1]) - before),
  );
  return tried.filter((_, index) => !objected.has(index));
}

/** Reads a scenario for live play. Never throws on account of its input. */
export function loadForPlay(setup: PlaySetup): {
  readonly playable?: Playable;
  readonly issues: readonly Issue[];
} {
  const { tree, issues: unread } = readDocument(setup.text, setup.file);
  if (!tree) return { issues: unread };
  const { sets: own, strategies, edited } = editedFor(tree, setup);
  const sets = [...own, ...withEntries(edited, setup.injected ?? [])];
  const { strategy: _, injected: __, ...options } = setup;
  const alone = [...sets, 'strategies={}', 'expect=[]'];
  const { scenario, issues } = loadScenario({ ...options, sets: alone });
  if (!scenario) return { issues };
  const { spec, effective } = scenario.strategies[0]!;
  const names = spec.populations.flatMap(({ questions }) => questions.map(({ name }) => name));
  const covered = new Set(spec.policies.map(({ name }) => name));
  const plain = toPlain(edited) as { readonly zones?: unknown };
  const free = [...new Set(names)].filter((name) => !covered.has(name));
  const knobs = knobsOf(effective, recordTtlKnobs(plain.zones, free), (path) => canSet(edited, path));
  return { playable: { scenario, spec, knobs, strategies, sets }, issues };
}

function mapAt(tree: TreeNode, key: string): Readonly<Record<string, unknown>> {
  const node = nodeAt(tree, [key]);
  return node?.kind === 'map' ? (toPlain(node) as Record<string, unknown>) : {};
}

function strategySets(strategy: unknown): readonly string[] {
  if (typeof strategy !== 'object' || strategy === null) return [];
  return Object.entries(strategy).map(([path, value]) => `${path}=${JSON.stringify(value)}`);
}

/** Whether a path leads somewhere: what a scenario leaves to defaults as a whole has no parts to set. */
function canSet(tree: TreeNode, path: string): boolean {
  const value: TreeNode = { kind: 'scalar', value: 0, place: tree.place, origin: tree.origin };
  return !(resolvePath(tree, path, value) instanceof Problem);
}

function timelineOf(tree: TreeNode): readonly unknown[] {
  const node = nodeAt(tree, ['timeline']);
  return node?.kind === 'list' ? (toPlain(node) as readonly unknown[]) : [];
}

/** The whole timeline with entries at its end; nothing when there are none. */
function withEntries(tree: TreeNode, entries: readonly InjectedEntry[]): readonly string[] {
  return entries.length === 0 ? [] : [`timeline=${JSON.stringify([...timelineOf(tree), ...entries])}`];
}
