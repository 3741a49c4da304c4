/** Asking a server: whom, over which transport, and how long the reply is waited for. */
import type { Micros } from '../../../base/time.ts';
import type { Question } from '../../data/message.ts';
import { noteSend } from '../notes.ts';
import type { ResolverAction } from '../protocol.ts';
import { fetchStaleAt } from '../stale.ts';
import type { Core, Cut, Exchange, Fetch, SendPlan, Server } from '../state.ts';
import { isFull, sendKey } from './fetch.ts';
import { nextQuestion } from './minimise.ts';
import { chainedTo, follow, offer, shareQuestion, shareServer } from './share.ts';

type Send = Extract<ResolverAction, { readonly kind: 'send' }>;

/** Asks one of the servers that suit. @returns whether there was one */
export function ask(core: Core, fetch: Fetch, cut: Cut, suits: (server: Server) => boolean): boolean {
  fetch.asked ??= newQuestion(core, fetch, cut);
  const question = fetch.asked;
  fetch.firstServers ||= cut.servers.length;
  const usable = cut.servers.filter((server) => mayAsk(core, fetch, server, question) && suits(server));
  if (usable.length === 0) return false;
  const { infra, now, random, options } = core;
  const context = { infra, now, random, preferIpv6: options.preferIpv6 };
  const owing = usable.find(owesTcp);
  const server = owing ?? core.selection.pick(usable, options.selection, context);
  const cap = owing ? undefined : core.selection.cap?.(usable, server, options.selection, context);
  begin(core, fetch, cut, server, question, cap);
  return true;
}

/**
 * Repeats a send that timed out soon, with the time-out as it is now (Unbound serviced_udp_send()). @param followers who waits for its reply as well
 */
export function repeat(core: Core, exchange: Exchange, followers: readonly Fetch[]): void {
  const { fetch, server, question } = exchange;
  const timeoutMicros = core.infra.timeoutMicros(server.address, server.sends, core.now, fetch.timeouts);
  const plan = { ...exchange.plan!, timeoutMicros, isRepeat: true };
  transmit(core, fetch, fetch.cut!, server, question, plan);
  for (const follower of followers) follower.shares = fetch.exchange;
  fetch.exchange!.followers.push(...followers);
}

/** A new question goes out over UDP first, whatever the last one needed. */
function newQuestion(core: Core, fetch: Fetch, cut: Cut): Question {
  for (const server of cut.servers) server.transport = 'udp';
  const question = nextQuestion(core, fetch, cut);
  if (!isFull(fetch, question)) fetch.minimisedQueries++;
  return question;
}

/** A truncated reply is followed up with the server that sent it. */
function owesTcp(server: Server): boolean {
  return server.transport === 'tcp' && server.sends === 0;
}

function mayAsk(core: Core, fetch: Fetch, server: Server, question: Question): boolean {
  if (server.state !== 'usable') return false;
  const { sendsPerServer, upstream } = core.options;
  server.sends =
    upstream.triesPer === 'delegation'
      ? server.tries
      : (fetch.effort.unanswered.get(sendKey(server, question)) ?? 0);
  if (server.sends >= sendsPerServer || isThrottled(core, server, question)) return false;
  return !core.infra.isQuarantined(server.address, core.now, question.type) || server.isBypassed;
}

/** Looks once per question at what is kept from the server, and whether it is used all the same. */
function isThrottled(core: Core, server: Server, question: Question): boolean {
  if (server.checkedFor !== question) {
    server.checkedFor = question;
    const bypass = core.options.quarantine?.bypassShare ?? 0;
    server.isThrottled = core.throttle?.blocks(server.address, question, core.now) ?? false;
    server.isBypassed = bypass > 0 && core.random() < bypass;
  }
  return server.isThrottled;
}

function begin(
  core: Core,
  fetch: Fetch,
  cut: Cut,
  server: Server,
  question: Question,
  cap: Micros | undefined,
): void {
  const earlier = server.sends + sendsBefore(core, fetch, question);
  const own = untilStale(
    core,
    fetch,
    core.infra.timeoutMicros(server.address, earlier, core.now, fetch.timeouts),
  );
  const isCapped = cap !== undefined && cap < own;
  turnToTcp(core, fetch, server, isCapped ? cap : own);
  if (shareQuestion(core, fetch, cut, server, question)) return;
  fetch.effort.unanswered.set(sendKey(server, question), ++server.sends);
  server.tries++;
  fetch.effort.queries++;
  if (fetch.worn === undefined || fetch.worn.zone === cut.zone) fetch.queries++;
  if (shareServer(core, fetch, cut, server, question)) return;
  const timeoutMicros = isCapped ? cap : own;
  transmit(core, fetch, cut, server, question, {
    timeoutMicros,
    isCapped,
    isRepeat: false,
    isJoined: isJoined(core, server, question),
  });
}

/** A wait does not go beyond the moment at which those who wait for the fetch are served stale data. */
function untilStale(core: Core, fetch: Fetch, wait: Micros): Micros {
  const left = (fetchStaleAt(core, fetch) ?? 0) - core.now;
  return left > 0 ? Math.min(wait, left) : wait;
}

/** Whether its time-out says nothing: that of the query or connection which it has joined does. */
function isJoined(core: Core, server: Server, question: Question): boolean {
  const isConnecting = server.transport === 'tcp' && core.infra.isConnecting(server.address, core.now);
  return isConnecting || chainedTo(core, server, question) !== undefined;
}

/**
 * What minimised questions count for when the full one is sent: BIND takes an address off those it began with for each
 * of them, and a round over these for a pass (resolver.c fctx_try(), resume_qmin()).
 */
function sendsBefore({ options }: Core, fetch: Fetch, question: Question): number {
  const { minimisedQueries, firstServers } = fetch;
  if (minimisedQueries === 0 || !isFull(fetch, question)) return 0;
  return options.upstream.minimisedSends * (1 + Math.floor((minimisedQueries - 1) / firstServers));
}

/** TCP after losses and errors and for slow servers, unless it has failed in this fetch. */
function turnToTcp(core: Core, fetch: Fetch, server: Server, timeoutMicros: Micros): void {
  const { tcp } = core.options.upstream;
  if (tcp === undefined || owesTcp(server)) return;
  const { afterTimeouts, aboveMicros } = tcp;
  const many = afterTimeouts !== undefined && server.timeouts >= afterTimeouts;
  const slow = aboveMicros !== undefined && timeoutMicros > aboveMicros;
  server.transport = !fetch.tcpFailed && (fetch.overTcp || many || slow) ? 'tcp' : 'udp';
  fetch.overTcp = false;
}

function transmit(
  core: Core,
  fetch: Fetch,
  cut: Cut,
  server: Server,
  question: Question,
  plan: SendPlan,
): void {
  const { nextId: id, now: sentAt } = core;
  core.nextId++;
  const { transport } = server;
  const exchange: Exchange = { id, fetch, server, question, transport, sentAt, followers: [], plan };
  fetch.exchange = exchange;
  core.exchanges.set(id, exchange);
  const first = plan.isRepeat ? undefined : chainedTo(core, server, question);
  if (first) {
    follow(core, fetch, first);
    core.actions.push({ ...sendOf(exchange), timeout: plan.timeoutMicros, chained: true });
    return;
  }
  offer(core, exchange);
  core.counters.sends++;
  core.infra.probed(server.address, core.now, plan.timeoutMicros);
  noteSend(core, server, question, cut.zone);
  core.actions.push(sendAction(core, exchange, plan));
}

function sendAction(core: Core, exchange: Exchange, plan: SendPlan): Send {
  const { refusals, tcp } = core.options.upstream;
  const { transport, server } = exchange;
  const send = sendOf(exchange);
  if (transport === 'udp' || tcp === undefined) {
    const isIgnored = transport === 'udp' && refusals === 'ignored';
    return { ...send, timeout: plan.timeoutMicros, ...(isIgnored && { ignoresRefusal: true }) };
  }
  const connectTimeout = core.infra.connect(server.address, core.now, tcp.connectMicros);
  return { ...send, timeout: Math.max(tcp.replyMicros, connectTimeout), connectTimeout };
}

function sendOf({ id, server, question, transport }: Exchange): Omit<Send, 'timeout'> {
  return { kind: 'send', exchange: id, address: server.address, question, transport };
}
