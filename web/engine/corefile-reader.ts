/**
 * Reading Corefiles as the page has it: fetched for scenarios that speak of CoreDNS. In the page this file stands where
 * `src/dns/corefile/read.ts` stands for `src/scenario` elsewhere; `vite.config.ts` sees to that.
 */
import type { CorefileOptions, CorefileResult } from '../../src/dns/corefile/read.ts';
import type { Play } from './play.ts';

let reader: typeof import('../../src/dns/corefile/read.ts') | undefined;

/** Before a scenario is read: what reads its Corefiles. */
export async function fetchCorefileReader({ source, sets }: Pick<Play, 'source' | 'sets'>): Promise<void> {
  const speaks = [source.text, ...sets].some((text) => /coredns|corefile/i.test(text));
  if (speaks) reader ??= await import('../../src/dns/corefile/read.ts');
}

/** As elsewhere. @throws RangeError when it has not been fetched */
export function readCorefile(text: string, options: CorefileOptions): CorefileResult {
  if (!reader) throw new RangeError('what reads Corefiles has not been fetched');
  return reader.readCorefile(text, options);
}
