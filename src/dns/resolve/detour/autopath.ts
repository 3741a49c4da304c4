/**
 * Autopath: a query for a name completed with the first domain of a search list is answered with what the whole list
 * leads to, so that the client need not go through it (CoreDNS 1.14 plugin/autopath/autopath.go).
 *
 * Not modelled: refreshing ahead of its end what was found behind such a name.
 */
import { makeEntry, RANK_ANSWER, remainingSeconds } from '../../cache/entry.ts';
import { makeRRset } from '../../data/rrset.ts';
import { CNAME } from '../../data/rrtype.ts';
import type { Core, Lookup } from '../state.ts';
import { noteSearch } from './notes.ts';

/** Goes on to the next name of the list where one does not exist. @returns whether there is a next */
export function triesNext(core: Core, lookup: Lookup): boolean {
  const { search, chain } = lookup;
  if (search === undefined || chain[chain.length - 1]!.kind !== 'nxdomain') return false;
  search.first ??= chain;
  const next = search.names[search.at + 1];
  if (next === undefined) {
    search.at = 0;
    lookup.chain = search.first;
    return false;
  }
  search.at++;
  noteSearch(core, lookup.name, next);
  lookup.chain = [];
  lookup.name = next;
  return true;
}

/** Where another name of the list was found: an alias leads there, with the TTL of what was found. */
export function completeSearch(core: Core, { search, chain, question }: Lookup): void {
  if (search === undefined || search.at === 0 || chain[0]!.kind !== 'data') return;
  const target = search.names[search.at]!;
  const ttl = remainingSeconds(chain[0]!, core.now);
  const rrset = makeRRset(question.name, CNAME, ttl, [{ kind: 'name', target, text: target }]);
  const facts = { kind: 'data', name: question.name, type: CNAME, rrset, rank: RANK_ANSWER } as const;
  chain.unshift(makeEntry({ ...facts, ttlSeconds: ttl, from: chain[0]!.from }, core.now));
}
