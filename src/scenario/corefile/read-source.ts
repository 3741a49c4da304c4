/** A Corefile of a scenario: read, with its problems told where they stand. */

import type { PluginOrder } from '../../dns/corefile/order.ts';
import type { Corefile } from '../../dns/corefile/plugins.ts';
import { readCorefile } from '../../dns/corefile/read.ts';
import type { TextSource } from '../text-source.ts';

/** How `explain` shows a Corefile: the name of its file, or how much stands in the scenario. */
export function shownCorefile(written: string, { blocks }: Corefile): string {
  if (!written.includes('\n')) return written;
  return `inline, ${blocks.length} server block${blocks.length === 1 ? '' : 's'}`;
}

/** Reads the text and reports its problems. */
export function corefileOf(source: TextSource, order: PluginOrder): Corefile {
  const { corefile, issues } = readCorefile(source.text, {
    file: source.file,
    readFile: (path) => source.beside(path),
    order,
  });
  source.report(issues);
  return corefile;
}
