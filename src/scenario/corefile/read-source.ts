/** A Corefile of a scenario: read, with its problems told where they stand. */

import type { PluginOrder } from '../../dns/corefile/order.ts';
import type { Corefile } from '../../dns/corefile/plugins.ts';
import { readCorefile } from '../../dns/corefile/read.ts';
import type { TextSource } from '../text-source.ts';

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
