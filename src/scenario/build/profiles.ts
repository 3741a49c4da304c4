/** `profiles:` as such: whether the settings of each profile of the scenario's own fit together, used or not. */
import { Ledger } from '../effective.ts';
import { PROFILE_KINDS } from '../settings/profile-kinds.ts';
import { settleSettings } from '../settings/settle.ts';
import type { Draft } from './draft.ts';

const NOTHING: ReadonlyMap<string, unknown> = new Map();

export function checkOwnProfiles({ doc, tree, issues }: Draft): void {
  const ledger = new Ledger(tree);
  for (const kind of PROFILE_KINDS) {
    const own = doc.profiles?.[kind.section] ?? {};
    for (const profile of Object.keys(own)) {
      const path = ['profiles', kind.section, profile, 'with'];
      settleSettings({ ledger, issues }, { kind, own, profile, written: NOTHING, path, settingsPath: path });
    }
  }
}
