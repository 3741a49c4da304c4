/**
 * Requests of one cell, from the question to the outcome: kept connection, application cache, operating system
 * cache, stub look-up, connection, retries.
 *
 * Every cache is asked in that order; the first that holds the answer gives it, and each layer above keeps it
 * by its own rule. Not modelled: memory shared between applications of one host beyond the operating system's
 * cache, and waiting of one request for an identical one of the same client (the resolver joins them).
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { Answer } from '../../dns/resolve/protocol.ts';
import type { RandomStream } from '../../kernel/random-streams.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import { exponential } from '../../kernel/variates.ts';
import {
  FROM_APPLICATION_CACHE,
  FROM_AUTHORITY,
  FROM_CONNECTION,
  FROM_RESOLVER_CACHE,
  FROM_RESOLVER_STALE,
  LAYERS,
  type LayerCode,
  OUTCOMES,
} from '../outcome.ts';
import type { AnswerId, AnswerTable } from './answer-table.ts';
import { keepInApplication, keepInOs, lookInClientCaches } from './client-caches.ts';
import type { Cohort, RequestHandler } from './cohort.ts';
import { type Contact, type Contacts, hasAnswered } from './contact.ts';
import type { Ledger } from './ledger.ts';
import type { TraceSink } from './observation.ts';
import type { Population } from './population.ts';
import { RecalledHits } from './recalled-hits.ts';
import { Request } from './request.ts';
import type { StubLookups } from './stub-lookups.ts';

const RETRY = 0;
const SESSION = 1;

interface Session {
  readonly cohort: Cohort;
  readonly client: number;
  left: number;
}

export class Requests implements RequestHandler, Entity {
  readonly name: string;
  /** By list of resolvers; set by the cell once both exist: each calls the other. */
  stubs: readonly StubLookups[] = [];
  readonly #simulation: Simulation;
  readonly #answers: AnswerTable;
  readonly #contacts: Contacts;
  readonly #ledger: Ledger;
  readonly #stream: RandomStream;
  readonly #entity: number;
  readonly #parked: Map<number, Request> = new Map();
  readonly #sessions: Map<number, Session> = new Map();
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
    this.#entity = simulation.add(this);
  }

  begin(cohort: Cohort, client: number, question: number, now: Micros): void {
    const request = this.#scratch.begin(cohort, client, question, now);
    this.#attempt(request, now);
    if (!request.finished) this.#scratch = new Request();
  }

  recalledHits(population: Population, list: number): RecalledHits | undefined {
    const { stub, region } = population.spec;
    const stubs = this.stubs[list]!;
    const pool = stubs.firstOf(stub);
    if (pool === undefined) return undefined;
    return new RecalledHits(population, pool, this.#answers, () => stubs.delayTo(pool, region));
  }

  /** As `begin`, telling every step to `sink`. Returns the request, to see when it is finished. */
  beginTraced(cohort: Cohort, client: number, question: number, now: Micros, sink: TraceSink): Request {
    const request = new Request().begin(cohort, client, question, now);
    request.trace = sink;
    this.#attempt(request, now);
    return request;
  }

  continueSession(cohort: Cohort, client: number, requests: number): void {
    const id = this.#nextId++;
    this.#sessions.set(id, { cohort, client, left: requests });
    this.#scheduleSession(id, cohort);
  }

  receive(kind: number, id: number, _b: number, now: Micros): void {
    if (kind === SESSION) {
      this.#playSession(id, now);
      return;
    }
    const request = this.#parked.get(id)!;
    this.#parked.delete(id);
    this.#attempt(request.beginAttempt(), now);
  }

  describe(kind: number): string {
    return kind === RETRY ? 'retry' : 'next request of a session';
  }

  /** A look-up of the stub came back. */
  lookupDone(
    request: Request,
    part: number,
    answer: Answer | undefined,
    delay: Micros,
    now: Micros,
  ): AnswerId {
    const question = request.tableQuestion(part);
    const id = answer ? this.#answers.intern(question, answer) : this.#answers.internTimeout(question);
    const { kind } = this.#answers.get(id);
    const ttl = (answer?.ttl ?? 0) * SECOND;
    keepInOs(request.cohort.population, request.slot(part), id, kind, ttl, now);
    keepInApplication(request.cohort.population, request.slot(part), id, kind, ttl, now);
    request.delay = Math.max(request.delay, delay);
    if (request.trace) this.#traceAnswer(request, answer, now);
    this.#partDone(request, part, id, layerOf(answer), now);
    return id;
  }

  #playSession(id: number, now: Micros): void {
    const session = this.#sessions.get(id)!;
    session.left -= 1;
    if (session.left > 0) this.#scheduleSession(id, session.cohort);
    else this.#sessions.delete(id);
    this.begin(session.cohort, session.client, session.cohort.pickQuestion(), now);
  }

  #scheduleSession(id: number, cohort: Cohort): void {
    const { workload } = cohort.population.spec;
    const pause = workload.kind === 'sessions' ? workload.pause : 0;
    this.#simulation.schedule(exponential(this.#stream, pause), this.#entity, SESSION, id);
  }

  #attempt(request: Request, now: Micros): void {
    if (this.#useConnection(request, now)) return;
    const parts = request.answers.length;
    for (let part = 0; part < parts; part++) this.#lookUp(request, part, now);
  }

  /** A kept connection whose endpoint still answers serves the request without any look-up. */
  #useConnection(request: Request, now: Micros): boolean {
    const { population } = request.cohort;
    const { application, region } = population.spec;
    if (application.keepAlive === 0 || request.refresh) return false;
    const at = request.client * population.slots.length + request.question;
    if (!(population.connectionExpiry[at]! > now)) return false;
    const contact = this.#contacts.use([population.connectionAnswer[at]!], region, application);
    if (!hasAnswered(contact)) {
      population.connectionExpiry[at] = 0;
      request.spent += contact.delay;
      tell(request, now, 'connection', 'connection-lost', `${contact.address} no longer answers: dropped`);
      return false;
    }
    population.tally.connectionHits += 1;
    request.layers[0] = FROM_CONNECTION;
    tell(request, now, 'connection', 'connection-kept', `the open connection to ${contact.address} is used`);
    this.#conclude(request, now);
    return true;
  }

  /** Looks one type up through the caches. */
  #lookUp(request: Request, part: number, now: Micros): void {
    const { population } = request.cohort;
    const slot = request.slot(part);
    const hit = lookInClientCaches(population, slot, now, request.refresh);
    if (hit === undefined) {
      tell(request, now, 'client caches', 'cache-miss', 'neither the application nor the system knows');
      this.stubs[request.cohort.list]!.lookUp(
        request,
        part,
        this.#answers.questions[request.tableQuestion(part)]!,
        now,
      );
      return;
    }
    const { answer, layer, left } = hit;
    if (request.trace) this.#traceHit(request, answer, layer, left, now);
    if (layer !== FROM_APPLICATION_CACHE) {
      keepInApplication(population, slot, answer, this.#answers.get(answer).kind, left, now);
    } else if (left <= 0) this.#refresh(request, now);
    this.#partDone(request, part, answer, layer, now);
  }

  /** The application used an expired answer within its grace: it asks again behind the user's back. */
  #refresh({ cohort, client, question }: Request, now: Micros): void {
    const refresh = new Request().begin(cohort, client, question, now);
    refresh.refresh = true;
    this.#attempt(refresh, now);
  }

  #partDone(request: Request, part: number, answer: AnswerId, layer: LayerCode, now: Micros): void {
    request.answers[part] = answer;
    request.layers[part] = layer;
    request.waiting -= 1;
    if (request.waiting > 0 || request.refresh) return;
    const { application, region } = request.cohort.population.spec;
    if (request.answers.length === 1 && this.#answers.isCertain(answer, region)) {
      this.#contacts.useCertain(answer);
    } else this.#contacts.use(request.answers, region, application);
    this.#conclude(request, now);
  }

  /** Books the contact just made, or parks the request until its next attempt. */
  #conclude(request: Request, now: Micros): void {
    const contact = this.#contacts.result;
    const { application } = request.cohort.population.spec;
    const end = now + request.spent + request.delay + contact.delay;
    if (request.trace) tell(request, end, 'application', 'outcome', outcomeText(contact));
    if (hasAnswered(contact) && application.keepAlive > 0)
      this.#keepConnection(request, contact.address, end);
    if (contact.cause !== '' && request.retries < application.retries.count) {
      const { firstDelay, factor } = application.retries;
      const wait = Math.round(firstDelay * factor ** request.retries);
      request.retries += 1;
      const id = this.#nextId++;
      this.#parked.set(id, request);
      this.#simulation.scheduleAt(end + wait, this.#entity, RETRY, id);
      return;
    }
    this.#ledger.book(request, contact, end);
    request.finished = true;
  }

  #keepConnection(request: Request, address: string, end: Micros): void {
    if (address === '') return;
    const { population } = request.cohort;
    const at = request.client * population.slots.length + request.question;
    const { question } = this.#contacts.result;
    population.connectionAnswer[at] = this.#answers.internAddress(question, address);
    population.connectionExpiry[at] = end + population.spec.application.keepAlive;
  }

  #traceHit(request: Request, answer: AnswerId, layer: LayerCode, left: Micros, now: Micros): void {
    const seconds = (left / SECOND).toFixed(1);
    const { code, addresses } = this.#answers.get(answer);
    const what = addresses.join(', ') || code;
    const where = layer === FROM_APPLICATION_CACHE ? 'application cache' : 'OS cache';
    const state = left > 0 ? `${seconds} s left` : `expired ${-left / SECOND} s ago, within its grace`;
    tell(request, now, where, 'cache-hit', `holds ${what}, ${state}`);
  }

  #traceAnswer(request: Request, answer: Answer | undefined, now: Micros): void {
    if (answer === undefined) {
      tell(request, now, 'stub resolver', 'stub-gave-up', 'no resolver answered in time');
      return;
    }
    const data = answer.answer.flatMap((rrset) => rrset.rdata.map((rdata) => rdata.text)).join(', ');
    const origin = LAYERS[layerOf(answer)]!;
    const text = `${answer.rcode}${data ? ` ${data}` : ''}, TTL ${answer.ttl} s, from ${origin} (${answer.reason})`;
    tell(request, now + request.delay, 'stub resolver', 'stub-answer', text);
  }
}

/** Which layer an answer of a resolver counts as. */
function layerOf(answer: Answer | undefined): LayerCode {
  if (answer?.reason === 'stale') return FROM_RESOLVER_STALE;
  const cached = answer?.reason === 'cache' || answer?.reason === 'failure-cache';
  return cached ? FROM_RESOLVER_CACHE : FROM_AUTHORITY;
}

/** How an attempt ended, in words. */
function outcomeText({ cause, outcome, address }: Contact): string {
  if (cause === '') return address === '' ? 'has its data' : `connects to ${address}`;
  if (address === '') return `gives up: ${OUTCOMES[outcome]!.replaceAll('-', ' ')}`;
  return cause === 'dead-address'
    ? `gives up: ${address} does not answer`
    : `gives up: ${cause} at ${address}`;
}

function tell(request: Request, at: Micros, where: string, code: string, text: string): void {
  request.trace?.({ at, where, code, text });
}
