/**
 * One step of a fetch: the first move of a list that applies is made. Moves are tried whenever the fetch has
 * nothing under way: at its start, after each reply, time-out or look-up of a server's address.
 */
import { EVERY_TYPE } from '../../cache/entry.ts';
import { parent, ROOT } from '../../data/name.ts';
import { DS, NS } from '../../data/rrtype.ts';
import { answerStale } from '../conclude.ts';
import { abandonLookup, failFetch, lateReason } from '../ending.ts';
import { startLookup } from '../lookup.ts';
import { notePriming, noteRenewal, noteStillBackedOff } from '../notes.ts';
import type { Reason } from '../protocol.ts';
import { fetchStaleAt, isDueBetweenTries } from '../stale.ts';
import type { Core, Cut, Fetch } from '../state.ts';
import {
  askBeforeLookUp,
  askChosen,
  awaitAhead,
  lookAhead,
  lookUpServer,
  takeAddresses,
} from './addresses.ts';
import { addParentSide, closestCut } from './delegation.ts';
import { goPlain, isMinimised, moveTo } from './fetch.ts';
import { forwardOn, isForwarded } from './forward.ts';
import { useLastResort } from './reply.ts';
import { ask } from './send.ts';

/** A way on for a fetch. @returns whether it applied */
type Move = (core: Core, fetch: Fetch, cut: Cut) => boolean;

const MOVES: readonly Move[] = [
  stopWhenSpent,
  primeRoot,
  lookAhead,
  askChosen,
  askBeforeLookUp,
  awaitAhead,
  lookUpServer,
  askServer,
  giveUpMinimising,
  leaveConfiguredZone,
  useLastResort,
  useParentSide,
  renewDelegation,
  giveUp,
];

/** Where upstream resolvers are asked by a forwarder's policy. */
const FORWARD_MOVES: readonly Move[] = [stopWhenSpent, forwardOn, leaveConfiguredZone, giveUp];

/** Takes a fetch on until something is under way or it has ended. */
export function proceed(core: Core, fetch: Fetch): void {
  serveBetweenTries(core, fetch);
  serveAfterTry(core, fetch);
  while (!fetch.done && !isAsking(fetch) && !isLookingUp(core, fetch)) {
    fetch.cut ??= closestCut(core, startName(fetch), fetch.skipped, fetch.effort.leewayMicros);
    const cut = fetch.cut;
    const moves = isForwarded(core, cut) ? FORWARD_MOVES : MOVES;
    moves.some((move) => move(core, fetch, cut));
  }
}

/** Whether a reply is waited for. */
function isAsking({ exchange, shares }: Fetch): boolean {
  return exchange !== undefined || shares !== undefined;
}

/** Where the client response timer is looked at between tries only, those who waited long enough are served. */
function serveBetweenTries(core: Core, fetch: Fetch): void {
  if (!core.options.serveStale?.betweenTries) return;
  for (const lookup of [...fetch.waiters]) {
    const waited = core.now - lookup.effort.startedAt;
    if (isDueBetweenTries(core, waited) && answerStale(core, lookup, 'timer')) abandonLookup(core, lookup);
  }
}

/** The timer of a fetch cuts a try short; who comes later is served when the next one ends. */
function serveAfterTry(core: Core, fetch: Fetch): void {
  const due = fetchStaleAt(core, fetch);
  if (due === undefined || core.now < due) return;
  for (const lookup of fetch.waiters) answerStale(core, lookup, 'timer');
}

/** DS records stand at the parent's side of a zone cut (RFC 4035 §3.1.4.1). */
function startName(fetch: Fetch): Fetch['name'] {
  return fetch.type === DS ? (parent(fetch.name) ?? fetch.name) : fetch.name;
}

/** Whether it waits for a server's address; takes over the addresses once that is done. */
function isLookingUp(core: Core, fetch: Fetch): boolean {
  if (fetch.awaitsAny) fetch.awaitsAny = !fetch.cut!.ahead.some(({ done }) => done);
  if (fetch.awaitsAny) return true;
  const lookup = fetch.waitsFor;
  if (lookup === undefined) return false;
  if (!lookup.done) return true;
  fetch.waitsFor = undefined;
  if (lookup.owner.kind === 'priming') moveTo(fetch, undefined);
  else takeAddresses(core, fetch, lookup);
  return false;
}

function stopWhenSpent(core: Core, fetch: Fetch): boolean {
  const { maximumQueries, upstream } = core.options;
  const queries = upstream.queriesPer === 'fetch' ? fetch.queries : fetch.effort.queries;
  const isLate = core.now >= fetch.effort.deadline;
  const isOut = fetch.effort.timeouts >= (upstream.maximumTimeouts ?? Number.POSITIVE_INFINITY);
  if (!isLate && !isOut && queries < maximumQueries) return false;
  failFetch(core, fetch, isLate || isOut ? lateReason(fetch) : 'budget');
  return true;
}

/** RFC 8109 §3: the hints are good for one question, the root's own NS set. */
function primeRoot(core: Core, fetch: Fetch, cut: Cut): boolean {
  const isPriming = fetch.name === ROOT && fetch.type === NS;
  if (!core.options.priming || cut.origin !== 'hints' || fetch.primed || isPriming) return false;
  fetch.primed = true;
  notePriming(core);
  const question = { name: ROOT, type: NS };
  fetch.waitsFor = startLookup(core, question, { kind: 'priming', fetch }, fetch.effort, fetch.depth + 1);
  return true;
}

function askServer(core: Core, fetch: Fetch, cut: Cut): boolean {
  return ask(core, fetch, cut, () => true);
}

/** Relaxed minimisation: where nobody answers a minimised name, the full one is tried (RFC 9156 §2.3). */
function giveUpMinimising(core: Core, fetch: Fetch, cut: Cut): boolean {
  if (!isMinimised(fetch) || core.options.qnameMinimisation !== 'relaxed') return false;
  goPlain(core, fetch, 'no server answers');
  if (core.options.upstream.minimisedErrors === 'next-server') forgive(cut);
  return true;
}

/** The minimised question had its own fetch: all servers are good for the full one. */
function forgive(cut: Cut): void {
  for (const server of cut.servers) {
    server.state = 'usable';
    server.errors = 0;
  }
}

function leaveConfiguredZone(_core: Core, fetch: Fetch, cut: Cut): boolean {
  if (!cut.fallback) return false;
  fetch.skipped.push(cut.zone);
  moveTo(fetch, undefined);
  return true;
}

/** Before the parent is asked again: what it said when it was asked last. */
function useParentSide(core: Core, _fetch: Fetch, cut: Cut): boolean {
  return !cut.parentSide && isDelegated(cut) && addParentSide(core, cut);
}

/** Whether the servers were found by referral; nobody was asked for those that are configured. */
function isDelegated({ origin }: Cut): boolean {
  return origin === 'cache' || origin === 'referral';
}

/**
 * A delegation without a useful server may be out of date, or the addresses looked up for it may be worse than
 * the parent's: once per effort, and never more often than failures allow, the parent is asked again
 * (RFC 8767 §5, RFC 9520 §3.1). Not so for a referral that has just come with all its addresses.
 */
function renewDelegation(core: Core, fetch: Fetch, cut: Cut): boolean {
  const above = parent(cut.zone);
  if (above === undefined || !mayRenew(core, fetch, cut)) return false;
  core.failures.record(cut.zone, EVERY_TYPE, core.now);
  core.infra.refreshed(cut.zone, core.now);
  noteRenewal(core, cut.zone);
  // What a referral has just said is not asked for again, only the addresses are.
  fetch.renewals += fetch.worn === undefined && cut.origin === 'referral' ? 2 : 1;
  fetch.queries = 0;
  fetch.worn = cut;
  fetch.revealedDepth = 0;
  moveTo(fetch, closestCut(core, above, fetch.skipped));
  return true;
}

function mayRenew(core: Core, fetch: Fetch, cut: Cut): boolean {
  if (!core.options.refreshDelegation || !isDelegated(cut)) return false;
  if (fetch.worn) return fetch.worn.zone === cut.zone && fetch.renewals < mostRenewals(core, cut);
  const doubtful = cut.origin === 'cache' || (cut.origin === 'referral' && cut.lookedUp);
  if (!doubtful && !core.options.upstream.refreshAddresses) return false;
  return !core.failures.holds(cut.zone, EVERY_TYPE, core.now) && !core.infra.isRefreshed(cut.zone, core.now);
}

/** One query for the NS set, and where they are asked for as well, one for each server's address. */
function mostRenewals(core: Core, cut: Cut): number {
  if (!core.options.upstream.refreshAddresses) return 1;
  return 1 + new Set(cut.servers.map(({ name }) => name)).size;
}

function giveUp(core: Core, fetch: Fetch, cut: Cut): boolean {
  noteStillBackedOff(core, cut.servers);
  failFetch(core, fetch, exhaustionReason(fetch, cut));
  return true;
}

function exhaustionReason(fetch: Fetch, cut: Cut): Reason {
  const servers =
    fetch.worn && fetch.worn.zone !== cut.zone ? [...cut.servers, ...fetch.worn.servers] : cut.servers;
  if (servers.length === 0) return fetch.addressFailure ?? 'server-failure';
  const replied = servers.some(({ state }) => state === 'failed' || state === 'lame');
  return replied ? 'server-failure' : 'no-reachable-server';
}
