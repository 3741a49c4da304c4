/**
 * Queries between the resolvers of one cell: a forwarder asks the next resolver of its chain.
 *
 * As with stubs, the upstream acts at the instant the forwarder sends and the whole round trip is added to the
 * answer, so it acts up to half a round trip early. Round trips do not vary. Loss exists only where a fault says
 * so. An instance of a forwarder always asks the same instance of its upstream.
 */
import type { Micros } from '../../base/time.ts';
import { type Message, makeMessage } from '../../dns/data/message.ts';
import type { Answer, ExchangeId, Reason, Ticket } from '../../dns/resolve/protocol.ts';
import type { Draw, Outside } from '../outside.ts';
import type { NetworkSpec } from '../spec.ts';
import type { AnswerSink, ResolverPool, SendAction, Upstream } from './pool.ts';

/** A query of a forwarder that its upstream has not answered yet. */
interface Asked {
  readonly from: ResolverPool;
  readonly fragment: number;
  readonly exchange: ExchangeId;
  readonly delay: Micros;
  /** An answer given later than this comes after the time-out. */
  readonly latest: Micros;
}

/** Room for the tickets of each list of resolvers: those of list k begin at k times this. */
export const TICKETS_OF_A_LIST: number = 2 ** 40;

export class Hops implements Upstream, AnswerSink {
  readonly #pools: ReadonlyMap<string, ResolverPool>;
  readonly #stubs: readonly AnswerSink[];
  readonly #outside: Outside;
  readonly #network: NetworkSpec;
  readonly #draw: Draw;
  readonly #asked: Map<Ticket, Asked> = new Map();
  /** Tickets of forwarders are negative, those of stubs are not. */
  #nextTicket: Ticket = -1;

  /**
   * @param pools filled by the cell after this object exists, since each needs the other
   * @param stubs by list of resolvers
   */
  constructor(
    pools: ReadonlyMap<string, ResolverPool>,
    stubs: readonly AnswerSink[],
    outside: Outside,
    network: NetworkSpec,
    draw: Draw,
  ) {
    this.#pools = pools;
    this.#stubs = stubs;
    this.#outside = outside;
    this.#network = network;
    this.#draw = draw;
  }

  ask(from: ResolverPool, fragment: number, send: SendAction, now: Micros): void {
    const to = this.#pools.get(send.address)!;
    const { exchange, timeout } = send;
    from.expect(fragment, exchange, timeout);
    const { down, loss, extra } = this.#outside.resolverState(to.service, from.spec.region);
    const delay = this.roundTrip(from, to) + extra;
    if (down === 'silent' || (loss > 0 && this.#draw() < loss)) return;
    if (down === 'refused') {
      from.refuse(fragment, exchange, Math.min(delay, timeout));
      return;
    }
    const ticket = this.#nextTicket--;
    this.#asked.set(ticket, { from, fragment, exchange, delay, latest: now + timeout - delay });
    const landing = to.landAt(instanceBehind(from, fragment, to));
    to.ask(landing, ticket, send.question, now, from.isTracing(fragment), machineOf(from, fragment));
  }

  roundTrip({ spec }: ResolverPool, to: ResolverPool): Micros {
    return spec.forwardRoundTrip ?? this.#network.roundTrip[spec.region]![to.spec.region]!;
  }

  answered(ticket: Ticket, answer: Answer, now: Micros): void {
    if (ticket >= 0) {
      this.#stubs[Math.floor(ticket / TICKETS_OF_A_LIST)]!.answered(ticket, answer, now);
      return;
    }
    const asked = this.#asked.get(ticket)!;
    this.#asked.delete(ticket);
    const { from, fragment, exchange, delay } = asked;
    if (now < asked.latest) from.deliver(fragment, exchange, messageOf(answer), delay);
  }

  dropped(ticket: Ticket, reason: Reason, now: Micros): void {
    if (ticket >= 0) this.#stubs[Math.floor(ticket / TICKETS_OF_A_LIST)]!.dropped(ticket, reason, now);
    else this.#asked.delete(ticket);
  }
}

/** Each instance of a forwarder is a machine; clients have the numbers from 0. */
function machineOf({ service, spec }: ResolverPool, fragment: number): number {
  return -2 - (Math.floor(fragment / spec.fragments) * MOST_SERVICES + service);
}

/** Room for their indexes. */
const MOST_SERVICES = 2 ** 20;

/** The instance of an upstream, counted within the cell, that an instance of a forwarder asks. */
export function instanceBehind(from: ResolverPool, fragment: number, to: ResolverPool): number {
  const instance = Math.floor(fragment / from.spec.fragments);
  return Math.floor((instance * to.place.instances) / from.place.instances);
}

/** The response of a recursive resolver that an answer makes. */
export function messageOf({ question, rcode, answer, authority, told }: Answer): Message {
  const message = makeMessage(question, { rcode, recursionAvailable: true, answer, authority });
  return told === undefined ? message : { ...message, failure: told };
}
