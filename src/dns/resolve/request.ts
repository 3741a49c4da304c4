/**
 * Client requests: what happens when a query arrives.
 *
 * Not modelled: classes and opcodes.
 */
import type { Micros } from '../../base/time.ts';
import { remainingSeconds } from '../cache/entry.ts';
import type { Question, Rcode } from '../data/message.ts';
import { type Name, parent, ROOT } from '../data/name.ts';
import { withTtl } from '../data/rrset.ts';
import { ANY, NS } from '../data/rrtype.ts';
import { answerFromCache, errorAnswer, staleAnswer } from './answer.ts';
import { admit } from './limits.ts';
import { startLookup } from './lookup.ts';
import { noteHit, notePrefetch } from './notes.ts';
import { prefetchDue, rememberPacket } from './prefetch.ts';
import type { Answer, Reason, Ticket } from './protocol.ts';
import { extendStale } from './stale.ts';
import type { Core, Effort } from './state.ts';

/** Answers a query from the cache or begins to resolve it. */
export function receiveQuery(
  core: Core,
  ticket: Ticket,
  question: Question,
  recursionDesired: boolean,
): void {
  core.counters.queries++;
  extendStale(core, question, false);
  const answer = answerFromCache(core, question, core.now);
  const stale = answer || recursionDesired ? undefined : staleAnswer(core, question, core.now, 'at-once');
  const refused = answer ? undefined : refusal(core, question, recursionDesired);
  if (answer) answerHit(core, ticket, question, answer);
  else if (stale) answerStaleProbe(core, ticket, question, stale);
  else if (refused) give(core, ticket, errorAnswer(question, ...refused));
  else if (recursionDesired) resolve(core, ticket, question);
  else referClient(core, ticket, question);
}

function resolve(core: Core, ticket: Ticket, question: Question): void {
  const admission = admit(core);
  if (admission === 'refused') give(core, ticket, errorAnswer(question, 'SERVFAIL', 'limit'));
  else if (admission === 'dropped') core.actions.push({ kind: 'drop', ticket, reason: 'limit' });
  else startLookup(core, question, { kind: 'client', ticket }, newEffort(core, 0), 0);
}

function answerHit(core: Core, ticket: Ticket, question: Question, answer: Answer): void {
  core.counters.hits++;
  noteHit(core, question, answer.reason, answer.ttl);
  give(core, ticket, answer);
  const due = prefetchDue(core, question, core.now);
  if (due) refresh(core, due);
  rememberPacket(core, question, answer.ttl);
}

/** Who asks for cached data only gets stale data too; they are refreshed meanwhile, as Unbound does. */
function answerStaleProbe(core: Core, ticket: Ticket, question: Question, answer: Answer): void {
  noteHit(core, question, answer.reason, answer.ttl);
  give(core, ticket, answer);
  refresh(core, question);
}

/**
 * Refreshes without regard to what is cached. Where the rules say so, delegations that end before the data do are
 * asked for again (Unbound's prefetch leeway).
 */
export function refresh(core: Core, question: Question): void {
  notePrefetch(core, question);
  const entry = core.cache.exact(question.name, question.type, core.now);
  const left = core.options.prefetch?.renewsDelegations && entry ? entry.expiresAt - core.now : 0;
  startLookup(core, question, { kind: 'prefetch' }, newEffort(core, Math.max(0, left)), 0);
}

function newEffort({ now, options }: Core, leewayMicros: Micros): Effort {
  const { budgetMicros, forwarding } = options;
  // What a forwarder has sent in time is waited for.
  const last = forwarding === undefined ? 0 : forwarding.totalMicros + forwarding.timeoutMicros;
  const deadline = now + Math.max(budgetMicros, last);
  return { queries: 0, timeouts: 0, startedAt: now, leewayMicros, deadline, unanswered: new Map() };
}

/** Queries that are not resolved: not wanted, not known. */
function refusal(
  { options }: Core,
  { type }: Question,
  recursionDesired: boolean,
): [Rcode, Reason] | undefined {
  const { any, withoutRecursion } = options.answerRules;
  if (!recursionDesired) return withoutRecursion === 'refuse' ? ['REFUSED', 'cache'] : undefined;
  return type === ANY && any === 'notimp' ? ['NOTIMP', 'limit'] : undefined;
}

/** Without RD: the closest delegation that is cached; where none is, the root's NS set is asked for. */
function referClient(core: Core, ticket: Ticket, question: Question): void {
  for (let zone: Name | undefined = question.name; zone !== undefined; zone = parent(zone)) {
    const ns = core.delegations.exact(zone, NS, core.now);
    if (ns?.kind !== 'data') continue;
    const ttl = remainingSeconds(ns, core.now);
    const authority = [withTtl(ns.rrset!, ttl)];
    give(core, ticket, { question, rcode: 'NOERROR', answer: [], authority, ttl, reason: 'cache' });
    return;
  }
  resolve(core, ticket, { name: ROOT, type: NS });
}

function give(core: Core, ticket: Ticket, answer: Answer): void {
  core.actions.push({ kind: 'answer', ticket, answer });
}
