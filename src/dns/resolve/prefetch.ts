/**
 * Prefetch: a hit on data that will expire soon starts a refresh which the client does not wait for.
 *
 * Not modelled: popularity thresholds and predictors (CoreDNS, Knot Resolver).
 */
import type { Micros } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { CacheEntry } from '../cache/entry.ts';
import type { Question } from '../data/message.ts';
import { CNAME, NS } from '../data/rrtype.ts';
import type { PrefetchOptions } from './options.ts';
import { targetOf } from './sanitise.ts';
import type { Core } from './state.ts';
import { fetchKey } from './task/fetch.ts';

/**
 * The first link of a cached answer that a hit at `now` should refresh: close to its end, not being fetched
 * and not failing. NS sets are left out, since a child cannot extend its own delegation.
 */
export function prefetchDue(core: Core, question: Question, now: Micros): Question | undefined {
  const options = core.options.prefetch;
  if (options === undefined) return undefined;
  let name = question.name;
  for (let links = 0; links <= core.options.maximumCnames; links++) {
    const entry = core.cache.answer(name, question.type, now);
    if (entry === undefined) return undefined;
    const wanted = { name, type: question.type };
    if (isNearEnd(entry, options, now) && mayRefresh(core, wanted, now)) return wanted;
    if (entry.kind !== 'data' || entry.type !== CNAME || question.type === CNAME) return undefined;
    name = targetOf(entry.rrset!);
  }
  return undefined;
}

function mayRefresh(core: Core, question: Question, now: Micros): boolean {
  const { name, type } = question;
  return type !== NS && !core.fetches.has(fetchKey(question)) && !core.failures.holds(name, type, now);
}

function isNearEnd(entry: CacheEntry, options: PrefetchOptions, now: Micros): boolean {
  const left = entry.expiresAt - now;
  if ('remainingShare' in options) return left <= entry.ttlSeconds * SECOND * options.remainingShare;
  return left <= options.remainingSeconds * SECOND && entry.ttlSeconds >= options.minimumOriginalSeconds;
}
