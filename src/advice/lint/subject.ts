/** What rules look at: a scenario with its zones, or a zone by itself. Text to subject, or the issues that forbid it. */
import type { Issue, Place } from '../../base/issue.ts';
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { type MasterRecords, readMasterRecords } from '../../dns/zone/master-records.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { PolicySpec, WorldSpec } from '../../model/spec.ts';
import { readSubject as readPolicyKey } from '../../scenario/build/policies.ts';
import { readDocument } from '../../scenario/document/read.ts';
import {
  nodeAt,
  type Path,
  placeOfKey,
  placeOfValue,
  type TreeNode,
  toPlain,
} from '../../scenario/document/tree.ts';
import { IssueList } from '../../scenario/issues.ts';
import { nameKind, Problem } from '../../scenario/kinds.ts';
import { type LoadOptions, loadScenario } from '../../scenario/load.ts';
import { originOfFile } from '../../scenario/names.ts';
import type { ScenarioDoc } from '../../scenario/schema/scenario.ts';
import { applySets } from '../../scenario/set.ts';
import { validate } from '../../scenario/validate.ts';
import { type LintZone, makeZone } from './zone.ts';

export type { LintZone } from './zone.ts';

export interface Subject {
  readonly scenario?: ScenarioSubject;
  readonly zones: readonly LintZone[];
  /** How long what is looked at is meant to last, from the newest signature of a zone on. */
  readonly horizon: Micros;
}

/** A scenario as written: strategies and expectations aside. */
export interface ScenarioSubject {
  readonly doc: ScenarioDoc;
  readonly spec: WorldSpec;
  readonly seed: number;
  /** Whether comments at the head of the file say what it is; what editors are told does not count. */
  readonly remarks: boolean;
  /** The zones listed, by position; private copies included. */
  readonly zones: readonly LintZone[];
  /** Where the value at a path stands, or the nearest above it. */
  place(path: Path): Place;
  /** Where the key at a path stands. */
  keyPlace(path: Path): Place;
  /** Whether something is written at a path. */
  has(path: Path): boolean;
  /** What is written at a path, as plain values. */
  written(path: Path): unknown;
  /** The world with these changes; nothing where they do not fit. */
  variant(sets: readonly string[]): WorldSpec | undefined;
  /** Key of a policy in the document. */
  policyKey(policy: PolicySpec): string;
}

export interface LintInput {
  readonly text: string;
  /** How messages name it. */
  readonly file: string;
  /** Files beside it, by path relative to its folder. */
  readonly readFile?: (path: string) => string | undefined;
  /** Changes of a scenario, `path=value`. */
  readonly sets?: readonly string[];
  /** Apex of a master file that does not say it. */
  readonly origin?: string;
}

export interface ReadSubject {
  /** Absent when there is an error among the issues. */
  readonly subject?: Subject;
  readonly issues: readonly Issue[];
}

/** Whether a text looks like a master file rather than a scenario. */
export function looksLikeZone(file: string, text: string): boolean {
  if (/\.ya?ml$/i.test(file)) return false;
  if (/\.(zone|db|hosts)$/i.test(file) || /(^|\/)db\.[^/]+$/.test(file)) return true;
  return /^\s*\$(ORIGIN|TTL|INCLUDE|GENERATE)\b/im.test(text) || /^[^#:]*\sSOA\s/im.test(text);
}

/** Reads a scenario or a master file. Never throws on account of its input. */
export function readSubject(input: LintInput): ReadSubject {
  return looksLikeZone(input.file, input.text) ? readZoneSubject(input) : readScenarioSubject(input);
}

function readZoneSubject({ text, file, readFile, origin }: LintInput): ReadSubject {
  const given = origin === undefined ? undefined : nameOf(origin);
  const read = (apex: Name | undefined): MasterRecords =>
    readMasterRecords(text, {
      file,
      ...(apex ? { origin: apex } : {}),
      ...(readFile ? { readInclude: readFile } : {}),
    });
  const first = read(given);
  const named = originOfFile(file.replace(/(^|\/)db\.([^/]+)$/, '$1$2'));
  const second = problemsOf(first) > 0 && !given && named ? read(named) : first;
  const best = problemsOf(second) <= problemsOf(first) ? second : first;
  const errors = best.textIssues.filter(isError);
  if (errors.length > 0 || !best.origin) return { issues: errors.length > 0 ? errors : best.zoneIssues };
  const zone = makeZone({
    origin: best.origin,
    records: best.records,
    place: { file, line: 1, column: 1 },
    issues: [...best.textIssues, ...best.zoneIssues],
    isPrivate: false,
  });
  return { subject: { zones: [zone], horizon: 0 }, issues: [] };
}

/** What stands in the way of a zone; the apex may only be missing. */
function problemsOf({ textIssues, origin }: MasterRecords): number {
  return textIssues.filter(isError).length + (origin ? 0 : 1);
}

function nameOf(text: string): Name | undefined {
  const name = nameKind.read(text);
  return name instanceof Problem ? undefined : name;
}

const isError = ({ severity }: Issue): boolean => severity === 'error';

/** What lint takes out of a scenario: it looks at the design, not at its variants. */
const AS_WRITTEN = ['strategies={}', 'expect=[]'];

function readScenarioSubject(input: LintInput): ReadSubject {
  const sets = [...(input.sets ?? []), ...AS_WRITTEN];
  const options: LoadOptions = {
    text: input.text,
    file: input.file,
    sets,
    ...(input.readFile ? { readFile: input.readFile } : {}),
  };
  const whole = loadScenario({ ...options, sets: input.sets ?? [] });
  const { scenario } = loadScenario(options);
  const document = readDocument(input.text, input.file).tree;
  if (!scenario || !whole.scenario || !document) return { issues: whole.issues };
  const tree = applySets(document, input.sets ?? []).tree;
  const doc = validate(tree, new IssueList(tree));
  if (!doc) return { issues: whole.issues };
  const { spec } = scenario.strategies[0]!;
  const zones = scenarioZones(doc, tree, spec, input);
  const parts = { doc, spec, seed: scenario.seed, remarks: hasRemarks(input.text), zones };
  const subject = { ...parts, ...lookups(tree, doc), variant: variantOf(options) };
  return { subject: { scenario: subject, zones, horizon: spec.duration }, issues: whole.issues };
}

function hasRemarks(text: string): boolean {
  const lines = text.split('\n');
  const head = lines.slice(
    0,
    lines.findIndex((line) => /^[^#\s]/.test(line)),
  );
  return head.some((line) => /^#\s*\w/.test(line) && !line.includes('yaml-language-server'));
}

function lookups(
  tree: TreeNode,
  doc: ScenarioDoc,
): Pick<ScenarioSubject, 'place' | 'keyPlace' | 'has' | 'written' | 'policyKey'> {
  return {
    written: (path) => {
      const node = nodeAt(tree, path);
      return node && toPlain(node);
    },
    place: (path) => placeOfValue(tree, path),
    keyPlace: (path) => placeOfKey(tree, path),
    has: (path) => nodeAt(tree, path) !== undefined,
    policyKey: ({ name, type }) =>
      Object.keys(doc.policies ?? {}).find((key) => {
        const subject = readPolicyKey(key);
        return subject?.name === name && subject.type === type;
      }) ?? '',
  };
}

function variantOf(options: LoadOptions): ScenarioSubject['variant'] {
  return (sets) => {
    const all = [...(options.sets ?? []), ...sets];
    return loadScenario({ ...options, sets: all }).scenario?.strategies[0]?.spec;
  };
}

function scenarioZones(doc: ScenarioDoc, tree: TreeNode, spec: WorldSpec, input: LintInput): LintZone[] {
  const taken = new Set<number>();
  return doc.zones.flatMap((listed, index) => {
    const read = listed.file === undefined ? inlineRecords(listed, tree, index) : fileRecords(listed, input);
    const origin = listed.name ?? read?.origin;
    if (!read || origin === undefined) return [];
    const isPrivate = listed.private !== undefined;
    const at = spec.zones.findIndex(
      (zone, position) =>
        zone.origin === origin && (zone.audience !== undefined) === isPrivate && !taken.has(position),
    );
    taken.add(at);
    const known: Zone | undefined = spec.zones[at]?.zone;
    const place = placeOfValue(tree, ['zones', index]);
    const issues = [...read.textIssues, ...read.zoneIssues];
    return [makeZone({ origin, records: read.records, place, issues, isPrivate, index }, known)];
  });
}

type ListedZone = ScenarioDoc['zones'][number];

function fileRecords(
  { file, name }: ListedZone,
  { file: scenario, readFile }: LintInput,
): MasterRecords | undefined {
  const text = readFile?.(file!);
  if (text === undefined) return undefined;
  const origin = name ?? originOfFile(file!);
  const inside = file!.slice(0, file!.lastIndexOf('/') + 1);
  return readMasterRecords(text, {
    file: scenario.slice(0, scenario.lastIndexOf('/') + 1) + file!,
    ...(origin ? { origin } : {}),
    readInclude: (path) => readFile?.(inside + path),
  });
}

/** Records written in the scenario, placed in it. What a whole zone lacks is filled in, so it is no issue. */
function inlineRecords({ records = '', name }: ListedZone, tree: TreeNode, index: number): MasterRecords {
  const node = nodeAt(tree, ['zones', index, 'records']);
  const block = node?.kind === 'scalar' ? node.block : undefined;
  const at = node?.place ?? placeOfValue(tree, ['zones', index]);
  const read = readMasterRecords(records, { file: at.file, ...(name ? { origin: name } : {}) });
  const moved = (place: Place): Place =>
    block
      ? { file: block.file, line: block.line + place.line - 1, column: block.column + place.column - 1 }
      : at;
  const issues = (list: readonly Issue[]): Issue[] =>
    list.flatMap((issue) => (issue.place ? [{ ...issue, place: moved(issue.place) }] : []));
  return {
    ...read,
    records: read.records.map((record) => ({ ...record, place: moved(record.place) })),
    textIssues: issues(read.textIssues),
    zoneIssues: issues(read.zoneIssues).filter(({ code }) => code !== 'zone-no-soa' && code !== 'zone-no-ns'),
  };
}
