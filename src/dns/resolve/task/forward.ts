/**
 * The way on of a fetch that is forwarded: which upstreams are asked next, and when nobody is left.
 *
 * Forwarders send queries with RD set and believe the whole answer, chain of aliases included; a negative
 * answer at the end of aliases is asked for once more under the last name. Not modelled: TCP between forwarder
 * and upstream, and the port and id that tell a client's retransmission from another client's query: a query
 * that joins one under way counts as a retransmission.
 */
import type { Rcode } from '../../data/message.ts';
import { completeFetch } from '../ending.ts';
import type { Forwarder } from '../forward/forwarder.ts';
import { noteForward } from '../forward/notes.ts';
import type { ForwardingOptions, ForwardPolicy } from '../forward/options.ts';
import type { Core, Course, Cut, Fetch, Server } from '../state.ts';
import { sendKey } from './fetch.ts';

/** Whether upstreams are picked by the forwarder's policy and not as authoritative servers are. */
export function isForwarded(core: Core, cut: Cut): boolean {
  return core.forwarder !== undefined && cut.origin === 'forward';
}

/** Sends the question on. @returns whether an upstream was left to ask */
export function forwardOn(core: Core, fetch: Fetch, cut: Cut): boolean {
  const forwarder = core.forwarder!;
  const options = forwarder.options(cut.zone);
  const first = cut.course === undefined;
  if (first && isCrowded(core, cut, options)) {
    // Not remembered: CoreDNS keeps no REFUSED (plugin/cache/cache.go key()).
    completeFetch(core, fetch, { kind: 'failure', reason: 'limit', rcode: 'REFUSED', told: undefined });
    return true;
  }
  cut.course ??= beginCourse(core, forwarder, cut);
  const chosen =
    options.policy === 'sticky-fastest'
      ? chooseSticky(core, forwarder, cut, cut.course, first)
      : chooseNext(core, forwarder, cut, cut.course);
  fetch.asked ??= { name: fetch.name, type: fetch.type };
  for (const server of chosen) transmit(core, fetch, cut, server);
  return chosen.length > 0;
}

/** Whether as many queries are on their way to the upstreams of a zone as are allowed. */
function isCrowded({ exchanges }: Core, { zone }: Cut, { concurrent }: ForwardingOptions): boolean {
  if (concurrent === undefined) return false;
  let underWay = 0;
  for (const { fetch } of exchanges.values()) if (fetch.cut?.zone === zone) underWay++;
  return underWay >= concurrent;
}

/**
 * A client asked again what is under way: dnsmasq takes it for a retransmission and asks all its upstreams,
 * and drops its favourite (forward.c, forward_query()).
 */
export function repeatForward(core: Core, fetch: Fetch): void {
  const { cut } = fetch;
  if (cut?.course === undefined || core.forwarder?.options(cut.zone).policy !== 'sticky-fastest') return;
  core.forwarder.group(cut.zone).favourite = undefined;
  cut.course.toAll = true;
  for (const server of usable(cut)) transmit(core, fetch, cut, server);
}

/** Tells the forwarder how an upstream took a question. `silence`: no reply, or refused by the network. */
export function learnUpstream(core: Core, fetch: Fetch, server: Server, outcome: Rcode | 'silence'): void {
  const { forwarder } = core;
  if (forwarder === undefined || fetch.cut?.origin !== 'forward') return;
  if (outcome === 'silence') forwarder.failed(core, fetch.cut.zone, server.address);
  else if (outcome === 'REFUSED') forwarder.refused(fetch.cut.zone, server.address);
  else forwarder.answered(fetch.cut.zone, server.address);
}

/**
 * Whether an error is passed on at once: once dnsmasq has asked all its upstreams it hands on what comes first, and waits
 * for more only after REFUSED (forward.c reply_query()).
 */
export function isPassedOn({ forwarder }: Core, { cut }: Fetch, rcode: Rcode): boolean {
  if (cut?.course?.toAll !== true || rcode === 'REFUSED') return false;
  return forwarder?.options(cut.zone).policy === 'sticky-fastest';
}

function beginCourse(core: Core, forwarder: Forwarder, { zone, servers }: Cut): Course {
  const turn = forwarder.group(zone).turn++;
  const order = ORDERS[forwarder.options(zone).policy](servers, turn, core.random);
  return { order, startedAt: core.now, next: 0, down: 0, rounds: 1, ended: false, toAll: false };
}

const ORDERS: {
  readonly [Policy in ForwardPolicy]: (
    servers: readonly Server[],
    turn: number,
    random: () => number,
  ) => readonly Server[];
} = {
  'sticky-fastest': (servers) => servers,
  sequential: (servers) => servers,
  'round-robin': (servers, turn) => {
    const start = turn % servers.length;
    return [...servers.slice(start), ...servers.slice(0, start)];
  },
  random: (servers, _turn, random) => shuffled(servers, random),
};

/** Fisher and Yates. */
function shuffled(servers: readonly Server[], random: () => number): readonly Server[] {
  const order = [...servers];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** dnsmasq: the favourite, or all; all of them once more where the favourite answers with an error. */
function chooseSticky(
  core: Core,
  forwarder: Forwarder,
  cut: Cut,
  course: Course,
  first: boolean,
): readonly Server[] {
  if (!first) {
    const failed = cut.servers.some(({ state }) => state !== 'usable');
    if (course.toAll || !failed || !forwarder.options(cut.zone).resendErrors) return [];
    course.toAll = true;
    for (const server of cut.servers) server.state = 'usable';
    return cut.servers;
  }
  const { stickyQuestions, stickyMicros } = forwarder.options(cut.zone);
  const group = forwarder.group(cut.zone);
  const favourite = cut.servers.find(({ address }) => address === group.favourite);
  const isDue = group.questions++ > stickyQuestions || core.now - group.askedAllAt > stickyMicros;
  if (favourite !== undefined && !isDue) return [favourite];
  group.questions = 0;
  group.askedAllAt = core.now;
  group.favourite = undefined;
  course.toAll = true;
  return cut.servers;
}

/**
 * CoreDNS (plugin/forward, ServeDNS): down the list and round again until an upstream answers or the time for
 * new transmissions is over; upstreams that are down are passed over, and when all are, one drawn at random is
 * asked, once, or none with `failfast_all_unhealthy_upstreams`.
 */
function chooseNext(core: Core, forwarder: Forwarder, cut: Cut, course: Course): readonly Server[] {
  const options = forwarder.options(cut.zone);
  const left = usable(cut);
  if (course.ended || core.now >= course.startedAt + options.totalMicros || left.length === 0) return [];
  if (!options.resendErrors && cut.servers.some(repliedBadly)) return [];
  for (;;) {
    if (course.next === course.order.length && !nextRound(course, options.rounds)) return [];
    const server = course.order[course.next++]!;
    if (server.state !== 'usable') continue;
    if (!forwarder.isDown(cut.zone, server.address)) return [server];
    if (++course.down < left.length) continue;
    course.ended = true;
    if (options.failfast) return [];
    return [left[Math.floor(core.random() * left.length)]!];
  }
}

function nextRound(course: Course, rounds: number | undefined): boolean {
  course.next = 0;
  course.down = 0;
  return rounds === undefined || course.rounds++ < rounds;
}

function repliedBadly({ state }: Server): boolean {
  return state === 'failed' || state === 'lame';
}

function usable({ servers }: Cut): readonly Server[] {
  return servers.filter(({ state }) => state === 'usable');
}

function transmit(core: Core, fetch: Fetch, cut: Cut, server: Server): void {
  const { address, transport } = server;
  const question = fetch.asked!;
  const id = core.nextId++;
  const exchange = { id, fetch, server, question, transport, sentAt: core.now, followers: [] };
  if (fetch.exchange === undefined) fetch.exchange = exchange;
  else fetch.alongside = [...(fetch.alongside ?? []), exchange];
  core.exchanges.set(id, exchange);
  fetch.effort.unanswered.set(sendKey(server, question), ++server.sends);
  fetch.effort.queries++;
  core.counters.sends++;
  noteForward(core, address, question, cut.zone);
  const timeout = core.forwarder!.options(cut.zone).timeoutMicros;
  core.actions.push({ kind: 'send', exchange: id, address, question, transport, timeout });
}
