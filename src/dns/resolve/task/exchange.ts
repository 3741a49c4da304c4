/** The end of an exchange with a server: a reply, a time-out, or a refusal by the network. */
import type { Message } from '../../data/message.ts';
import { noteBackOff, noteTimeout, noteUnreachable } from '../notes.ts';
import type { Core, Effort, Exchange, Fetch } from '../state.ts';
import { goPlain, isMinimised, sendKey } from './fetch.ts';
import { learnUpstream } from './forward.ts';
import { readReply } from './reply.ts';
import { repeat } from './send.ts';

/** Deals with a reply. */
export function receiveReply(core: Core, exchange: Exchange, message: Message): void {
  const { fetch, server } = exchange;
  const { options } = core;
  if (options.upstream.errorsTellTime || isGood(message)) learnTime(core, exchange);
  if (isGood(message)) fetch.errorsInRow = 0;
  fetch.minimisedTimeouts = 0;
  if (exchange.transport === 'tcp') core.infra.connected(server.address, core.now);
  takeBack(fetch.effort, sendKey(server, exchange.question));
  learnUpstream(core, fetch, server, message.rcode);
  closeExchange(core, exchange);
  readReply(core, { fetch, server, message }, options.nonAuthoritative);
  core.ready.push(fetch);
}

/** This send is answered; others of the same, of a look-up made alongside, may yet be lost. */
function takeBack({ unanswered }: Effort, key: string): void {
  const left = (unanswered.get(key) ?? 1) - 1;
  if (left > 0) unanswered.set(key, left);
  else unanswered.delete(key);
}

function isGood({ rcode }: Message): boolean {
  return rcode === 'NOERROR' || rcode === 'NXDOMAIN';
}

/** What the time of a reply tells of its server and of those that were not asked. */
function learnTime(core: Core, { fetch, server, question, sentAt }: Exchange): void {
  const { infra, now, random, selection, options } = core;
  const waitedMicros = now - sentAt;
  const occasion = { now, random, waitedMicros };
  infra.replied(server.address, waitedMicros, now, question.type);
  selection.replied?.(infra.memory(server.address, now), waitedMicros, options.selection, occasion);
  if (selection.passedOver === undefined) return;
  for (const { address, tries } of fetch.cut?.servers ?? []) {
    const memory = tries === 0 ? infra.known(address, now) : undefined;
    if (memory) selection.passedOver(memory, options.selection, occasion);
  }
}

/** Deals with silence. */
export function receiveTimeout(core: Core, exchange: Exchange): void {
  const { fetch, server, plan } = exchange;
  noteTimeout(core, exchange);
  core.counters.timeouts++;
  closeExchange(core, exchange);
  if (plan && !plan.isRepeat && plan.timeoutMicros < core.options.upstream.repeatBelowMicros) {
    repeat(core, exchange);
    return;
  }
  fetch.timeouts++;
  fetch.effort.timeouts++;
  if (!plan?.isJoined) learnSilence(core, exchange);
  learnUpstream(core, fetch, server, 'silence');
  doubtMinimising(core, fetch);
  core.ready.push(fetch);
}

/** Too many time-outs in a row end minimisation; fewer make some resolvers unsure how far it has come. */
function doubtMinimising(core: Core, fetch: Fetch): void {
  const { qnameMinimisation, minimiseTimeouts, upstream } = core.options;
  const isTooMany = ++fetch.minimisedTimeouts >= minimiseTimeouts;
  if (isMinimised(fetch)) {
    if (isTooMany && qnameMinimisation === 'relaxed') goPlain(core, fetch, 'time-outs');
  } else fetch.unsure = upstream.confirmsAfterTimeouts && qnameMinimisation !== 'off' && !isTooMany;
}

function learnSilence(core: Core, { fetch, server, question, plan, transport, sentAt }: Exchange): void {
  const { infra, now, random, selection, options } = core;
  if (transport === 'udp') server.timeouts++;
  else if (options.upstream.tcp) {
    fetch.tcpFailed = true;
    server.errors++;
  }
  core.throttle?.record(server.address, question, 'timeout', now);
  if (plan?.isCapped) return;
  infra.timedOut(server.address, now, plan?.timeoutMicros, question.type);
  const occasion = { now, random, waitedMicros: now - sentAt };
  selection.timedOut?.(infra.memory(server.address, now), options.selection, occasion);
  noteBackOff(core, server);
}

/** Deals with a refusal by the network: this server is out for this fetch. */
export function receiveUnreachable(core: Core, exchange: Exchange): void {
  noteUnreachable(core, exchange);
  learnUpstream(core, exchange.fetch, exchange.server, 'silence');
  exchange.server.state = 'unreachable';
  closeExchange(core, exchange);
  core.ready.push(exchange.fetch);
}

function closeExchange(core: Core, exchange: Exchange): void {
  core.exchanges.delete(exchange.id);
  const { fetch } = exchange;
  const others = fetch.alongside?.filter((other) => other !== exchange);
  if (fetch.exchange === exchange) fetch.exchange = others?.shift();
  if (others) fetch.alongside = others;
}
