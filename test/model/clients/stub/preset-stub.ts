/** The stub of a shipped profile, read as scenarios read it. */

import type { StubBehaviour } from '../../../../src/profiles/client-behaviour.ts';
import { findPreset, lineageOf, ownerOf } from '../../../../src/profiles/preset.ts';
import { STUBS } from '../../../../src/profiles/stubs.ts';
import { STUB_SETTINGS, type StubSettings, stubBehaviour } from '../../../../src/scenario/settings/client.ts';
import { presetValue } from '../../../../src/scenario/settings/settle.ts';
import { settingEntries } from '../../../../src/scenario/settings/table.ts';

/** @param changes settings other than those of the profile, in the notation of scenarios */
export function presetStub(
  id: string,
  changes: Readonly<Record<string, string | number>> = {},
): StubBehaviour {
  const lineage = lineageOf(STUBS, findPreset(STUBS, id)!);
  const entries = settingEntries(STUB_SETTINGS).map(([key, { kind }]) => [
    key,
    key in changes ? kind.read(changes[key]) : presetValue(kind, ownerOf(lineage, key), key),
  ]);
  return stubBehaviour(id, Object.fromEntries(entries) as StubSettings);
}
