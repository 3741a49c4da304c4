/**
 * The stub resolvers of a cell: each look-up follows its operating system's schedule of transmissions over the
 * configured resolvers until one answers or patience ends.
 *
 * Not modelled: the moment a query spends on the way to the resolver. A resolver acts at the instant the stub
 * sends and the stub round trip is added to the answer's delay, so resolvers act up to half a stub round trip
 * (a few milliseconds) early. Loss between stub and resolver exists only where a fault says so.
 */
import type { Micros } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { Answer, Reason, Ticket } from '../../dns/resolve/protocol.ts';
import type { EventHandle } from '../../kernel/future-event-list.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import type { StubBehaviour, StubSchedule } from '../../profiles/client-behaviour.ts';
import type { Draw, Outside } from '../outside.ts';
import { type AnswerSink, isFailure, type ResolverPool } from '../resolvers/pool.ts';
import type { AnswerId } from './answer-table.ts';
import type { Request } from './request.ts';

/** One question of one request on its way through the stub. */
export interface Lookup {
  readonly id: number;
  readonly request: Request;
  /** Which type of the request's question. */
  readonly part: number;
  readonly question: Question;
  readonly schedule: StubSchedule;
  readonly giveUpAt: Micros;
  /** Start of the schedule; earlier than the real start once a failure has skipped a wait. */
  base: Micros;
  nextSend: number;
  timer: EventHandle;
  done: boolean;
}

/** `undefined` = nobody answered before the stub gave up. `delay` = not yet played as an event. Returns the id. */
export type LookupDone = (
  request: Request,
  part: number,
  answer: Answer | undefined,
  delay: Micros,
  now: Micros,
) => AnswerId;

export class StubLookups implements Entity, AnswerSink {
  readonly name: string;
  readonly #getPools: () => readonly ResolverPool[];
  readonly #outside: Outside;
  readonly #simulation: Simulation;
  readonly #entity: number;
  readonly #draw: Draw;
  readonly #stubRoundTrip: Micros;
  readonly #done: LookupDone;
  readonly #byTicket: Map<Ticket, { readonly lookup: Lookup; readonly delay: Micros }> = new Map();
  readonly #byId: Map<number, Lookup> = new Map();
  #nextTicket: Ticket = 1;
  #nextLookup = 1;

  constructor(
    name: string,
    pools: () => readonly ResolverPool[],
    outside: Outside,
    simulation: Simulation,
    draw: Draw,
    stubRoundTrip: Micros,
    done: LookupDone,
  ) {
    this.name = name;
    this.#getPools = pools;
    this.#outside = outside;
    this.#simulation = simulation;
    this.#entity = simulation.add(this);
    this.#draw = draw;
    this.#stubRoundTrip = stubRoundTrip;
    this.#done = done;
  }

  /** In the order of the stubs' configuration; the pools need this object first, so they are asked for late. */
  get #pools(): readonly ResolverPool[] {
    return this.#getPools();
  }

  /** The resolver a stub asks before all others, if it asks just one and does so at once. */
  firstOf(stub: StubBehaviour): ResolverPool | undefined {
    const { at, resolver } = this.#scheduleOf(stub).sends[0]!;
    return at > 0 || resolver === 'all' ? undefined : this.#poolAt(resolver);
  }

  /** What a query to a pool costs clients of a region, round trip; Infinity when it may fail to arrive. */
  delayTo(pool: ResolverPool, region: number): Micros {
    const { down, loss, extra } = this.#outside.resolverState(pool.service, region);
    return down === 'none' && loss === 0 ? this.#stubRoundTrip + extra : Number.POSITIVE_INFINITY;
  }

  /** Looks a question up; `done` may be called before this returns, as it is when the resolver's cache answers. */
  lookUp(request: Request, part: number, question: Question, now: Micros): void {
    const { spec } = request.cohort.population;
    const pool = request.trace ? undefined : this.firstOf(spec.stub);
    if (pool === undefined) {
      this.#start(request, part, question, now);
      return;
    }
    const delay = this.delayTo(pool, spec.region);
    const fragment = pool.pick();
    const answer = delay < Number.POSITIVE_INFINITY ? pool.peek(fragment, question, now) : undefined;
    if (answer === undefined) {
      this.#start(request, part, question, now, fragment);
      return;
    }
    const index = request.tableQuestion(part);
    const id = this.#done(request, part, answer, delay, now);
    if (answer.until !== undefined) pool.remember(index, id, answer.until);
  }

  /** Begins the schedule. `fragment`, when given, is where its first transmission lands. */
  #start(request: Request, part: number, question: Question, now: Micros, fragment?: number): void {
    const schedule = this.#scheduleOf(request.cohort.population.spec.stub);
    const lookup: Lookup = {
      id: this.#nextLookup++,
      request,
      part,
      question,
      schedule,
      giveUpAt: now + schedule.giveUp,
      base: now,
      nextSend: 0,
      timer: 0,
      done: false,
    };
    this.#byId.set(lookup.id, lookup);
    const { at } = schedule.sends[0]!;
    if (at > 0) lookup.timer = this.#simulation.schedule(at, this.#entity, 0, lookup.id);
    else this.#send(lookup, now, fragment);
  }

  #scheduleOf({ schedules }: StubBehaviour): StubSchedule {
    return schedules[Math.min(this.#pools.length, 3) - 1]!;
  }

  /** The resolver at a place of the list; the last for places beyond it. */
  #poolAt(place: number): ResolverPool {
    return this.#pools[Math.min(place, this.#pools.length - 1)]!;
  }

  /** The timer of a look-up: its next transmission, or the end of its patience. */
  receive(_kind: number, id: number, _b: number, now: Micros): void {
    const lookup = this.#byId.get(id)!;
    if (now < lookup.giveUpAt) this.#send(lookup, now);
    else this.#finish(lookup, undefined, 0, now);
  }

  describe(): string {
    return 'stub timer';
  }

  answered(ticket: Ticket, answer: Answer, now: Micros): void {
    const entry = this.#byTicket.get(ticket);
    this.#byTicket.delete(ticket);
    if (entry === undefined || entry.lookup.done) return;
    if (isFailure(answer) && this.#skipWait(entry.lookup, now)) return;
    this.#finish(entry.lookup, answer, entry.delay, now);
  }

  dropped(ticket: Ticket, _reason: Reason, _now: Micros): void {
    this.#byTicket.delete(ticket);
  }

  /** The next transmission of the schedule. `fragment`, when given, is where it lands. */
  #send(lookup: Lookup, now: Micros, fragment?: number): void {
    const { resolver } = lookup.schedule.sends[lookup.nextSend]!;
    lookup.nextSend += 1;
    const next = lookup.schedule.sends[lookup.nextSend];
    const due = next ? Math.min(lookup.base + next.at, lookup.giveUpAt) : lookup.giveUpAt;
    lookup.timer = this.#simulation.schedule(due - now, this.#entity, 0, lookup.id);
    const asked = resolver === 'all' ? this.#pools : [this.#poolAt(resolver)];
    for (const pool of asked) this.#query(lookup, pool, fragment ?? pool.pick(), now);
  }

  #query(lookup: Lookup, pool: ResolverPool, fragment: number, now: Micros): void {
    if (lookup.done) return;
    const { population } = lookup.request.cohort;
    lookup.request.trace?.({
      at: now,
      where: 'stub resolver',
      code: 'stub-send',
      text: `transmission ${lookup.nextSend}: asks ${pool.spec.name}`,
    });
    const link = this.#outside.resolverState(pool.service, population.spec.region);
    if (link.down === 'silent' || (link.loss > 0 && this.#draw() < link.loss)) return;
    if (link.down === 'refused') {
      this.#skipWait(lookup, now);
      return;
    }
    const ticket = this.#nextTicket++;
    this.#byTicket.set(ticket, { lookup, delay: this.#stubRoundTrip + link.extra });
    pool.ask(fragment, ticket, lookup.question, now);
  }

  /** After a failure: goes on to the next transmission at once, where the stub does so and has one left. */
  #skipWait(lookup: Lookup, now: Micros): boolean {
    const next = lookup.schedule.sends[lookup.nextSend];
    if (next === undefined || !lookup.request.cohort.population.spec.stub.nextOnFailure) return false;
    this.#simulation.cancel(lookup.timer);
    lookup.base = now - next.at;
    this.#send(lookup, now);
    return true;
  }

  #finish(lookup: Lookup, answer: Answer | undefined, delay: Micros, now: Micros): void {
    lookup.done = true;
    this.#byId.delete(lookup.id);
    this.#simulation.cancel(lookup.timer);
    this.#done(lookup.request, lookup.part, answer, delay, now);
  }
}
