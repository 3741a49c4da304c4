/** How a look-up ends for whom it was made: with data, stale data or an error. */
import type { FailureOrigin, Rcode } from '../data/message.ts';
import { aliasesOf, answerOf, errorAnswer, staleAnswer } from './answer.ts';
import { disarm } from './ending.ts';
import { drop, tell } from './limits.ts';
import { noteStale } from './notes.ts';
import { rememberPacket } from './prefetch.ts';
import type { Answer, Reason } from './protocol.ts';
import { extendStale, STALE_WORDS, type StaleCause } from './stale.ts';
import type { Core, Lookup } from './state.ts';

/** Answers the waiting client with expired data if there are any. @returns whether that was possible */
export function answerStale(core: Core, lookup: Lookup, cause: StaleCause): boolean {
  if (lookup.owner.kind !== 'client' || lookup.answered) return false;
  if (cause === 'failure') extendStale(core, lookup.question, true);
  const answer = staleAnswer(core, lookup.question, core.now, cause);
  if (answer === undefined) return false;
  noteStale(core, lookup.question, STALE_WORDS[cause], answer.ttl);
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
  if (rcode !== 'SERVFAIL' || !answerStale(core, lookup, 'failure'))
    giveFailure(core, lookup, reason, rcode, told);
  lookup.failure = reason;
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
  const { owner } = lookup;
  if (unanswered && core.options.forwarding?.silent && owner.kind === 'client') drop(core, lookup, reason);
  else give(core, lookup, { ...failureOf(core, lookup, rcode, reason), ...(told && { told }) });
}

/** Where the software does so, the aliases of a loop come along with the error. */
function failureOf(core: Core, lookup: Lookup, rcode: Rcode, reason: Reason): Answer {
  const error = errorAnswer(lookup.question, rcode, reason);
  if (reason !== 'loop' || !core.options.answerRules.failureShowsAliases) return error;
  return { ...error, answer: aliasesOf(core, lookup.chain) };
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
  rememberPacket(core, lookup.question, answer.ttl);
  tell(core, lookup, answer);
}

/** Nothing more to do; a fetch that waited for a server's address goes on. */
export function finish(core: Core, lookup: Lookup): void {
  lookup.done = true;
  disarm(core, lookup);
  if ('fetch' in lookup.owner) core.ready.push(lookup.owner.fetch);
}
