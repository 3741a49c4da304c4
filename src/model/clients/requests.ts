/**
 * Requests of one cell, from the question to the outcome: kept connection, application cache, operating system
 * cache, stub look-up, connection, retries.
 *
 * Every cache is asked in that order; the first that holds the answer gives it, and each layer above keeps it
 * by its own rule. Not modelled: memory shared between applications of one host beyond the operating system's
 * cache, and waiting of one request for an identical one of the same client (the resolver joins them).
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { RandomStream } from '../../kernel/random-streams.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import { FROM_APPLICATION_CACHE, FROM_OS_CACHE, FROM_RESOLVER_CACHE, type LayerCode } from '../outcome.ts';
import type { AnswerId, AnswerTable } from './answer-table.ts';
import { avoidedBy, remember } from './avoidance.ts';
import { holdInApplication, keepInApplication, keepInOs, lookInClientCaches } from './client-caches.ts';
import type { Cohort, RequestHandler } from './cohort.ts';
import { type Contact, type Contacts, hasAnswered } from './contact.ts';
import { KeptConnections } from './kept-connections.ts';
import { hasSix, isDoubted, partsWithData } from './known-parts.ts';
import type { Ledger } from './ledger.ts';
import type { TraceSink } from './observation.ts';
import { Polling } from './polling.ts';
import type { Population } from './population.ts';
import type { RecalledHits } from './recalled-hits.ts';
import { Request } from './request.ts';
import { layerOf, outcomeText, tell, tellAnswer, tellHit, tellHold } from './request-trace.ts';
import { waitBefore } from './retries.ts';
import { Sessions } from './sessions.ts';
import type { LookupDone, LookupRecalled } from './stub/stub-plan.ts';
import type { StubLookups } from './stub-lookups.ts';

const RETRY = 0;
const GO_AHEAD = 1;
const KINDS = ['retry', 'end of the resolution delay'] as const;

export class Requests implements RequestHandler, Entity {
  readonly name: string;
  /** By list of resolvers; set by the cell once both exist: each calls the other. */
  stubs: readonly StubLookups[] = [];
  readonly #simulation: Simulation;
  readonly #answers: AnswerTable;
  readonly #contacts: Contacts;
  readonly #ledger: Ledger;
  readonly #connections: KeptConnections;
  readonly #stream: RandomStream;
  readonly #entity: number;
  readonly #parked: Map<number, Request> = new Map();
  #sessions: Sessions | undefined;
  #polling: Polling | undefined;
  #nextId = 1;
  #scratch: Request = new Request();

  constructor(
    name: string,
    simulation: Simulation,
    answers: AnswerTable,
    contacts: Contacts,
    ledger: Ledger,
    stream: RandomStream,
  ) {
    this.name = name;
    this.#simulation = simulation;
    this.#answers = answers;
    this.#contacts = contacts;
    this.#ledger = ledger;
    this.#stream = stream;
    this.#connections = new KeptConnections(answers, contacts);
    this.#entity = simulation.add(this);
  }

  settled(cohort: Cohort): void {
    if (cohort.population.spec.application.polling === undefined) return;
    this.#polling ??= new Polling(`${this.name}/timers`, this.#simulation, this.#stream, (request, now) =>
      this.#attempt(request, now),
    );
    this.#polling.add(cohort);
  }

  begin(cohort: Cohort, client: number, question: number, now: Micros): void {
    const request = this.#scratch.begin(cohort, client, question, now);
    this.#attempt(request, now);
    if (!request.finished || request.waiting > 0) this.#scratch = new Request();
  }

  recalledHits(population: Population, list: number): RecalledHits | undefined {
    return this.stubs[list]!.recalledHits(population, this.#answers);
  }

  /** As `begin`, telling every step to `sink`. Returns the request, to see when it is finished. */
  beginTraced(cohort: Cohort, client: number, question: number, now: Micros, sink: TraceSink): Request {
    const request = new Request().begin(cohort, client, question, now);
    request.trace = sink;
    this.#attempt(request, now);
    return request;
  }

  continueSession(cohort: Cohort, client: number, requests: number): void {
    this.#sessions ??= new Sessions(`${this.name}/sessions`, this.#simulation, this.#stream, (...request) =>
      this.begin(...request),
    );
    this.#sessions.follow(cohort, client, requests);
  }

  receive(kind: number, id: number, _b: number, now: Micros): void {
    const request = this.#parked.get(id)!;
    this.#parked.delete(id);
    if (kind === GO_AHEAD) this.#goAhead(request, now);
    else this.#attempt(request.beginAttempt(), now);
  }

  describe(kind: number): string {
    return KINDS[kind]!;
  }

  /** A look-up of the stub came back. */
  readonly lookupDone: LookupDone = (request, part, answer, delay, now) => {
    const question = request.tableQuestion(part);
    const id = answer
      ? this.#answers.intern(question, answer)
      : this.#answers.internTimeout(question, request.asked);
    request.delay = Math.max(request.delay, delay);
    if (request.trace) tellAnswer(request, answer, now);
    this.#keepInHost(request, part, id, layerOf(answer), (answer?.ttl ?? 0) * SECOND, now);
    return id;
  };

  /** The resolver's cache was known to hold the answer to a look-up that nobody traces. */
  readonly lookupRecalled: LookupRecalled = (request, part, id, ttl, delay, now) => {
    request.delay = Math.max(request.delay, delay);
    this.#keepInHost(request, part, id, FROM_RESOLVER_CACHE, ttl, now);
  };

  #attempt(request: Request, now: Micros): void {
    if (this.#connections.use(request, now)) {
      this.#conclude(request, now);
      return;
    }
    const parts = request.answers.length;
    request.starting = true;
    if (this.stubs[request.cohort.list]!.asksJointly(request)) this.#lookUpJointly(request, now);
    else for (let part = 0; part < parts; part++) this.#lookUp(request, part, now);
    request.starting = false;
    if (parts > 1 && request.waiting > 0 && request.waiting < parts) this.#hurry(request, now);
  }

  /** Apart from `#attempt`, where it would cost every request the variables its closure holds. */
  #lookUpJointly(request: Request, now: Micros): void {
    const stubs = this.stubs[request.cohort.list]!;
    stubs.lookUpJointly(request, (part) => this.#findInCaches(request, part, now), now);
  }

  /** Looks one type up through the caches. */
  #lookUp(request: Request, part: number, now: Micros): void {
    if (this.#findInCaches(request, part, now)) return;
    const question = this.#answers.questions[request.tableQuestion(part)]!;
    this.stubs[request.cohort.list]!.lookUp(request, part, question, now);
  }

  /** Whether a cache of the client has answered for one type. */
  #findInCaches(request: Request, part: number, now: Micros): boolean {
    const { population } = request.cohort;
    const slot = request.slot(part);
    const hit = lookInClientCaches(population, slot, now, request.refresh, this.#answers);
    if (hit === undefined) {
      tell(request, now, 'client caches', 'cache-miss', 'neither the application nor the system knows');
      return false;
    }
    const { answer, layer, left } = hit;
    if (request.trace) tellHit(request, this.#answers.get(answer), layer, left, now);
    if (layer !== FROM_APPLICATION_CACHE) this.#keep(request, part, answer, layer, left, now);
    else {
      if (left <= 0 || isDoubted(request, answer, this.#answers)) this.#refresh(request, now);
      this.#partDone(request, part, answer, layer, now);
    }
    return true;
  }

  /** The operating system keeps what a look-up brought, then the application. */
  #keepInHost(
    request: Request,
    part: number,
    id: AnswerId,
    layer: LayerCode,
    ttl: Micros,
    now: Micros,
  ): void {
    const { population } = request.cohort;
    const slot = request.slot(part);
    const kept = population.hostMemory?.keep(slot, id, ttl, now, this.#answers, request.trace);
    if (kept === undefined) keepInOs(population, slot, id, this.#answers.get(id).kind, ttl, now);
    if (kept?.held) this.#keep(request, part, kept.answer, FROM_OS_CACHE, kept.left, now);
    else this.#keep(request, part, id, layer, ttl, now);
  }

  /** The application keeps what a look-up brought, or goes on with what it holds where that failed. */
  #keep(request: Request, part: number, answer: AnswerId, layer: LayerCode, left: Micros, now: Micros): void {
    const { population } = request.cohort;
    const slot = request.slot(part);
    const { kind } = this.#answers.get(answer);
    if (kind !== 'data' && population.goodAt.length > 0) {
      const held = population.applicationAnswer[slot]!;
      const holdsData = held !== 0 && this.#answers.get(held).kind === 'data';
      if (holdInApplication(population, slot, holdsData, kind, now)) {
        if (request.trace) tellHold(request, this.#answers.get(held), now);
        this.#partDone(request, part, held, FROM_APPLICATION_CACHE, now);
        return;
      }
    }
    keepInApplication(population, slot, answer, kind, left, now);
    if (request.poll && kind === 'data') request.ttl = Math.min(request.ttl, left);
    this.#partDone(request, part, answer, layer, now);
  }

  /** The application used an answer it does not trust any more: it asks again behind the user's back. */
  #refresh({ cohort, client, question }: Request, now: Micros): void {
    const refresh = new Request().begin(cohort, client, question, now);
    refresh.refresh = true;
    this.#attempt(refresh, now);
  }

  #partDone(request: Request, part: number, answer: AnswerId, layer: LayerCode, now: Micros): void {
    request.answers[part] = answer;
    request.layers[part] = layer;
    request.waiting -= 1;
    if (request.waiting > 0) {
      if (!request.starting) this.#hurry(request, now);
      return;
    }
    if (request.refresh) {
      if (request.poll) this.#polling!.finished(request);
      return;
    }
    const { population } = request.cohort;
    const { spec, plain } = population;
    if (plain && request.answers.length === 1 && this.#answers.isCertain(answer, spec.region)) {
      this.#contacts.useCertain(answer);
    } else this.#connect(request, request.answers, now);
    this.#conclude(request, now);
  }

  /** Connects by the answers given, past the address that has just failed. */
  #connect(request: Request, answers: readonly AnswerId[], now: Micros): Readonly<Contact> {
    const avoided = avoidedBy(request, this.#answers, now);
    const contact = this.#contacts.use(answers, request.cohort.population.spec, avoided);
    remember(request, contact, this.#answers, now);
    return contact;
  }

  /** Some types are known: IPv6 is used at once, other data waits for the resolution delay (RFC 8305 §3). */
  #hurry(request: Request, now: Micros): void {
    const wait = request.cohort.population.spec.application.addresses?.resolutionDelay;
    if (wait === undefined || request.refresh) return;
    const parts = partsWithData(request, this.#answers);
    if (hasSix(request, parts, this.#answers)) this.#goAhead(request, now);
    else if (parts.length > 0) {
      const id = this.#nextId++;
      this.#parked.set(id, request);
      this.#simulation.schedule(wait, this.#entity, GO_AHEAD, id);
    }
  }

  /** Connects with what has come so far, if that works before the next address is due. */
  #goAhead(request: Request, now: Micros): void {
    if (request.waiting === 0 || request.refresh) return;
    const { spec } = request.cohort.population;
    const parts = partsWithData(request, this.#answers);
    const known = parts.map((part) => request.answers[part]!);
    const contact = this.#connect(request, known, now);
    if (!hasAnswered(contact) || contact.delay > spec.application.attemptDelay) return;
    const own = request.split(parts);
    tell(own, now, 'application', 'resolution-delay', 'goes ahead without the other types');
    this.#conclude(own, now);
  }

  /** Books the contact just made, or parks the request until its next attempt. */
  #conclude(request: Request, now: Micros): void {
    const contact = this.#contacts.result;
    const { application } = request.cohort.population.spec;
    const end = now + request.spent + request.delay + contact.delay;
    if (request.trace) tell(request, end, 'application', 'outcome', outcomeText(contact));
    if (hasAnswered(contact) && application.keepAlive > 0)
      this.#connections.keep(request, contact.question, contact.address, end);
    const wait = contact.cause === '' ? undefined : waitBefore(application.retries, request.retries);
    if (wait !== undefined) {
      request.retries += 1;
      const id = this.#nextId++;
      this.#parked.set(id, request);
      this.#simulation.scheduleAt(end + wait, this.#entity, RETRY, id);
      return;
    }
    this.#ledger.book(request, contact, end);
    request.finished = true;
  }
}
