/**
 * Look-ups: following a question through the cache, aliases and fetches to its end, for a client, for the
 * address of a server, or as a prefetch.
 */
import type { CacheEntry } from '../cache/entry.ts';
import { EVERY_TYPE, makeEntry, remainingSeconds } from '../cache/entry.ts';
import type { Question, Rcode } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import { parent } from '../data/name.ts';
import { CNAME, DNAME } from '../data/rrtype.ts';
import { answerOf, errorAnswer, isFinal, staleAnswer } from './answer.ts';
import { detach, disarm, failFetch } from './ending.ts';
import { noteAlias, noteClientTimer, noteDeadline, noteHit, noteJoin } from './notes.ts';
import type { Answer, Reason } from './protocol.ts';
import { synthesiseCname, targetOf } from './sanitise.ts';
import { clientTimer, heldBack } from './stale.ts';
import type { Core, Effort, Fetch, Lookup, Owner } from './state.ts';
import { fetchKey, startFetch, waitsFor } from './task/fetch.ts';

/** Begins a look-up and takes it as far as the cache goes. */
export function startLookup(
  core: Core,
  question: Question,
  owner: Owner,
  effort: Effort,
  depth: number,
): Lookup {
  const lookup: Lookup = {
    kind: 'lookup',
    question,
    owner,
    effort,
    depth,
    name: question.name,
    chain: [],
    fetched: false,
    fetch: undefined,
    outcome: undefined,
    timer: undefined,
    answered: false,
    done: false,
  };
  if (owner.kind === 'prefetch') awaitFetch(core, lookup);
  else advance(core, lookup);
  return lookup;
}

/** Goes on after a fetch has ended. */
export function resumeLookup(core: Core, lookup: Lookup): void {
  const outcome = lookup.outcome;
  lookup.outcome = undefined;
  if (lookup.done || outcome === undefined) return;
  if (outcome.kind === 'failure') conclude(core, lookup, outcome.reason, outcome.rcode);
  else if (!outcome.entries.some((entry) => take(core, lookup, entry))) advance(core, lookup);
}

/** The client response timer or the deadline has come. */
export function lookupTimer(core: Core, lookup: Lookup): void {
  lookup.timer = undefined;
  if (core.now >= lookup.effort.deadline) {
    runOutOfTime(core, lookup);
    return;
  }
  noteClientTimer(core, lookup.question);
  answerStale(core, lookup);
  armTimer(core, lookup, lookup.effort.deadline);
}

/** The fetch fails for all who wait for it when its own time is up as well. */
function runOutOfTime(core: Core, lookup: Lookup): void {
  noteDeadline(core, lookup.question);
  const fetch = lookup.fetch;
  if (fetch && core.now >= fetch.effort.deadline) {
    failFetch(core, fetch, deadlineReason(fetch));
  } else {
    detach(core, lookup);
    conclude(core, lookup, 'budget', 'SERVFAIL');
  }
}

function advance(core: Core, lookup: Lookup): void {
  for (;;) {
    const entry = known(core, lookup.name, lookup.question.type);
    if (entry === undefined) awaitFetch(core, lookup);
    if (entry === undefined || take(core, lookup, entry)) return;
  }
}

/** What the cache says of a name, by its own entries or by those of its ancestors. */
function known(core: Core, name: Name, type: number): CacheEntry | undefined {
  return core.cache.answer(name, type, core.now) ?? inherited(core, name);
}

/** An ancestor's DNAME (RFC 6672 §3.4), or its NXDOMAIN (RFC 8020 §2). The result is cached at the name. */
function inherited(core: Core, name: Name): CacheEntry | undefined {
  for (let above = parent(name); above !== undefined; above = parent(above)) {
    const dname = core.cache.answer(above, DNAME, core.now);
    if (!core.options.ignoreCachedDname && dname?.kind === 'data' && dname.type === DNAME) {
      return storeCname(core, dname, name);
    }
    const gone = core.options.nxdomainCut && core.cache.exact(above, EVERY_TYPE, core.now);
    if (gone) return core.cache.put({ ...gone, name, next: undefined }, core.now);
  }
  return undefined;
}

function storeCname(core: Core, dname: CacheEntry, name: Name): CacheEntry | undefined {
  const rrset = synthesiseCname(dname.rrset!, name);
  if (rrset === undefined) return undefined;
  const ttlSeconds = remainingSeconds(dname, core.now);
  const { rank, from } = dname;
  return core.cache.put(
    makeEntry({ kind: 'data', name, type: CNAME, rrset, rank, ttlSeconds, from }, core.now),
    core.now,
  );
}

/** Adds one link. @returns whether the look-up has ended */
function take(core: Core, lookup: Lookup, entry: CacheEntry): boolean {
  lookup.chain.push(entry);
  if (isFinal(entry, lookup.question.type)) {
    finishWithData(core, lookup);
    return true;
  }
  const target = targetOf(entry.rrset!);
  noteAlias(core, entry.name, target);
  const loops = lookup.chain.some((link) => link.name === target);
  if (loops || lookup.chain.length > core.options.maximumCnames) {
    core.failures.record(lookup.question.name, lookup.question.type, core.now);
    conclude(core, lookup, 'loop', 'SERVFAIL');
    return true;
  }
  lookup.name = target;
  return false;
}

/** Nothing cached: waits for a fetch, unless a failure is remembered. */
function awaitFetch(core: Core, lookup: Lookup): void {
  const { name } = lookup;
  const { type } = lookup.question;
  if (heldBack(core, name, type, core.now) && answerStale(core, lookup)) finish(core, lookup);
  else if (core.failures.holds(name, type, core.now)) conclude(core, lookup, 'failure-cache', 'SERVFAIL');
  else joinFetch(core, lookup, { name, type });
}

function joinFetch(core: Core, lookup: Lookup, question: Question): void {
  const joins = core.options.joinQueries || lookup.owner.kind !== 'client';
  const running = joins ? core.fetches.get(fetchKey(question)) : undefined;
  if (running && !mayJoin(core, lookup, running)) return;
  if (running) noteJoin(core, question);
  const fetch = running ?? startFetch(core, question, lookup.effort, lookup.depth);
  fetch.waiters.push(lookup);
  lookup.fetch = fetch;
  lookup.fetched = true;
  if (!('fetch' in lookup.owner) && lookup.timer === undefined) startTimer(core, lookup);
}

/** Whether a look-up may wait for a fetch that is under way; if not, it has been ended. */
function mayJoin(core: Core, lookup: Lookup, fetch: Fetch): boolean {
  if ('fetch' in lookup.owner && waitsFor(fetch, lookup.owner.fetch)) {
    conclude(core, lookup, 'loop', 'SERVFAIL');
    return false;
  }
  if (
    lookup.owner.kind !== 'client' ||
    fetch.waiters.length < (core.options.maximumJoined ?? Number.POSITIVE_INFINITY)
  ) {
    return true;
  }
  core.actions.push({ kind: 'drop', ticket: lookup.owner.ticket, reason: 'limit' });
  core.outstanding--;
  lookup.answered = true;
  finish(core, lookup);
  return false;
}

function startTimer(core: Core, lookup: Lookup): void {
  const delay = lookup.owner.kind === 'client' ? clientTimer(core) : undefined;
  if (delay === 0) answerStale(core, lookup);
  const soon = delay === undefined || delay === 0 ? lookup.effort.deadline : core.now + delay;
  armTimer(core, lookup, Math.min(soon, lookup.effort.deadline));
}

function armTimer(core: Core, lookup: Lookup, at: number): void {
  const timer = core.nextId++;
  core.timers.set(timer, lookup);
  lookup.timer = timer;
  core.actions.push({ kind: 'arm', timer, delay: at - core.now });
}

/** Answers the waiting client with expired data if there are any. @returns whether that was possible */
function answerStale(core: Core, lookup: Lookup): boolean {
  if (lookup.owner.kind !== 'client' || lookup.answered) return false;
  const answer = staleAnswer(core, lookup.question, core.now);
  if (answer === undefined) return false;
  noteHit(core, lookup.question, 'stale', answer.ttl);
  give(core, lookup, answer);
  return true;
}

/** Ends a look-up that failed: with stale data when there are any, else with an error. */
function conclude(core: Core, lookup: Lookup, reason: Reason, rcode: Rcode): void {
  if (rcode !== 'SERVFAIL' || !answerStale(core, lookup))
    give(core, lookup, errorAnswer(lookup.question, rcode, reason));
  if (lookup.owner.kind === 'server-address') lookup.owner.fetch.addressFailure ??= reason;
  finish(core, lookup);
}

function finishWithData(core: Core, lookup: Lookup): void {
  const reason = lookup.fetched ? 'fresh' : 'cache';
  if (lookup.owner.kind === 'client' && !lookup.answered) {
    give(core, lookup, answerOf(core, lookup.question, lookup.chain, core.now, reason));
  }
  finish(core, lookup);
}

function give(core: Core, lookup: Lookup, answer: Answer): void {
  if (lookup.owner.kind !== 'client' || lookup.answered) return;
  lookup.answered = true;
  core.outstanding--;
  core.actions.push({ kind: 'answer', ticket: lookup.owner.ticket, answer });
}

/** Nothing more to do; a fetch that waited for a server's address goes on. */
function finish(core: Core, lookup: Lookup): void {
  lookup.done = true;
  disarm(core, lookup);
  if ('fetch' in lookup.owner) core.ready.push(lookup.owner.fetch);
}

/** Why a fetch ran out of time: nobody answers, or it simply took too long. */
function deadlineReason({ cut, exchange }: Fetch): Reason {
  const servers = cut?.servers ?? [];
  const errors = servers.some(({ state }) => state === 'failed' || state === 'lame');
  const timedOut = servers.some((server) => server.sends > (exchange?.server === server ? 1 : 0));
  return timedOut && !errors ? 'no-reachable-server' : 'budget';
}
