/**
 * The words of a trace. Nothing is built unless tracing is on. Codes are stable; texts are for people.
 */
import { describeDuration, formatDuration, SECOND } from '../../base/time.ts';
import type { Synthesis } from '../cache/synthesis.ts';
import type { Question } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { typeToText } from '../data/rrtype.ts';
import { upstreamName } from './forward/notes.ts';
import type { Core, Exchange, Server } from './state.ts';

function note(core: Core, code: string, text: string): void {
  core.actions.push({ kind: 'note', note: { code, text } });
}

function ask(question: Question): string {
  return `${question.name} ${typeToText(question.type)}`;
}

function who(server: Server): string {
  return server.name === undefined ? upstreamName(server.address) : `${server.name} (${server.address})`;
}

export function noteHit(core: Core, question: Question, reason: string, ttlSeconds: number): void {
  if (!core.tracing) return;
  if (reason === 'stale') {
    noteStale(core, question, 'the last refresh failed', ttlSeconds);
    return;
  }
  const held = reason === 'failure-cache' ? core.failures.last(question.name, question.type) : undefined;
  const text = held
    ? `repeats the failure of ${ask(question)}, which it remembers for another ${describeDuration(held.until - core.now)}`
    : `answers ${ask(question)} from its cache, ${ttlSeconds} s left`;
  note(core, reason === 'failure-cache' ? 'failure-cache-hit' : 'cache-hit', text);
}

/** @param why in plain words */
export function noteStale(core: Core, question: Question, why: string, ttlSeconds: number): void {
  if (!core.tracing) return;
  note(core, 'stale-hit', `answers ${ask(question)} with expired data, for ${why}; TTL ${ttlSeconds} s`);
}

export function noteSend(core: Core, server: Server, question: Question, zone: Name): void {
  if (!core.tracing) return;
  const over = server.transport === 'tcp' ? ' over TCP' : '';
  note(core, 'ask', `asks ${who(server)} of ${zone} for ${ask(question)}${over}`);
}

export function noteJoin(core: Core, question: Question): void {
  if (core.tracing) note(core, 'join', `waits for the query for ${ask(question)} that is already under way`);
}

export function noteTimeout(core: Core, exchange: Exchange): void {
  if (!core.tracing) return;
  const waited = describeDuration(core.now - exchange.sentAt);
  note(core, 'server-timeout', `${who(exchange.server)} timed out after ${waited}`);
}

export function noteBackOff(core: Core, server: Server): void {
  const end = core.tracing && backOffEnd(core, server);
  if (end) note(core, 'back-off', `leaves ${who(server)} in back-off until ${end} (server memory)`);
}

/** Servers that were not asked at all, since they are left alone. */
export function noteStillBackedOff(core: Core, servers: readonly Server[]): void {
  if (!core.tracing) return;
  for (const server of servers) {
    const end = server.tries === 0 && backOffEnd(core, server);
    if (end) note(core, 'back-off', `does not ask ${who(server)}: in back-off until ${end} (server memory)`);
  }
}

/** The instant of the run in the notation of scenario files, whole seconds, and how far away that is. */
function backOffEnd(core: Core, { address }: Server): string | undefined {
  const until = core.infra.outOfUseUntil(address, core.now);
  if (until <= core.now) return undefined;
  const instant = formatDuration(Math.ceil(until / SECOND) * SECOND);
  return `${instant} of the run, for another ${describeDuration(until - core.now)}`;
}

export function noteUnreachable(core: Core, exchange: Exchange): void {
  if (core.tracing) note(core, 'server-unreachable', `${who(exchange.server)} cannot be reached`);
}

export function noteBadReply(core: Core, server: Server, what: string): void {
  if (core.tracing) note(core, 'server-unusable', `${who(server)} is of no use: ${what}`);
}

/** What a server says of its answer by way of explanation. */
export function noteSaid(core: Core, server: Server, said: string): void {
  if (core.tracing) note(core, 'authority-said', `${who(server)} decides by ${said}`);
}

export function noteReferral(core: Core, ns: RRset, ttlSeconds: number): void {
  if (core.tracing) note(core, 'referral', `referral to ${ns.name}, cached for ${ttlSeconds} s`);
}

export function noteAlias(core: Core, name: Name, target: Name): void {
  if (core.tracing) note(core, 'alias', `${name} is an alias of ${target}`);
}

export function noteAnswer(core: Core, question: Question, what: string, ttlSeconds: number): void {
  if (core.tracing) note(core, 'answer', `${ask(question)}: ${what}, cached for ${ttlSeconds} s`);
}

export function noteTruncated(core: Core, server: Server): void {
  if (core.tracing) note(core, 'truncated', `${who(server)} sent a truncated reply; asks again over TCP`);
}

export function noteNoCut(core: Core, name: Name): void {
  if (core.tracing) note(core, 'no-cut', `no zone cut at ${name}`);
}

export function noteConfirm(core: Core, question: Question): void {
  if (core.tracing)
    note(
      core,
      'full-name',
      `takes the reply after time-outs for a step of minimisation; ${ask(question)} once more`,
    );
}

export function notePlain(core: Core, question: Question, why: string): void {
  if (core.tracing) note(core, 'full-name', `gives up minimised names (${why}); asks for ${ask(question)}`);
}

export function noteServerAddress(core: Core, question: Question, zone: Name): void {
  if (core.tracing) note(core, 'server-address', `needs ${ask(question)} to reach a server of ${zone}`);
}

export function noteAwaitAny(core: Core, zone: Name): void {
  if (core.tracing) note(core, 'server-address', `waits for the address of a server of ${zone}`);
}

export function noteAhead(core: Core, question: Question, zone: Name): void {
  if (!core.tracing) return;
  note(core, 'address-ahead', `meanwhile looks up ${ask(question)}, a further server of ${zone}`);
}

export function notePriming(core: Core): void {
  if (core.tracing) note(core, 'priming', 'asks a root hint for the root NS set');
}

export function noteRenewal(core: Core, zone: Name): void {
  if (core.tracing)
    note(core, 'renew-delegation', `no server of ${zone} was of use; asks its parent once more`);
}

export function noteFailure(core: Core, question: Question, reason: string, holdSeconds: number): void {
  if (!core.tracing) return;
  note(core, 'failure', `${ask(question)} failed (${reason}); not tried again for ${holdSeconds} s`);
}

export function notePrefetch(core: Core, question: Question): void {
  if (core.tracing) note(core, 'prefetch', `refreshes ${ask(question)} before it expires`);
}

/** What was answered for a name that nobody has asked for, and by which records. */
export function noteSynthesis(core: Core, question: Question, made: Synthesis): void {
  if (!core.tracing) return;
  const gaps = made.gaps.map(({ owner, next }) => `${owner} -> ${next}`).join(' and ');
  const left = describeDuration(made.expiresAt - core.now);
  const text = `${ask(question)}: ${SYNTHESISED[made.kind]} synthesised from ${made.by} ${gaps}, proven for another ${left}`;
  note(core, 'denial', text);
}

const SYNTHESISED = { nxdomain: 'NXDOMAIN', nodata: 'NODATA', data: "a wildcard's answer" } as const;

export function noteDiscard(core: Core, question: Question, waitedMicros: number): void {
  if (!core.tracing) return;
  const waited = describeDuration(waitedMicros);
  note(core, 'discard', `the answer to ${ask(question)} comes after ${waited}: too late to be sent`);
}

export function noteOverload(core: Core, maximum: number, victim: Question | undefined): void {
  if (!core.tracing) return;
  const who = victim === undefined ? 'the new one' : `the one for ${ask(victim)}`;
  note(core, 'overload', `${maximum} requests wait, no more may: ${who} is dropped`);
}

export function noteExtension(core: Core, question: Question): void {
  if (core.tracing) note(core, 'extension', `lets the expired ${ask(question)} live on for a while`);
}

export function noteClientTimer(core: Core, question: Question): void {
  if (core.tracing) note(core, 'client-timer', `${ask(question)} takes long; looks for stale data`);
}

export function noteDeadline(core: Core, question: Question): void {
  if (core.tracing) note(core, 'deadline', `the time for ${ask(question)} is used up`);
}
