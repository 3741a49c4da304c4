/** Search lists: names written without their final dot, to the names they may mean. */
import type { Name } from '../../dns/data/name.ts';
import { searchFor } from '../../model/clients/stub/search-list.ts';
import type { SearchSpec } from '../../model/spec.ts';
import type { SearchRule } from '../../profiles/client-behaviour.ts';
import type { AskedName } from '../asked-name.ts';
import { DEFAULTS } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { nameKind, wholeKind } from '../kinds.ts';
import type { PopulationDoc } from '../schema/clients.ts';
import type { Draft } from './draft.ts';

/** What turns a relative name of a population into candidates. */
export type Searcher = (asked: AskedName, path: Path) => SearchSpec | undefined;

/** Settles `search:` and `ndots:` of a population; names with a final dot are left alone, and all are without a list. */
export function searcherOf(
  { ledger }: Draft,
  { search, ndots }: PopulationDoc,
  rule: SearchRule,
  path: Path,
): Searcher {
  if (search === undefined) return () => undefined;
  for (const [index, domain] of search.entries())
    ledger.written([...path, 'search', index], domain, nameKind);
  const dots = ledger.settle([...path, 'ndots'], ndots, wholeKind(0), DEFAULTS.clients.ndots);
  return ({ name, relative }, at) => {
    if (!relative) return undefined;
    const spec = searchFor(name, search, dots, rule);
    const why = `the search list and ndots ${dots}`;
    ledger.note([...at, 'candidates'], spec.candidates.join(', '), { kind: 'derived', why });
    return spec;
  };
}

/** The candidate a request most likely ends with: the first that exists, else the first that somebody serves. */
export function expectedName(
  { candidates }: SearchSpec,
  exists: (name: Name) => boolean,
  isServed: (name: Name) => boolean,
): Name {
  return candidates.find(exists) ?? candidates.find(isServed) ?? candidates[candidates.length - 1]!;
}
