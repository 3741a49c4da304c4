/**
 * Answers made of cache entries, and the search through the cache that needs no network.
 *
 * Not modelled: DNAME records in the answer (only the CNAMEs they stand for), additional data, and the AD, EDE
 * and EDNS parts of a response.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import type { CacheEntry } from '../cache/entry.ts';
import { remainingSeconds } from '../cache/entry.ts';
import type { Question, Rcode } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import { type RRset, withTtl } from '../data/rrset.ts';
import { ANY, CNAME } from '../data/rrtype.ts';
import { endsAtAlias } from './detour/confine.ts';
import { searchNames } from './detour/search-names.ts';
import type { Answer, Reason } from './protocol.ts';
import { targetOf } from './sanitise.ts';
import { failureHolds, heldBack, type StaleCause, staleEntry, staleError, staleSeconds } from './stale.ts';
import type { Core } from './state.ts';
import { receivedNegativeTtl } from './ttl.ts';

const NOTHING: readonly RRset[] = [];

/** An answer being put together. */
type Draft = { -readonly [Part in keyof Answer]: Answer[Part] };

/** What the cache says, without any change of state; undefined when it takes a resolution to know. */
export function answerFromCache(core: Core, question: Question, now: Micros): Answer | undefined {
  if (core.hasDetours && takesDetour(core, question)) return undefined;
  const entry = core.cache.answer(question.name, question.type, now);
  if (entry === undefined) return answerToAny(core, question, now) ?? heldAnswer(core, question, now);
  const capped = showsOtherTtl(core);
  if (entry.type === question.type && entry.kind === 'data' && entry.extensions === 0 && !capped) {
    return dataAnswer(question, entry, now);
  }
  const chain = walk(core, question, now, false);
  return chain && answerOf(core, question, chain, now, 'cache');
}

/** ANY is answered with whatever is cached of the name (RFC 8482 §4.1 allows a part of what there is). */
function answerToAny(core: Core, question: Question, now: Micros): Answer | undefined {
  if (question.type !== ANY || core.options.answerRules.any === 'notimp') return undefined;
  const entries = core.cache.dataAt(question.name, now);
  return entries.length > 0 ? answerOf(core, question, entries, now, 'cache') : undefined;
}

/** The answer with expired data where nothing fresh is cached (RFC 8767); undefined when a link is missing. */
export function staleAnswer(
  core: Core,
  question: Question,
  now: Micros,
  cause: StaleCause,
): Answer | undefined {
  if (core.options.serveStale === undefined) return undefined;
  const chain = walk(core, question, now, true);
  if (chain === undefined) return undefined;
  const answer = answerOf(core, question, chain, now, 'stale');
  const ede = staleError(core, cause, answer.rcode === 'NXDOMAIN');
  return ede ? { ...answer, ede } : answer;
}

/** The aliases of a chain, as records of an answer that is being made now. */
export function aliasesOf(core: Core, chain: readonly CacheEntry[]): readonly RRset[] {
  return chain
    .filter(({ kind }) => kind === 'data')
    .map((entry) => withTtl(entry.rrset!, ttlAt(core, entry, core.now, 'fresh')));
}

/** An answer without data: an error, with its reason. */
export function errorAnswer(question: Question, rcode: Rcode, reason: Reason): Answer {
  return { question, rcode, answer: NOTHING, authority: NOTHING, ttl: 0, reason };
}

/** The answer a complete chain of entries makes: aliases in order, then data or its absence. */
export function answerOf(
  core: Core,
  question: Question,
  chain: readonly CacheEntry[],
  now: Micros,
  reason: Reason,
): Answer {
  const last = chain[chain.length - 1]!;
  const answer: RRset[] = [];
  const authority: RRset[] = [];
  let ttl = Number.POSITIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  for (const entry of chain) {
    const itsTtl = ttlAt(core, entry, now, reason);
    ttl = Math.min(ttl, itsTtl);
    until = Math.min(until, entry.expiresAt);
    if (entry.rrset) (entry.kind === 'data' ? answer : authority).push(withTtl(entry.rrset, itsTtl));
  }
  const rcode = last.kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR';
  const { storedAt, from } = last;
  const why = reason === 'cache' && chain.some(({ extensions }) => extensions > 0) ? 'stale' : reason;
  const result: Draft = { question, rcode, answer, authority, ttl, reason: why, storedAt };
  if (from !== undefined) result.from = from;
  const capped = showsOtherTtl(core);
  if (last.kind === 'data' && why === 'cache' && !capped) result.until = until;
  return result;
}

/** Whether a chain that ends in this entry is complete for the question type. */
export function isFinal(entry: CacheEntry, type: number): boolean {
  return entry.kind !== 'data' || entry.type !== CNAME || type === CNAME || type === ANY;
}

/** The common case, a hit without aliases, made with as few objects as possible. */
function dataAnswer(question: Question, entry: CacheEntry, now: Micros): Answer {
  const set = entry.rrset!;
  const ttl = remainingSeconds(entry, now);
  const answer = [{ name: set.name, type: set.type, ttl, rdata: set.rdata }];
  const { from, storedAt, expiresAt: until } = entry;
  const reason = 'cache';
  if (from === undefined) {
    return { question, rcode: 'NOERROR', answer, authority: NOTHING, ttl, reason, storedAt, until };
  }
  return { question, rcode: 'NOERROR', answer, authority: NOTHING, ttl, reason, from, storedAt, until };
}

/** Whether clients are told other TTLs than what is left. */
function showsOtherTtl({ options: { forwarding } }: Core): boolean {
  return (
    forwarding !== undefined && (forwarding.shownTtlCapSeconds !== undefined || forwarding.keepsTtl === true)
  );
}

/** Whether it takes more than the cache to answer: a response policy, or the rest of a search list. */
function takesDetour({ responsePolicy, options }: Core, question: Question): boolean {
  if (responsePolicy?.answers(question.name)) return true;
  return options.autopath !== undefined && searchNames(question, options.autopath) !== undefined;
}

/** While a failure holds: stale data when there are any, else SERVFAIL (RFC 9520 §3.2, RFC 8767 §5). */
function heldAnswer(core: Core, question: Question, now: Micros): Answer | undefined {
  const { name, type } = question;
  if (core.failures.size === 0) return undefined;
  if (core.options.serveStale?.extensions && walk(core, question, now, true)) return undefined;
  if (heldBack(core, name, type, now)) {
    const stale = staleAnswer(core, question, now, 'window');
    if (stale) return stale;
  }
  return failureHolds(core, name, type, now) ? errorAnswer(question, 'SERVFAIL', 'failure-cache') : undefined;
}

/** The cached chain from the question to its end; undefined when a link is missing or the chain too long. */
function walk(core: Core, question: Question, now: Micros, stale: boolean): CacheEntry[] | undefined {
  const chain: CacheEntry[] = [];
  let name: Name = question.name;
  while (chain.length <= core.options.maximumCnames) {
    const entry = link(core, name, question.type, now, stale);
    if (entry === undefined) return undefined;
    chain.push(entry);
    if (isFinal(entry, question.type)) return chain;
    name = targetOf(entry.rrset!);
    if (core.confinesAliases && endsAtAlias(core, entry.name, name)) return chain;
  }
  return undefined;
}

function link(core: Core, name: Name, type: number, now: Micros, stale: boolean): CacheEntry | undefined {
  if (core.responsePolicy?.answers(name)) return undefined;
  const live = core.cache.answer(name, type, now);
  if (live !== undefined || !stale) return live;
  return staleEntry(core, name, type, now);
}

function ttlAt(core: Core, entry: CacheEntry, now: Micros, reason: Reason): Seconds {
  const { forwarding } = core.options;
  if (forwarding === undefined) return keptTtl(core, entry, now, reason);
  const passedOn = forwarding.freshTtl === 'received' || entry.ttlSeconds === 0;
  const asTold = reason === 'fresh' && passedOn && entry.kind === 'data';
  const isWhole = forwarding.keepsTtl === true && core.cache.isLive(entry, now);
  const kept = isWhole ? entry.ttlSeconds : keptTtl(core, entry, now, reason);
  const ttl = asTold && entry.rrset ? entry.rrset.ttl : kept;
  return Math.min(ttl, forwarding.shownTtlCapSeconds ?? ttl);
}

function keptTtl(core: Core, entry: CacheEntry, now: Micros, reason: Reason): Seconds {
  if (!core.cache.isLive(entry, now)) return staleSeconds(core, entry);
  const asReceived = core.options.cacheRules.negativeShown === 'received' && reason !== 'fresh';
  if (!asReceived || entry.kind === 'data' || entry.rrset === undefined) return remainingSeconds(entry, now);
  const ageSeconds = entry.ttlSeconds - remainingSeconds(entry, now);
  return Math.max(0, receivedNegativeTtl(entry.rrset) - ageSeconds);
}
