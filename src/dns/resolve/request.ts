/**
 * Client requests: what happens when a query arrives.
 *
 * Not modelled: query type ANY, which is answered NOTIMP (RFC 8482 §4 leaves the choice); classes and opcodes.
 */
import type { Question, Rcode } from '../data/message.ts';
import { ANY } from '../data/rrtype.ts';
import { answerFromCache, errorAnswer, staleAnswer } from './answer.ts';
import { startLookup } from './lookup.ts';
import { noteHit, notePrefetch } from './notes.ts';
import { prefetchDue } from './prefetch.ts';
import type { Answer, Reason, Ticket } from './protocol.ts';
import type { Core, Effort } from './state.ts';

/** Answers a query from the cache or begins to resolve it. */
export function receiveQuery(
  core: Core,
  ticket: Ticket,
  question: Question,
  recursionDesired: boolean,
): void {
  core.counters.queries++;
  const answer = answerFromCache(core, question, core.now);
  const stale = answer || recursionDesired ? undefined : staleAnswer(core, question, core.now);
  const refused = answer ? undefined : refusal(core, question, recursionDesired);
  if (answer) answerHit(core, ticket, question, answer);
  else if (stale) answerStaleProbe(core, ticket, question, stale);
  else if (refused) give(core, ticket, errorAnswer(question, ...refused));
  else resolve(core, ticket, question);
}

function resolve(core: Core, ticket: Ticket, question: Question): void {
  core.outstanding++;
  startLookup(core, question, { kind: 'client', ticket }, newEffort(core), 0);
}

function answerHit(core: Core, ticket: Ticket, question: Question, answer: Answer): void {
  core.counters.hits++;
  noteHit(core, question, answer.reason, answer.ttl);
  give(core, ticket, answer);
  const due = prefetchDue(core, question, core.now);
  if (due) prefetch(core, due);
}

/** Who asks for cached data only gets stale data too; they are refreshed meanwhile, as Unbound does. */
function answerStaleProbe(core: Core, ticket: Ticket, question: Question, answer: Answer): void {
  noteHit(core, question, answer.reason, answer.ttl);
  give(core, ticket, answer);
  prefetch(core, question);
}

/** Refreshes without regard to what is cached. */
function prefetch(core: Core, question: Question): void {
  notePrefetch(core, question);
  startLookup(core, question, { kind: 'prefetch' }, newEffort(core), 0);
}

/** Queries that are not resolved: not wanted, not known, too many. */
function refusal(core: Core, question: Question, recursionDesired: boolean): [Rcode, Reason] | undefined {
  if (!recursionDesired) return ['REFUSED', 'cache'];
  if (question.type === ANY) return ['NOTIMP', 'limit'];
  const { maximumOutstanding } = core.options;
  if (maximumOutstanding !== undefined && core.outstanding >= maximumOutstanding)
    return ['SERVFAIL', 'limit'];
  return undefined;
}

function newEffort(core: Core): Effort {
  return { queries: 0, deadline: core.now + core.options.budgetMicros, unanswered: new Map() };
}

function give(core: Core, ticket: Ticket, answer: Answer): void {
  core.actions.push({ kind: 'answer', ticket, answer });
}
