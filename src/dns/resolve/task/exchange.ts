/** The end of an exchange with a server: a reply, a time-out, or a refusal by the network. */
import type { Message } from '../../data/message.ts';
import { noteTimeout, noteUnreachable } from '../notes.ts';
import type { Core, Exchange } from '../state.ts';
import { goPlain, isMinimised, sendKey } from './fetch.ts';
import { learnUpstream } from './forward.ts';
import { readReply } from './reply.ts';

/** Deals with a reply. */
export function receiveReply(core: Core, exchange: Exchange, message: Message): void {
  const { fetch, server } = exchange;
  const { infra, now, selection, options } = core;
  const rttMicros = now - exchange.sentAt;
  infra.replied(server.address, rttMicros, now);
  selection.replied?.(infra.memory(server.address, now), rttMicros, options.selection, now);
  fetch.effort.unanswered.delete(sendKey(server, exchange.question));
  learnUpstream(core, fetch, server, message.rcode);
  closeExchange(core, exchange);
  readReply(core, { fetch, server, message }, options.nonAuthoritative);
  core.ready.push(fetch);
}

/** Deals with silence. */
export function receiveTimeout(core: Core, exchange: Exchange): void {
  const { fetch, server } = exchange;
  noteTimeout(core, exchange);
  core.counters.timeouts++;
  core.infra.timedOut(server.address, core.now);
  core.selection.timedOut?.(core.infra.memory(server.address, core.now), core.options.selection, core.now);
  learnUpstream(core, fetch, server, 'silence');
  closeExchange(core, exchange);
  const { qnameMinimisation, minimiseTimeouts } = core.options;
  if (
    isMinimised(fetch) &&
    ++fetch.minimisedTimeouts >= minimiseTimeouts &&
    qnameMinimisation === 'relaxed'
  ) {
    goPlain(core, fetch, 'time-outs');
  }
  core.ready.push(fetch);
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
