/**
 * Look-ups under way: each follows its schedule of transmissions until a resolver answers or patience ends.
 *
 * Not modelled: the moment a query spends on the way to the resolver. A resolver acts at the instant the stub
 * sends and the stub round trip is added to the answer's delay, so resolvers act up to half a stub round trip
 * (a few milliseconds) early. Loss between stub and resolver exists only where a fault says so.
 */
import type { Micros } from '../../../base/time.ts';
import type { Answer, Reason, Ticket } from '../../../dns/resolve/protocol.ts';
import type { Entity, Simulation } from '../../../kernel/simulation.ts';
import type { Draw, Outside } from '../../outside.ts';
import { UNCOUNTED } from '../../resolvers/client-gate.ts';
import { type AnswerSink, isFailure, type ResolverPool } from '../../resolvers/pool.ts';
import type { Request } from '../request.ts';
import { type Asked, bitsOf, Lookup, sendToAnother, targetsOf } from './lookup.ts';
import type { Disappointment } from './server-order.ts';
import type { StubPlan } from './stub-plan.ts';

/** As traces name the place. */
const STUB = 'stub resolver';

/** A query under way, and the delay of its answer. */
interface Pending {
  readonly lookup: Lookup;
  readonly resolver: number;
  readonly delay: Micros;
}

/** `undefined` = nobody answered before the stub gave up. `delay` = not yet played as an event. */
export type Finished = (asked: Asked, answer: Answer | undefined, delay: Micros, now: Micros) => void;

/** Where the stubs of one list of resolvers send, and what it costs. */
export interface StubNetwork {
  readonly name: string;
  /** In the order of the stubs' configuration; the pools need their sink first, so they are asked for late. */
  readonly pools: () => readonly ResolverPool[];
  readonly outside: Outside;
  readonly draw: Draw;
  readonly roundTrip: Micros;
  /** Tickets count up from here. */
  readonly firstTicket: Ticket;
}

export class Transmissions implements Entity, AnswerSink {
  readonly name: string;
  readonly #network: StubNetwork;
  readonly #simulation: Simulation;
  readonly #entity: number;
  readonly #finished: Finished;
  readonly #byTicket: Map<Ticket, Pending> = new Map();
  readonly #byId: Map<number, Lookup> = new Map();
  #nextTicket: Ticket;
  #nextLookup = 1;

  constructor(network: StubNetwork, simulation: Simulation, finished: Finished) {
    this.name = network.name;
    this.#network = network;
    this.#nextTicket = network.firstTicket;
    this.#simulation = simulation;
    this.#entity = simulation.add(this);
    this.#finished = finished;
  }

  get #pools(): readonly ResolverPool[] {
    return this.#network.pools();
  }

  /** Begins the schedule. `fragment`, when given, is where its first transmission lands. */
  start(asked: Asked, plan: StubPlan, now: Micros, fragment?: number): void {
    const { request, part } = asked;
    const client = request.client - request.cohort.first;
    const order = plan.order?.begin(client, now, part > 0).slice() ?? plan.listed;
    const lookup = new Lookup(this.#nextLookup++, asked, plan, order, now);
    this.#byId.set(lookup.id, lookup);
    if (request.trace) this.#tellOrder(lookup, now);
    const { at } = lookup.schedule.sends[0]!;
    if (at > 0) lookup.timer = this.#simulation.schedule(at, this.#entity, 0, lookup.id);
    else this.#send(lookup, now, fragment);
  }

  #tellOrder({ request, plan, order }: Lookup, now: Micros): void {
    if (plan.order === undefined || (order[0] === 0 && order.length === plan.resolvers)) return;
    const names = plan.listed.map((resolver) => this.#nameOf(resolver));
    const text = plan.order.reason(request.client - request.cohort.first, names, now);
    request.trace?.({ at: now, where: STUB, code: 'stub-order', text });
  }

  #failureText(resolver: number, { rcode }: Answer): string {
    return `${rcode} from ${this.#nameOf(resolver)}`;
  }

  #nameOf(resolver: number): string {
    return this.#pools[resolver]!.spec.name;
  }

  /** The timer of a look-up: its next transmission, or the end of its patience. */
  receive(_kind: number, id: number, _b: number, now: Micros): void {
    const lookup = this.#byId.get(id)!;
    if (now < lookup.giveUpAt) {
      lookup.repeats = lookup.plan.nextOnFailure === 'ignore' ? 0 : lookup.repeats;
      this.#send(lookup, now);
      return;
    }
    this.#giveUpOn(lookup, lookup.silent, 'silent', now);
    this.#finish(lookup, lookup.failure, 0, now);
  }

  describe(): string {
    return 'stub timer';
  }

  answered(ticket: Ticket, answer: Answer, now: Micros): void {
    const entry = this.#byTicket.get(ticket);
    this.#byTicket.delete(ticket);
    if (entry === undefined || entry.lookup.done) return;
    const { lookup, resolver, delay } = entry;
    lookup.silent &= ~(1 << resolver);
    if (isFailure(answer)) {
      if (this.#goOn(lookup, resolver, answer, now)) return;
      this.#giveUpOn(lookup, 1 << resolver, 'final', now);
    } else {
      const client = lookup.request.client - lookup.plan.cohort.first;
      lookup.plan.order?.answered(client, resolver, (lookup.gone & (1 << resolver)) !== 0, now);
    }
    this.#finish(lookup, answer, delay, now);
  }

  dropped(ticket: Ticket, _reason: Reason, _now: Micros): void {
    this.#byTicket.delete(ticket);
  }

  /** The next transmission of the schedule. `fragment`, when given, is where it lands. */
  #send(lookup: Lookup, now: Micros, fragment?: number): void {
    const send = lookup.schedule.sends[lookup.nextSend]!;
    const targets = targetsOf(lookup, send);
    if (targets.length === 1) lookup.place = lookup.order.indexOf(targets[0]!);
    lookup.nextSend += 1;
    const next = lookup.schedule.sends[lookup.nextSend];
    const due = next ? Math.min(lookup.base + next.at, lookup.giveUpAt) : lookup.giveUpAt;
    lookup.timer = this.#simulation.schedule(due - now, this.#entity, 0, lookup.id);
    const bits = bitsOf(targets);
    this.#giveUpOn(lookup, lookup.silent & ~bits, 'silent', now);
    lookup.asked |= bits;
    lookup.silent |= bits;
    for (const resolver of targets) this.#query(lookup, resolver, now, fragment);
  }

  #query(lookup: Lookup, resolver: number, now: Micros, fragment?: number): void {
    if (lookup.done) return;
    const pool = this.#pools[resolver]!;
    const { request } = lookup;
    if (pool.upstream !== undefined) request.asked = pool.spec.name;
    const landing = fragment ?? pool.pick(request.client);
    request.trace?.({
      at: now,
      where: STUB,
      code: 'stub-send',
      text: `transmission ${lookup.nextSend}: asks ${pool.spec.name}`,
    });
    const link = this.#network.outside.resolverState(pool.service, request.cohort.population.spec.region);
    if (link.down === 'silent' || (link.loss > 0 && this.#network.draw() < link.loss)) return;
    if (link.down === 'refused') {
      const { nextOnFailure } = lookup.plan;
      if (nextOnFailure !== false && nextOnFailure !== 'ignore') this.#skipWait(lookup, lookup.nextSend, now);
      return;
    }
    const ticket = this.#nextTicket++;
    this.#byTicket.set(ticket, { lookup, resolver, delay: this.#network.roundTrip + link.extra });
    const machine = lookup.plan.counted[resolver] ? machineOf(request) : UNCOUNTED;
    pool.ask(landing, ticket, lookup.question, now, lookup.request.trace !== undefined, machine);
  }

  /** What follows a failure other than taking it for the answer; false when it is the answer. */
  #goOn(lookup: Lookup, resolver: number, answer: Answer, now: Micros): boolean {
    const { nextOnFailure, failureRepeats } = lookup.plan;
    if (answer.rcode === 'SERVFAIL' && lookup.repeats < failureRepeats) {
      lookup.repeats += 1;
      lookup.request.trace?.({
        at: now,
        where: STUB,
        code: 'stub-repeat',
        text: `${this.#failureText(resolver, answer)}: asks the same one again at once`,
      });
      lookup.silent |= 1 << resolver;
      this.#query(lookup, resolver, now);
      return true;
    }
    if (nextOnFailure === 'ignore') {
      lookup.failure = answer;
      lookup.request.trace?.({
        at: now,
        where: STUB,
        code: 'stub-ignore',
        text: `${this.#failureText(resolver, answer)} is not taken for an answer: waits on`,
      });
      return true;
    }
    const index = nextOnFailure === 'each-once' ? sendToAnother(lookup) : lookup.nextSend;
    if (nextOnFailure === false || lookup.schedule.sends[index] === undefined) return false;
    lookup.request.trace?.({
      at: now,
      where: STUB,
      code: 'stub-next',
      text: `${this.#failureText(resolver, answer)}: goes on to the next transmission at once`,
    });
    this.#giveUpOn(lookup, 1 << resolver, 'failed', now);
    return this.#skipWait(lookup, index, now);
  }

  /** Goes on to a transmission at once, if there is one left. */
  #skipWait(lookup: Lookup, index: number, now: Micros): boolean {
    const next = lookup.schedule.sends[index];
    if (next === undefined) return false;
    this.#simulation.cancel(lookup.timer);
    lookup.nextSend = index;
    lookup.base = now - next.at;
    this.#send(lookup, now);
    return true;
  }

  /** Gives resolvers (bits) up, and tells the stub's memory that they let the look-up down. */
  #giveUpOn(lookup: Lookup, resolvers: number, why: Disappointment, now: Micros): void {
    const { order, cohort } = lookup.plan;
    if (order !== undefined) {
      for (const resolver of lookup.plan.listed) {
        const bit = 1 << resolver;
        if ((resolvers & bit) === 0) continue;
        const again = (lookup.gone & bit) !== 0;
        order.disappointed(lookup.request.client - cohort.first, resolver, why, again, now);
      }
    }
    lookup.gone |= resolvers;
    lookup.silent &= ~resolvers;
  }

  #finish(lookup: Lookup, answer: Answer | undefined, delay: Micros, now: Micros): void {
    lookup.done = true;
    this.#byId.delete(lookup.id);
    this.#simulation.cancel(lookup.timer);
    this.#finished(lookup, answer, delay, now);
  }
}

/** Every client of every population is a machine of its own. */
function machineOf({ client, cohort }: Request): number {
  return cohort.population.index * MOST_CLIENTS + client;
}

/** Room for the clients of a population. */
const MOST_CLIENTS = 2 ** 32;
