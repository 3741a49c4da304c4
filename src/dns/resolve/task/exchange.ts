/** The end of an exchange with a server: a reply, a time-out, or a refusal by the network. */
import type { Message } from '../../data/message.ts';
import { noteBackOff, noteTimeout, noteUnreachable } from '../notes.ts';
import type { Core, Effort, Exchange, Fetch } from '../state.ts';
import { fetchKey, goPlain, isMinimised, sendKey } from './fetch.ts';
import { learnUpstream } from './forward.ts';
import { readReply } from './reply.ts';
import { repeat } from './send.ts';
import { inTurn, leave, withdraw } from './share.ts';

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
  const followers = closeExchange(core, exchange);
  for (const one of inTurn(core, fetch, followers)) {
    if (one !== fetch) passOn(core, one, exchange, message);
    else readReply(core, { fetch, server, message }, options.nonAuthoritative);
    core.ready.push(one);
  }
}

/** The reply is good for those as well who waited for it. */
function passOn(
  core: Core,
  fetch: Fetch,
  { server: { address }, question }: Exchange,
  message: Message,
): void {
  if (fetch.exchange) drop(core, fetch.exchange);
  const server = fetch.cut?.servers.find((one) => one.address === address);
  if (server && fetch.asked && fetchKey(fetch.asked) === fetchKey(question))
    readReply(core, { fetch, server, message }, core.options.nonAuthoritative);
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
  const followers = closeExchange(core, exchange);
  if (plan && !plan.isRepeat && plan.timeoutMicros < core.options.upstream.repeatBelowMicros) {
    repeat(core, exchange, followers);
    return;
  }
  fetch.timeouts++;
  fetch.effort.timeouts++;
  if (!plan?.isJoined) learnSilence(core, exchange);
  learnUpstream(core, fetch, server, 'silence');
  doubtMinimising(core, fetch);
  core.ready.push(...inTurn(core, fetch, followers));
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

/**
 * Deals with a refusal by the network: this server is out for this fetch. A refused connection ends TCP only, where
 * there is a rule for when it is used.
 */
export function receiveUnreachable(core: Core, exchange: Exchange): void {
  const { fetch, server, transport } = exchange;
  noteUnreachable(core, exchange);
  learnUpstream(core, fetch, server, 'silence');
  const { tcp, refusals } = core.options.upstream;
  const followers = closeExchange(core, exchange);
  if (transport === 'tcp' && tcp) {
    fetch.timeouts++;
    learnSilence(core, exchange);
  } else {
    server.state = 'unreachable';
    if (refusals === 'as-loss') learnRefusal(core, exchange);
  }
  core.ready.push(...inTurn(core, fetch, followers));
}

/** What a refusal tells of an address: no less than silence does (BIND, PowerDNS Recursor). */
function learnRefusal(core: Core, { server: { address }, question, plan, sentAt }: Exchange): void {
  const { infra, now, random, selection, options } = core;
  core.throttle?.record(address, question, 'refusal', now);
  infra.timedOut(address, now, plan?.timeoutMicros);
  const occasion = { now, random, waitedMicros: now - sentAt };
  selection.timedOut?.(infra.memory(address, now), options.selection, occasion);
}

/** A chained query needs no time-out any more. */
function drop(core: Core, exchange: Exchange): void {
  closeExchange(core, exchange);
  core.actions.push({ kind: 'cancel', exchange: exchange.id });
}

/** @returns the other fetches that waited for it */
function closeExchange(core: Core, exchange: Exchange): readonly Fetch[] {
  core.exchanges.delete(exchange.id);
  const { fetch } = exchange;
  const others = fetch.alongside?.filter((other) => other !== exchange);
  if (fetch.exchange === exchange) fetch.exchange = others?.shift();
  if (others) fetch.alongside = others;
  leave(fetch);
  return withdraw(core, exchange);
}
