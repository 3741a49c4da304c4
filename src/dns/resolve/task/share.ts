/**
 * Questions that several fetches need at the same time, above all minimised ones: who finds one under way waits for
 * that reply instead of asking as well. After a time-out one of them asks again and the rest join it: the one that asked
 * before, or the last to come (Knot Resolver worker.c subreq_finalize()). In a chain each has a time-out of its own
 * (PowerDNS Recursor pdns_recursor.cc asendto()).
 *
 * Not modelled: that a shared query outlives the fetch that sent it (Unbound, BIND); those who have joined it ask
 * again.
 */
import type { Question } from '../../data/message.ts';
import { noteJoin } from '../notes.ts';
import type { Core, Cut, Exchange, Fetch, Server } from '../state.ts';
import { fetchKey } from './fetch.ts';

/**
 * Waits for the reply to the same question that another fetch has asked of this zone, whichever server it chose. Who
 * would turn to TCP does not. @returns whether it does
 */
export function shareQuestion(
  core: Core,
  fetch: Fetch,
  cut: Cut,
  server: Server,
  question: Question,
): boolean {
  return isByQuestion(core) && server.transport === 'udp' && join(core, fetch, cut, fetchKey(question));
}

/** The same, of this server only; it counts as a try. */
export function shareServer(core: Core, fetch: Fetch, cut: Cut, server: Server, question: Question): boolean {
  const isRule = core.options.upstream.sharedBy === 'server' && server.transport === 'udp';
  return isRule && join(core, fetch, cut, serverKey(server, question));
}

/** The query to the same server that an exchange can be chained to. */
export function chainedTo(core: Core, server: Server, question: Question): Exchange | undefined {
  if (core.options.upstream.sharedBy !== 'chain' || server.transport !== 'udp') return undefined;
  return core.shared?.get(serverKey(server, question));
}

function join(core: Core, fetch: Fetch, cut: Cut, key: string): boolean {
  const exchange = core.shared?.get(key);
  if (exchange === undefined || exchange.fetch.cut?.zone !== cut.zone) return false;
  follow(core, fetch, exchange);
  return true;
}

/** From here on the fetch gets the reply as well. */
export function follow(core: Core, fetch: Fetch, exchange: Exchange): void {
  exchange.followers.push(fetch);
  fetch.shares = exchange;
  noteJoin(core, exchange.question);
}

/** Lets others find the exchange. */
export function offer(core: Core, exchange: Exchange): void {
  if (core.shared === undefined || exchange.transport !== 'udp') return;
  const key = keyOf(core, exchange);
  if (!core.shared.has(key)) core.shared.set(key, exchange);
}

/** Nobody can join it any more. @returns those who have */
export function withdraw(core: Core, exchange: Exchange): readonly Fetch[] {
  const key = keyOf(core, exchange);
  if (core.shared?.get(key) === exchange) core.shared.delete(key);
  const followers = exchange.followers.splice(0);
  for (const fetch of followers) fetch.shares = undefined;
  return followers;
}

/** In which order they go on. */
export function inTurn(core: Core, fetch: Fetch, followers: readonly Fetch[]): readonly Fetch[] {
  return core.options.upstream.sharedBy === 'last'
    ? [...followers.toReversed(), fetch]
    : [fetch, ...followers];
}

/** Whoever waits for another's exchange no longer does. */
export function leave(fetch: Fetch): void {
  const followers = fetch.shares?.followers;
  const place = followers?.indexOf(fetch) ?? -1;
  if (place >= 0) followers!.splice(place, 1);
  fetch.shares = undefined;
}

function isByQuestion({ options }: Core): boolean {
  return options.upstream.sharedBy === 'first' || options.upstream.sharedBy === 'last';
}

function keyOf(core: Core, { server, question }: Exchange): string {
  return isByQuestion(core) ? fetchKey(question) : serverKey(server, question);
}

function serverKey({ address }: Server, question: Question): string {
  return `${address} ${fetchKey(question)}`;
}
