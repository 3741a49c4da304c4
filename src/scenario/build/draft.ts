/** What the builders of a world share. */
import type { TreeNode } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import type { FolderFiles } from '../files.ts';
import type { IssueList } from '../issues.ts';
import type { ScenarioDoc } from '../schema/scenario.ts';
import type { ReadZone } from './zone-text.ts';

/** A scenario on its way to a world. */
export interface Draft {
  readonly doc: ScenarioDoc;
  readonly tree: TreeNode;
  readonly issues: IssueList;
  readonly ledger: Ledger;
  /** Names of the regions; an index into them stands for a region everywhere. */
  readonly regions: readonly string[];
  /** Files beside the scenario. */
  readonly files: FolderFiles;
  /** The listed zones, in their order. */
  readonly zones: readonly ReadZone[];
}

/** The region named, or the first. */
export function regionIndex(draft: Draft, name: string | undefined): number {
  return name === undefined ? 0 : draft.regions.indexOf(name);
}
