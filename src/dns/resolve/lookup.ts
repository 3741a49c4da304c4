/**
 * Look-ups: following a question through the cache, aliases and fetches to its end, for a client, for the
 * address of a server, or as a prefetch.
 */
import type { CacheEntry } from '../cache/entry.ts';
import type { Question } from '../data/message.ts';
import { ANY } from '../data/rrtype.ts';
import { isFinal } from './answer.ts';
import { answerStale, conclude, finish, finishWithData } from './conclude.ts';
import { completeSearch, triesNext } from './detour/autopath.ts';
import { endsAtAlias } from './detour/confine.ts';
import { noteConfined, notePolicy } from './detour/notes.ts';
import { searchNames } from './detour/search-names.ts';
import { known } from './inherit.ts';
import { drop, enter, joinedLimit } from './limits.ts';
import { noteAlias, noteJoin } from './notes.ts';
import { targetOf } from './sanitise.ts';
import { failureHolds, heldBack } from './stale.ts';
import type { Core, Effort, Fetch, Lookup, Owner } from './state.ts';
import { fetchKey, startFetch, waitsFor } from './task/fetch.ts';
import { repeatForward } from './task/forward.ts';
import { startTimer } from './timer.ts';

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
    search: searchOf(core, question, owner),
    fetched: false,
    fetch: undefined,
    outcome: undefined,
    failure: undefined,
    timer: undefined,
    staleAt: undefined,
    answered: false,
    done: false,
  };
  if (owner.kind === 'client') enter(core, lookup);
  if (owner.kind === 'prefetch') awaitFetch(core, lookup);
  else advance(core, lookup);
  return lookup;
}

/** The search list to go along on behalf of a client. */
function searchOf({ options }: Core, question: Question, owner: Owner): Lookup['search'] {
  if (options.autopath === undefined || owner.kind !== 'client') return undefined;
  const names = searchNames(question, options.autopath);
  return names && { names, at: 0, first: undefined };
}

/** Goes on after a fetch has ended. */
export function resumeLookup(core: Core, lookup: Lookup): void {
  const outcome = lookup.outcome;
  lookup.outcome = undefined;
  if (lookup.done || outcome === undefined) return;
  if (outcome.kind === 'failure') conclude(core, lookup, outcome.reason, outcome.rcode, outcome.told);
  else if (lookup.question.type === ANY) takeAll(core, lookup, outcome.entries);
  else if (!outcome.entries.some((entry) => take(core, lookup, entry))) advance(core, lookup);
}

function advance(core: Core, lookup: Lookup): void {
  for (;;) {
    if (answersByPolicy(core, lookup)) return;
    const entry = known(core, lookup);
    if (entry === undefined) awaitFetch(core, lookup);
    if (entry === undefined || take(core, lookup, entry)) return;
  }
}

/** All that the name has is the answer to ANY. */
function takeAll(core: Core, lookup: Lookup, entries: readonly CacheEntry[]): void {
  lookup.chain.push(...entries);
  finishWithData(core, lookup);
}

/** Ends a look-up whose name the response policy answers; an alias that is to be followed is another name. */
function answersByPolicy(core: Core, lookup: Lookup): boolean {
  const policy = core.responsePolicy;
  if (policy === undefined || lookup.owner.kind !== 'client') return false;
  for (;;) {
    const entry = policy.entry(lookup.name, lookup.question.type, core.now);
    if (entry === undefined) return false;
    notePolicy(core, lookup.name, entry.kind);
    if (policy.followsAliases || isFinal(entry, lookup.question.type)) {
      if (take(core, lookup, entry)) return true;
    } else {
      lookup.chain.push(entry);
      finishWithData(core, lookup);
      return true;
    }
  }
}

/** Adds one link. @returns whether the look-up has ended */
function take(core: Core, lookup: Lookup, entry: CacheEntry): boolean {
  lookup.chain.push(entry);
  if (isFinal(entry, lookup.question.type)) {
    if (triesNext(core, lookup)) return false;
    completeSearch(core, lookup);
    finishWithData(core, lookup);
    return true;
  }
  const target = targetOf(entry.rrset!);
  if (target === entry.name && core.options.answerRules.selfAlias === 'answer') {
    finishWithData(core, lookup);
    return true;
  }
  if (core.confinesAliases && endsAtAlias(core, entry.name, target)) {
    noteConfined(core, entry.name, target);
    finishWithData(core, lookup);
    return true;
  }
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
  if (heldBack(core, name, type, core.now) && answerStale(core, lookup, 'window')) finish(core, lookup);
  else if (isHeld(core, lookup)) conclude(core, lookup, 'failure-cache', 'SERVFAIL');
  else joinFetch(core, lookup, { name, type });
}

/** A remembered failure stands in the way; not in that of refreshing data that were extended. */
function isHeld(core: Core, lookup: Lookup): boolean {
  if (lookup.owner.kind === 'prefetch' && core.options.serveStale?.extensions) return false;
  return failureHolds(core, lookup.name, lookup.question.type, core.now);
}

function joinFetch(core: Core, lookup: Lookup, question: Question): void {
  const joins = core.options.joinQueries || lookup.owner.kind !== 'client';
  const running = joins ? core.fetches.get(fetchKey(question)) : undefined;
  if (running && !mayJoin(core, lookup, running)) return;
  if (running) noteJoin(core, question);
  if (running && lookup.owner.kind === 'client') repeatForward(core, running);
  const fetch = running ?? startFetch(core, question, lookup.effort, lookup.depth);
  fetch.waiters.push(lookup);
  lookup.fetch = fetch;
  lookup.fetched = true;
  if (isTimed(lookup) && lookup.timer === undefined) startTimer(core, lookup);
}

/** Whether it has a time of its own: what a fetch waits for ends with that fetch. */
function isTimed({ owner }: Lookup): boolean {
  return owner.kind === 'ahead' || !('fetch' in owner);
}

/** Whether a look-up may wait for a fetch that is under way; if not, it has been ended. */
function mayJoin(core: Core, lookup: Lookup, fetch: Fetch): boolean {
  if ('fetch' in lookup.owner && waitsFor(fetch, lookup.owner.fetch)) {
    conclude(core, lookup, 'loop', 'SERVFAIL');
    return false;
  }
  if (lookup.owner.kind !== 'client' || fetch.waiters.length < joinedLimit(core)) return true;
  fetch.spilled = true;
  drop(core, lookup, 'limit');
  finish(core, lookup);
  return false;
}
