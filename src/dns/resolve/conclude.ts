/** How a look-up ends for whom it was made: with data, stale data or an error. */
import type { FailureOrigin, Rcode } from '../data/message.ts';
import { answerOf, errorAnswer, staleAnswer } from './answer.ts';
import { disarm } from './ending.ts';
import { noteHit } from './notes.ts';
import type { Answer, Reason } from './protocol.ts';
import type { Core, Lookup } from './state.ts';

/** Answers the waiting client with expired data if there are any. @returns whether that was possible */
export function answerStale(core: Core, lookup: Lookup): boolean {
  if (lookup.owner.kind !== 'client' || lookup.answered) return false;
  const answer = staleAnswer(core, lookup.question, core.now);
  if (answer === undefined) return false;
  noteHit(core, lookup.question, 'stale', answer.ttl);
  give(core, lookup, answer);
  return true;
}

/** Ends a look-up that failed: with stale data when there are any, else with an error. */
export function conclude(
  core: Core,
  lookup: Lookup,
  reason: Reason,
  rcode: Rcode,
  told?: FailureOrigin,
): void {
  if (rcode !== 'SERVFAIL' || !answerStale(core, lookup)) giveFailure(core, lookup, reason, rcode, told);
  if (lookup.owner.kind === 'server-address') lookup.owner.fetch.addressFailure ??= reason;
  finish(core, lookup);
}

/** A forwarder that never says SERVFAIL on its own account keeps silent where its upstreams do. */
function giveFailure(
  core: Core,
  lookup: Lookup,
  reason: Reason,
  rcode: Rcode,
  told: FailureOrigin | undefined,
): void {
  const unanswered = reason === 'no-reachable-server' || reason === 'budget';
  const { owner, question } = lookup;
  if (unanswered && core.options.forwarding?.silent && owner.kind === 'client' && !lookup.answered) {
    lookup.answered = true;
    core.outstanding--;
    core.actions.push({ kind: 'drop', ticket: owner.ticket, reason });
  } else give(core, lookup, { ...errorAnswer(question, rcode, reason), ...(told && { told }) });
}

/** Ends a look-up whose chain is complete. */
export function finishWithData(core: Core, lookup: Lookup): void {
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
export function finish(core: Core, lookup: Lookup): void {
  lookup.done = true;
  disarm(core, lookup);
  if ('fetch' in lookup.owner) core.ready.push(lookup.owner.fetch);
}
