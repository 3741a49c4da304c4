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
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import type { StubBehaviour } from '../../profiles/client-behaviour.ts';
import type { Draw, Outside } from '../outside.ts';
import { type AnswerSink, isFailure, type ResolverPool } from '../resolvers/pool.ts';
import type { Cohort } from './cohort.ts';
import type { Request } from './request.ts';
import { type Joint, JointLookups } from './stub/joint-lookups.ts';
import { forget, type Lookup, note, sendToAnother, targetsOf } from './stub/lookup.ts';
import type { Disappointment } from './stub/server-order.ts';
import { type LookupDone, StubPlan } from './stub/stub-plan.ts';

/** A query under way, and the delay of its answer. */
interface Pending {
  readonly lookup: Lookup;
  readonly resolver: number;
  readonly delay: Micros;
}

export class StubLookups implements Entity, AnswerSink {
  readonly name: string;
  readonly #getPools: () => readonly ResolverPool[];
  readonly #outside: Outside;
  readonly #simulation: Simulation;
  readonly #entity: number;
  readonly #draw: Draw;
  readonly #stubRoundTrip: Micros;
  readonly #done: LookupDone;
  readonly #joint: JointLookups;
  readonly #byTicket: Map<Ticket, Pending> = new Map();
  readonly #byId: Map<number, Lookup> = new Map();
  /** By index of the population. */
  readonly #plans: StubPlan[] = [];
  #nextTicket: Ticket;
  #nextLookup = 1;

  constructor(
    name: string,
    pools: () => readonly ResolverPool[],
    outside: Outside,
    simulation: Simulation,
    draw: Draw,
    stubRoundTrip: Micros,
    done: LookupDone,
    firstTicket: Ticket,
  ) {
    this.name = name;
    this.#nextTicket = firstTicket;
    this.#getPools = pools;
    this.#outside = outside;
    this.#simulation = simulation;
    this.#entity = simulation.add(this);
    this.#draw = draw;
    this.#stubRoundTrip = stubRoundTrip;
    this.#done = done;
    this.#joint = new JointLookups(
      (joint, position, question, at) =>
        this.#ask(joint.request, joint.parts[position]!, question, at, joint, position),
      done,
    );
  }

  /** In the order of the stubs' configuration; the pools need this object first, so they are asked for late. */
  get #pools(): readonly ResolverPool[] {
    return this.#getPools();
  }

  /** The resolver clients with this stub always ask before all others, if it is just one and at once. */
  firstOf({ order, schedules }: StubBehaviour): ResolverPool | undefined {
    const pools = this.#pools;
    const { at, resolver } = schedules[Math.min(pools.length, 3) - 1]!.sends[0]!;
    if (at > 0 || typeof resolver === 'string' || (order !== 'listed' && pools.length > 1)) return undefined;
    return pools[Math.min(resolver, pools.length - 1)];
  }

  /** The resolver every client of a cohort asks before all others at present, if it is just one and at once. */
  #firstFor(cohort: Cohort, now: Micros): ResolverPool | undefined {
    const first = this.#planOf(cohort).firstAt(now);
    return first < 0 ? undefined : this.#pools[first];
  }

  /** What a query to a pool costs clients of a region, round trip; Infinity when it may fail to arrive. */
  delayTo(pool: ResolverPool, region: number): Micros {
    const { down, loss, extra } = this.#outside.resolverState(pool.service, region);
    return down === 'none' && loss === 0 ? this.#stubRoundTrip + extra : Number.POSITIVE_INFINITY;
  }

  /** Whether the types of a request's question, or the names it may mean, have to be looked up together. */
  asksJointly({ cohort, question }: Request): boolean {
    return this.#planOf(cohort).joint[question]!;
  }

  /** Looks up those parts of a request together that its caches do not know; `done` may be called meanwhile. */
  lookUpJointly(request: Request, parts: readonly number[], now: Micros): void {
    this.#joint.begin(request, parts, now);
  }

  /** Looks a question up; `done` may be called before this returns, as it is when the resolver's cache answers. */
  lookUp(request: Request, part: number, question: Question, now: Micros): void {
    this.#ask(request, part, question, now, undefined, 0);
  }

  #ask(
    request: Request,
    part: number,
    question: Question,
    now: Micros,
    joint: Joint | undefined,
    position: number,
  ): void {
    const { cohort } = request;
    const pool = request.trace ? undefined : this.#firstFor(cohort, now);
    if (pool === undefined) {
      this.#start(request, part, question, now, joint, position);
      return;
    }
    const delay = this.delayTo(pool, cohort.population.spec.region);
    const fragment = pool.pick(request.client);
    const answer = delay < Number.POSITIVE_INFINITY ? pool.peek(fragment, question, now) : undefined;
    if (answer === undefined) {
      this.#start(request, part, question, now, joint, position, fragment);
    } else if (joint !== undefined) {
      this.#joint.answered(joint, position, answer, delay, now);
    } else {
      const index = request.tableQuestion(part);
      const id = this.#done(request, part, answer, delay, now);
      if (answer.until !== undefined) pool.remember(index, request.client, id, answer.until);
    }
  }

  #planOf(cohort: Cohort): StubPlan {
    const { index } = cohort.population;
    const plan = this.#plans[index];
    if (plan !== undefined) return plan;
    const made = new StubPlan(cohort, this.#pools.length);
    this.#plans[index] = made;
    return made;
  }

  /** Begins the schedule. `fragment`, when given, is where its first transmission lands. */
  #start(
    request: Request,
    part: number,
    question: Question,
    now: Micros,
    joint: Joint | undefined,
    position: number,
    fragment?: number,
  ): void {
    const plan = this.#planOf(request.cohort);
    const client = request.client - request.cohort.first;
    const order = plan.order?.begin(client, now, part > 0).slice() ?? plan.listed;
    const schedule = plan.scheduleFor(order.length);
    const lookup: Lookup = {
      id: this.#nextLookup++,
      request,
      part,
      question,
      joint,
      position,
      plan,
      order,
      schedule,
      giveUpAt: now + schedule.giveUp,
      base: now,
      nextSend: 0,
      place: 0,
      repeats: 0,
      asked: [],
      silent: [],
      gone: [],
      failure: undefined,
      timer: 0,
      done: false,
    };
    this.#byId.set(lookup.id, lookup);
    if (request.trace) this.#tellOrder(lookup, now);
    const { at } = schedule.sends[0]!;
    if (at > 0) lookup.timer = this.#simulation.schedule(at, this.#entity, 0, lookup.id);
    else this.#send(lookup, now, fragment);
  }

  #tellOrder({ request, plan, order }: Lookup, now: Micros): void {
    if (plan.order === undefined || (order[0] === 0 && order.length === plan.resolvers)) return;
    const names = plan.listed.map((resolver) => this.#nameOf(resolver));
    const text = plan.order.reason(request.client - request.cohort.first, names, now);
    tell(request, now, 'stub-order', text);
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
    forget(lookup.silent, resolver);
    if (isFailure(answer)) {
      if (this.#goOn(lookup, resolver, answer, now)) return;
      this.#giveUpOn(lookup, [resolver], 'final', now);
    } else {
      const client = lookup.request.client - lookup.plan.cohort.first;
      lookup.plan.order?.answered(client, resolver, lookup.gone.includes(resolver), now);
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
    const left = lookup.silent.filter((resolver) => !targets.includes(resolver));
    this.#giveUpOn(lookup, left, 'silent', now);
    for (const resolver of targets) {
      note(lookup.asked, resolver);
      note(lookup.silent, resolver);
    }
    for (const resolver of targets) this.#query(lookup, resolver, now, fragment);
  }

  #query(lookup: Lookup, resolver: number, now: Micros, fragment?: number): void {
    if (lookup.done) return;
    const pool = this.#pools[resolver]!;
    const { request } = lookup;
    const landing = fragment ?? pool.pick(request.client);
    tell(request, now, 'stub-send', `transmission ${lookup.nextSend}: asks ${pool.spec.name}`);
    const link = this.#outside.resolverState(pool.service, request.cohort.population.spec.region);
    if (link.down === 'silent' || (link.loss > 0 && this.#draw() < link.loss)) return;
    if (link.down === 'refused') {
      const { nextOnFailure } = lookup.plan;
      if (nextOnFailure !== false && nextOnFailure !== 'ignore') this.#skipWait(lookup, lookup.nextSend, now);
      return;
    }
    const ticket = this.#nextTicket++;
    this.#byTicket.set(ticket, { lookup, resolver, delay: this.#stubRoundTrip + link.extra });
    pool.ask(landing, ticket, lookup.question, now);
  }

  /** What follows a failure other than taking it for the answer; false when it is the answer. */
  #goOn(lookup: Lookup, resolver: number, answer: Answer, now: Micros): boolean {
    const { nextOnFailure, failureRepeats } = lookup.plan;
    const what = `${answer.rcode} from ${this.#nameOf(resolver)}`;
    if (answer.rcode === 'SERVFAIL' && lookup.repeats < failureRepeats) {
      lookup.repeats += 1;
      tell(lookup.request, now, 'stub-repeat', `${what}: asks the same one again at once`);
      note(lookup.silent, resolver);
      this.#query(lookup, resolver, now);
      return true;
    }
    if (nextOnFailure === 'ignore') {
      lookup.failure = answer;
      tell(lookup.request, now, 'stub-ignore', `${what} is not taken for an answer: waits on`);
      return true;
    }
    const index = nextOnFailure === 'each-once' ? sendToAnother(lookup) : lookup.nextSend;
    if (nextOnFailure === false || lookup.schedule.sends[index] === undefined) return false;
    tell(lookup.request, now, 'stub-next', `${what}: goes on to the next transmission at once`);
    this.#giveUpOn(lookup, [resolver], 'failed', now);
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

  /** Tells the stub's memory that these resolvers let the look-up down. */
  #giveUpOn(lookup: Lookup, resolvers: readonly number[], why: Disappointment, now: Micros): void {
    const { order, cohort } = lookup.plan;
    if (order === undefined) return;
    for (const resolver of [...resolvers]) {
      const again = lookup.gone.includes(resolver);
      order.disappointed(lookup.request.client - cohort.first, resolver, why, again, now);
      note(lookup.gone, resolver);
      forget(lookup.silent, resolver);
    }
  }

  #finish(lookup: Lookup, answer: Answer | undefined, delay: Micros, now: Micros): void {
    lookup.done = true;
    this.#byId.delete(lookup.id);
    this.#simulation.cancel(lookup.timer);
    if (lookup.joint) this.#joint.answered(lookup.joint, lookup.position, answer, delay, now);
    else this.#done(lookup.request, lookup.part, answer, delay, now);
  }
}

function tell({ trace }: Request, at: Micros, code: string, text: string): void {
  trace?.({ at, where: 'stub resolver', code, text });
}
