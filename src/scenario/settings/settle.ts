/**
 * A profile to its settings: what is written where the profile is used, else what the scenario's own profiles
 * say, else the preset, else what the preset is a variant of, else the base of the family.
 */
import { lineageOf, ownerOf, type Preset } from '../../profiles/preset.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import type { IssueList } from '../issues.ts';
import { Problem } from '../kinds.ts';
import { type Heritage, heritageOf, type OwnProfiles } from './own.ts';
import type { ProfileKind } from './profile-kinds.ts';
import { type Setting, type SettingTable, settingEntries, splitKey, type WrittenSettings } from './table.ts';

export interface ProfileRequest<T> {
  readonly kind: ProfileKind<T>;
  /** Profiles of this kind that the scenario defines. */
  readonly own: OwnProfiles;
  /** Absent: the family's base. */
  readonly profile?: string | undefined;
  readonly written: WrittenSettings;
  /** Where the profile stands, for `explain`. */
  readonly path: Path;
  /** Where its settings stand in the document. */
  readonly settingsPath: Path;
}

/** Settles every setting of a table, notes where it comes from, and checks them against each other. */
export function settleSettings<T>(
  { ledger, issues }: { readonly ledger: Ledger; readonly issues: IssueList },
  request: ProfileRequest<T>,
): T {
  const { kind, own, profile, path } = request;
  const heritage = heritageOf(kind.family, own, profile);
  const layers = writtenLayers(request, heritage);
  const settled: Record<string, unknown> = {};
  for (const [key, setting] of settingEntries(kind.table)) {
    const steps = key.split('.');
    const layer = layers.find(({ written }) => written.has(key));
    if (layer && isSwitchedByMap(ledger, kind.table, layer, key)) {
      settled[key] = layer.written.get(key);
      noteSwitch({ ledger, issues }, request, { layer, key, presets: heritage.presets }, setting);
    } else if (layer) {
      settled[key] = layer.written.get(key);
      const author = ledger.authorOf([...layer.at, ...steps]);
      const from = layer.profile === undefined ? author : { ...author, profile: layer.profile };
      ledger.note([...path, ...steps], setting.kind.show(settled[key]), from);
    } else {
      settled[key] = fromPreset(ledger, [...path, ...steps], key, setting, heritage.presets);
    }
  }
  checkOrder(issues, kind, layers, settled);
  return settled as T;
}

/** Whether a group is on only because some of its settings are written. */
function isSwitchedByMap<T>(ledger: Ledger, table: SettingTable<T>, layer: Layer, key: string): boolean {
  const { group, member } = splitKey(key);
  const head = table.heads[group];
  if (head?.member !== member || head.ofMap === undefined) return false;
  const at = [...layer.at, group];
  return ledger.kindAt(at) === 'map' && ledger.kindAt([...at, member]) === undefined;
}

/** A map in a file means what it says; a single setting from outside may not be meant to switch anything on. */
function noteSwitch<T>(
  { ledger, issues }: { readonly ledger: Ledger; readonly issues: IssueList },
  { path, profile = 'the base' }: ProfileRequest<T>,
  { layer, key, presets }: { layer: Layer; key: string; presets: readonly Preset[] },
  { kind }: Setting<unknown>,
): void {
  const { group } = splitKey(key);
  const value = layer.written.get(key);
  const why = `settings of ${group} are written, which means it is ${kind.show(value)}`;
  ledger.note([...path, ...key.split('.')], kind.show(value), { kind: 'derived', why });
  const author = ledger.authorOf([...layer.at, group]).kind;
  if (author !== 'set' && author !== 'strategy') return;
  const shipped = presetValue(kind, ownerOf(presets, key), key);
  if (shipped === value) return;
  const message = `${group} is ${kind.show(shipped)} in ${profile}; one of its settings switches it ${kind.show(value)}`;
  const hint = `set ${key}=${kind.show(value)} too if that is meant, else ${key}=${kind.show(shipped)}`;
  issues.add([...layer.at, group], 'scenario-switched-on', message, { severity: 'warning', hint });
}

/** Settings as the document writes them in one place. */
interface Layer {
  readonly written: WrittenSettings;
  readonly at: Path;
  /** The scenario's own profile they belong to; absent: they stand where the profile is used. */
  readonly profile?: string;
}

function writtenLayers<T>({ kind, written, settingsPath }: ProfileRequest<T>, { own }: Heritage): Layer[] {
  const inherited = own.map((profile): Layer => {
    const at = ['profiles', kind.section, profile.name, 'with'];
    return { written: profile.with ?? new Map(), at, profile: profile.name };
  });
  return [{ written, at: settingsPath }, ...inherited];
}

function fromPreset(
  ledger: Ledger,
  path: Path,
  key: string,
  { kind }: Setting<unknown>,
  lineage: readonly Preset[],
): unknown {
  const owner = ownerOf(lineage, key);
  const { source, confidence } = owner.values[key]!;
  const value = presetValue(kind, owner, key);
  ledger.note(path, kind.show(value), { kind: 'preset', preset: owner.id, source, confidence });
  return value;
}

/** A preset's value, read by the parser of its setting. @throws Error when the preset is malformed */
export function presetValue<T>(kind: Setting<T>['kind'], preset: Preset, key: string): T {
  const value = kind.read(preset.values[key]!.value);
  if (value instanceof Problem) throw new Error(`preset ${preset.id}, ${key}: ${value.message}`);
  return value;
}

/** Every setting of a preset as it ships, completed by what it is a variant of and by the base of its family. */
export function presetSettings<T>({ family, table }: ProfileKind<T>, preset: Preset): T {
  const lineage = lineageOf(family, preset);
  const settled = settingEntries(table).map(([key, { kind }]) => {
    return [key, presetValue(kind, ownerOf(lineage, key), key)];
  });
  return Object.fromEntries(settled) as T;
}

/** Blames the outermost place that wrote one of the two. */
function checkOrder<T>(
  issues: IssueList,
  { table }: ProfileKind<T>,
  layers: readonly Layer[],
  settled: Readonly<Record<string, unknown>>,
): void {
  for (const [low, high] of table.ascending) {
    if ((settled[low] as number) <= (settled[high] as number)) continue;
    const shown = (key: keyof T & string): string =>
      table.settings[key].kind.show(settled[key] as T[typeof key]);
    const layer = layers.find(({ written }) => written.has(low) || written.has(high)) ?? layers[0]!;
    const blamed = layer.written.has(high) ? high : low;
    const message = `${low} (${shown(low)}) exceeds ${high} (${shown(high)})`;
    issues.add([...layer.at, ...blamed.split('.')], 'scenario-bounds', message, {
      hint: 'set the other one too',
    });
  }
}
