/**
 * Prefetch: a hit on data that will expire soon starts a refresh which the client does not wait for.
 *
 * A packet cache in front repeats whole answers, so the data behind it see no hits until those have run out: of
 * one question asked again and again it keeps every refresh away (PowerDNS Recursor; measured).
 *
 * Not modelled: predictors of use (Knot Resolver), which would refresh without any hit.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import { type CacheEntry, remainingSeconds as remainingTtl } from '../cache/entry.ts';
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
  if (options === undefined || isPacketCached(core, question, now)) return undefined;
  if (!isPopular(core, question, now)) return undefined;
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

/** Whether a hit is more than an answer: it starts a refresh, or enters the packet cache. */
export function hitNeedsStep(core: Core, question: Question, now: Micros): boolean {
  if (core.popularity !== undefined) return true;
  if (core.packets !== undefined) return !isPacketCached(core, question, now);
  return prefetchDue(core, question, now) !== undefined;
}

/**
 * Counts a hit. @returns whether there were enough of them without a long gap (CoreDNS plugin/cache, prefetch
 * AMOUNT DURATION; the count outlives the entry, and starts anew after a gap)
 */
function isPopular(core: Core, question: Question, now: Micros): boolean {
  const { popularity } = core;
  if (popularity === undefined) return true;
  const { hits, gapSeconds } = core.options.prefetch!.popularity!;
  const key = fetchKey(question);
  const last = popularity.get(key);
  const inRow = last !== undefined && now - last.lastAt < gapSeconds * SECOND;
  const count = inRow ? last.hits + 1 : 1;
  popularity.delete(key);
  popularity.set(key, { hits: count, lastAt: now });
  for (const [old, { lastAt }] of popularity) {
    if (now - lastAt < gapSeconds * SECOND) break;
    popularity.delete(old);
  }
  return count >= hits;
}

/** The packet cache takes an answer that was not in it. */
export function rememberPacket(core: Core, question: Question, ttlSeconds: Seconds): void {
  const { packets, now } = core;
  if (packets === undefined || isPacketCached(core, question, now)) return;
  const seconds = Math.min(ttlSeconds, core.options.cacheRules.packetSeconds!);
  packets.delete(fetchKey(question));
  packets.set(fetchKey(question), now + seconds * SECOND);
  for (const [key, until] of packets) {
    if (until > now) break;
    packets.delete(key);
  }
}

function isPacketCached({ packets }: Core, question: Question, now: Micros): boolean {
  return packets !== undefined && now < (packets.get(fetchKey(question)) ?? now);
}

function mayRefresh(core: Core, question: Question, now: Micros): boolean {
  const { name, type } = question;
  return type !== NS && !core.fetches.has(fetchKey(question)) && !core.failures.holds(name, type, now);
}

function isNearEnd(entry: CacheEntry, options: PrefetchOptions, now: Micros): boolean {
  const { remainingShare = 0, remainingSeconds = 0, minimumOriginalSeconds = 0 } = options;
  if (entry.ttlSeconds < minimumOriginalSeconds) return false;
  return remainingTtl(entry, now) <= entry.ttlSeconds * remainingShare + remainingSeconds;
}
