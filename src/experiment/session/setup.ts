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
export type InjectedEntry = Readonly<Record<string, string | number>>;

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

/** Reads a scenario for live play. Never throws on account of its input. */
export function loadForPlay(setup: PlaySetup): {
  readonly playable?: Playable;
  readonly issues: readonly Issue[];
} {
  const { tree, issues: unread } = readDocument(setup.text, setup.file);
  if (!tree) return { issues: unread };
  const strategies = mapAt(tree, 'strategies');
  const own = [...strategySets(strategies[setup.strategy ?? '']), ...(setup.sets ?? [])];
  const edited = applySets(tree, own).tree;
  const sets = [...own, ...injection(edited, setup.injected ?? [])];
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
  return { playable: { scenario, spec, knobs, strategies: Object.keys(strategies), sets }, issues };
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

/** The whole timeline with the injected entries at its end; nothing when there are none. */
function injection(tree: TreeNode, injected: readonly InjectedEntry[]): readonly string[] {
  if (injected.length === 0) return [];
  const node = nodeAt(tree, ['timeline']);
  const written = node?.kind === 'list' ? (toPlain(node) as readonly unknown[]) : [];
  return [`timeline=${JSON.stringify([...written, ...injected])}`];
}
