/** Profiles of the scenario's own: their names are new, and what they extend leads to a preset in the end. */
import { findPreset } from '../profiles/preset.ts';
import { keysAt, nodeAt, type TreeNode } from './document/tree.ts';
import type { IssueList } from './issues.ts';
import type { DefinedNames } from './names.ts';
import type { ProfileKind } from './settings/profile-kinds.ts';

/** Every profile of a kind that can be named: the scenario's own first. */
export function profileNames({ section, family }: ProfileKind<unknown>, names: DefinedNames): string[] {
  return [...names.profile[section], ...family.presets.map(({ id }) => id)];
}

/** Reports own profiles under names that are taken, and those that extend themselves, directly or in a circle. */
export function checkProfiles(kind: ProfileKind<unknown>, tree: TreeNode, issues: IssueList): void {
  const own = keysAt(tree, ['profiles', kind.section]);
  for (const name of own) {
    const path = ['profiles', kind.section, name];
    if (findPreset(kind.family, name)) {
      const hint = `choose another name and write extends: ${name}`;
      const message = `'${name}' is a profile that ships with dnsdrill`;
      issues.add(path, 'scenario-profile-taken', message, { hint, atKey: true });
    } else checkCircle(kind, tree, issues, name);
  }
}

function checkCircle(
  { section, family }: ProfileKind<unknown>,
  tree: TreeNode,
  issues: IssueList,
  name: string,
): void {
  const chain = [name];
  for (let at = extended(tree, section, name); at !== undefined; at = extended(tree, section, at)) {
    if (at === name) {
      const message = `the profile '${name}' extends itself: ${[...chain, name].join(' -> ')}`;
      const shipped = family.presets.find(({ id, variantOf }) => id !== family.base.id && !variantOf);
      const hint = `let one of them extend a profile that ships, such as ${(shipped ?? family.base).id}`;
      issues.add(['profiles', section, name, 'extends'], 'scenario-profile-circle', message, { hint });
      return;
    }
    if (chain.includes(at)) return;
    chain.push(at);
  }
}

/** What an own profile extends; `undefined` for presets and where nothing is written. */
function extended(tree: TreeNode, section: string, name: string): string | undefined {
  const node = nodeAt(tree, ['profiles', section, name, 'extends']);
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}
