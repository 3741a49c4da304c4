/**
 * Limits on client requests: how many may wait, how many for one question, and for how long an answer is of use.
 *
 * Not modelled: limits per client address (Unbound wait-limit, BIND's quota for TCP clients), and the memory that
 * waiting requests take. The cost: one client cannot crowd out the others here.
 */
import { SECOND } from '../../base/time.ts';
import { abandonLookup } from './ending.ts';
import { noteDiscard, noteOverload } from './notes.ts';
import type { Answer, Reason } from './protocol.ts';
import type { Core, Lookup } from './state.ts';

/** What becomes of a request that cannot be answered at once. */
export type Admission = 'welcome' | 'refused' | 'dropped';

/** Makes room for one more waiting request where the rules allow it. */
export function admit(core: Core): Admission {
  const { maximumOutstanding, answerRules } = core.options;
  if (maximumOutstanding === undefined || core.outstanding < maximumOutstanding) return 'welcome';
  if (answerRules.overload === 'refuse') return 'refused';
  const victim = victimOf(core, maximumOutstanding);
  noteOverload(core, maximumOutstanding, victim?.question);
  if (victim === undefined) return 'dropped';
  drop(core, victim, 'limit');
  abandonLookup(core, victim);
  return 'welcome';
}

/** The waiting request that gives way: the oldest, or the oldest of the newer half when it waits long enough. */
function victimOf(core: Core, maximum: number): Lookup | undefined {
  const { overload, jostleAfterMicros } = core.options.answerRules;
  if (overload === 'drop') return undefined;
  const kept = overload === 'jostle' ? Math.floor(maximum / 2) : 0;
  let place = 0;
  for (const lookup of core.waiting!) {
    if (place++ < kept) continue;
    const waits = core.now - lookup.effort.startedAt;
    return overload === 'jostle' && waits < jostleAfterMicros ? undefined : lookup;
  }
  return undefined;
}

/** Whether waiting requests have to be known by name. */
export function keepsWaiting({
  options: { maximumOutstanding, answerRules },
}: Pick<Core, 'options'>): boolean {
  const { overload } = answerRules;
  return maximumOutstanding !== undefined && (overload === 'drop-oldest' || overload === 'jostle');
}

/** A client's request has begun to wait. */
export function enter(core: Core, lookup: Lookup): void {
  core.outstanding++;
  core.waiting?.add(lookup);
}

/** Tells a waiting client its answer, unless it comes too late to be sent. */
export function tell(core: Core, lookup: Lookup, answer: Answer): void {
  if (lookup.owner.kind !== 'client' || lookup.answered) return;
  const { discardAfterMicros } = core.options.answerRules;
  const waited = core.now - lookup.effort.startedAt;
  if (discardAfterMicros !== undefined && waited > discardAfterMicros) {
    noteDiscard(core, lookup.question, waited);
    drop(core, lookup, 'too-late');
    return;
  }
  leave(core, lookup);
  core.actions.push({ kind: 'answer', ticket: lookup.owner.ticket, answer });
}

/** A waiting client will never be answered. */
export function drop(core: Core, lookup: Lookup, reason: Reason): void {
  if (lookup.owner.kind !== 'client' || lookup.answered) return;
  leave(core, lookup);
  core.actions.push({ kind: 'drop', ticket: lookup.owner.ticket, reason });
}

function leave(core: Core, lookup: Lookup): void {
  lookup.answered = true;
  core.outstanding--;
  core.waiting?.delete(lookup);
}

/** How many requests may wait for one question now; it falls back bit by bit to where it began. */
export function joinedLimit(core: Core): number {
  const { maximumJoined, answerRules } = core.options;
  if (maximumJoined === undefined) return Number.POSITIVE_INFINITY;
  const { joined } = core;
  if (joined === undefined || answerRules.joinedGrowth === undefined) return maximumJoined;
  const falls = Math.floor(
    (core.now - joined.changedAt) / (answerRules.joinedGrowth.fallsEachSeconds * SECOND),
  );
  return Math.max(maximumJoined, joined.limit - falls);
}

/** A question of which some who asked were dropped got its answer: next time more may wait. */
export function growJoined(core: Core): void {
  const growth = core.options.answerRules.joinedGrowth;
  if (growth === undefined) return;
  const limit = Math.min(joinedLimit(core) + growth.step, growth.maximum);
  core.joined = { limit, changedAt: core.now };
}
