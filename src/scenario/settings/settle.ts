/** A profile to its settings: what the file writes, else the preset, else the preset's base. */
import { findPreset, type Preset, type PresetFamily } from '../../profiles/preset.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import type { IssueList } from '../issues.ts';
import { Problem } from '../kinds.ts';
import { type Setting, type SettingTable, settingEntries, type WrittenSettings } from './table.ts';

export interface ProfileRequest<T> {
  readonly table: SettingTable<T>;
  readonly family: PresetFamily;
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
  const { table, family, profile, written, path, settingsPath } = request;
  const preset = (profile === undefined ? undefined : findPreset(family, profile)) ?? family.base;
  const settled: Record<string, unknown> = {};
  for (const [key, setting] of settingEntries(table)) {
    const steps = key.split('.');
    if (written.has(key)) {
      settled[key] = written.get(key);
      const from = ledger.authorOf([...settingsPath, ...steps]);
      ledger.note([...path, ...steps], setting.kind.show(settled[key]), from);
    } else {
      settled[key] = fromPreset(ledger, [...path, ...steps], key, setting, preset, family.base);
    }
  }
  checkOrder(issues, request, settled);
  return settled as T;
}

function fromPreset(
  ledger: Ledger,
  path: Path,
  key: string,
  { kind }: Setting<unknown>,
  preset: Preset,
  base: Preset,
): unknown {
  const owner = key in preset.values ? preset : base;
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

function checkOrder<T>(
  issues: IssueList,
  { table, written, settingsPath }: ProfileRequest<T>,
  settled: Readonly<Record<string, unknown>>,
): void {
  for (const [low, high] of table.ascending) {
    if ((settled[low] as number) <= (settled[high] as number)) continue;
    const shown = (key: keyof T & string): string =>
      table.settings[key].kind.show(settled[key] as T[typeof key]);
    const blamed = written.has(high) ? high : low;
    const message = `${low} (${shown(low)}) exceeds ${high} (${shown(high)})`;
    issues.add([...settingsPath, ...blamed.split('.')], 'scenario-bounds', message, {
      hint: 'set the other one too',
    });
  }
}
