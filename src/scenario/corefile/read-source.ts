/** A Corefile of a scenario: read, with its problems told where they stand. */

import type { PluginOrder } from '../../dns/corefile/order.ts';
import type { Corefile } from '../../dns/corefile/plugins.ts';
import { readCorefile } from '../../dns/corefile/read.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
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

/** Notes what each block says without effect, for `explain`. @param path what the blocks are noted under */
export function noteQuiet(ledger: Ledger, path: Path, { blocks }: Corefile): void {
  for (const { zones, port, quiet } of blocks) {
    if (quiet.length === 0) continue;
    const lameduck = quiet.includes('health lameduck')
      ? '; lameduck covers a server that is told to stop, and faults here are crashes'
      : '';
    const why = `accepted, no effect on answers${lameduck}`;
    ledger.note([...path, `${zones.join(' ')}:${port}`, 'quiet'], quiet.join(', '), { kind: 'derived', why });
  }
}
