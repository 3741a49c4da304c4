/**
 * One recursive resolver service as one cell sees it: its instances there (one, but for forwarders), each of K
 * cache fragments, every one a resolver of its own, bound to the cell's clock and to the outside.
 *
 * Large resolvers answer from many independent caches behind one address; a query lands on any of them, which
 * is why about 30 % of repeated queries miss (Moura et al., "When the Dike Breaks", IMC 2018, §3). A client
 * always asks the same instance. Fragments are numbered instance by instance.
 *
 * Not modelled: affinity of a client to a fragment (each query picks one at random), the time a resolver takes
 * to think, and replies that arrive after their time-out. The cost: a little too many misses for sticky pools,
 * latencies too small by the resolver's own work (well below 1 ms), and repeats where a late reply would help.
 */
import type { Micros } from '../../base/time.ts';
import type { Message, Question } from '../../dns/data/message.ts';
import type { Name } from '../../dns/data/name.ts';
import type {
  Answer,
  ExchangeId,
  Note,
  Reason,
  ResolverAction,
  Ticket,
  TimerId,
} from '../../dns/resolve/protocol.ts';
import { Resolver } from '../../dns/resolve/resolver.ts';
import { wantsDnssec } from '../../dns/resolve/validation.ts';
import type { EventHandle } from '../../kernel/future-event-list.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import type { Asker, Draw, Outside } from '../outside.ts';
import type { PoolPlan } from '../settle.ts';
import type { ResolverSpec } from '../spec.ts';
import { ClientGate, type Machine, UNCOUNTED } from './client-gate.ts';
import { Recollection } from './recollection.ts';
import type { ServiceLoad } from './service-load.ts';

/** Receives what a pool has to say to the clients of its cell. */
export interface AnswerSink {
  answered(ticket: Ticket, answer: Answer, now: Micros): void;
  /** The resolver will never answer this ticket. */
  dropped(ticket: Ticket, reason: Reason, now: Micros): void;
}

/** Carries queries from a forwarder to the resolvers it forwards to. */
export interface Upstream {
  ask(from: ResolverPool, fragment: number, send: SendAction, now: Micros): void;
}

export type SendAction = Extract<ResolverAction, { kind: 'send' }>;

const REPLY = 0;
const TIMEOUT = 1;
const UNREACHABLE = 2;
const TIMER = 3;
const EVENT_NAMES = ['reply', 'time-out', 'unreachable', 'timer'];

/** How the address of a resolver service begins. */
const SERVICE = '@'.charCodeAt(0);

interface Exchange {
  readonly handle: EventHandle;
  readonly message?: Message;
}

export class ResolverPool implements Entity {
  readonly name: string;
  readonly spec: ResolverSpec;
  /** Index of the service in the spec. */
  readonly service: number;
  readonly #followed: Set<number> = new Set();
  #onNote: ((note: Note, now: Micros) => void) | undefined;
  /** Which instances these are. */
  readonly place: PoolPlan;
  /** What it tells authorities of itself and its clients. */
  readonly asker: Asker;
  /** Set by cells in which resolvers forward to each other. */
  upstream: Upstream | undefined;
  readonly #fragments: readonly Resolver[];
  readonly #outside: Outside;
  readonly #simulation: Simulation;
  readonly #entity: number;
  readonly #draw: Draw;
  readonly #sink: AnswerSink;
  readonly #load: ServiceLoad;
  readonly #gate: ClientGate | undefined;
  /** Only for instances of one cache without prefetching, where a hit is sure to change nothing. */
  readonly recollection: Recollection | undefined;
  /** By fragment: counts what may have changed the cache. */
  readonly #versions: Float64Array;
  /** By fragment. */
  readonly #exchanges: readonly Map<ExchangeId, Exchange>[];
  readonly #timers: readonly Map<TimerId, EventHandle>[];
  readonly #spare: ResolverAction[][] = [];

  constructor(
    name: string,
    place: PoolPlan,
    spec: ResolverSpec,
    outside: Outside,
    simulation: Simulation,
    draw: Draw,
    sink: AnswerSink,
    load: ServiceLoad,
    questions: number,
  ) {
    this.name = name;
    this.service = place.service;
    this.place = place;
    this.asker = {
      service: place.service,
      instance: place.first,
      clientRegion: place.clientRegion,
      dnssecOk: wantsDnssec(spec.options),
    };
    this.spec = spec;
    this.#outside = outside;
    this.#simulation = simulation;
    this.#entity = simulation.add(this);
    this.#draw = draw;
    this.#sink = sink;
    this.#load = load;
    this.#gate = spec.clientLimits && new ClientGate(spec.clientLimits);
    const length = spec.fragments * place.instances;
    this.#fragments = Array.from({ length }, () => new Resolver(spec.options, draw));
    this.#versions = new Float64Array(length);
    this.#exchanges = this.#fragments.map(() => new Map());
    this.#timers = this.#fragments.map(() => new Map());
    const still = spec.fragments === 1 && spec.options.prefetch === undefined;
    this.recollection = still ? new Recollection(questions, this.#versions) : undefined;
  }

  /** While set, what is decided about traced queries is told here, and all else at the caches they landed on. */
  set onNote(tell: ((note: Note, now: Micros) => void) | undefined) {
    this.#onNote = tell;
    this.#followed.clear();
  }

  /** Whether what a fragment does now is part of what is traced. */
  isTracing(fragment: number): boolean {
    return this.#fragments[fragment]!.tracing;
  }

  get fragments(): readonly Resolver[] {
    return this.#fragments;
  }

  /** The fragment that the next query of a client lands on. @param client number in its population */
  pick(client: number): number {
    return this.#fragments.length === 1 ? 0 : this.landAt(client % this.place.instances);
  }

  /** The fragment of an instance that its next query lands on. */
  landAt(instance: number): number {
    const { fragments } = this.spec;
    return fragments === 1 ? instance : instance * fragments + Math.floor(this.#draw() * fragments);
  }

  /** Any fragment, for users outside the experiment. */
  pickAny(): number {
    return this.#fragments.length === 1 ? 0 : Math.floor(this.#draw() * this.#fragments.length);
  }

  /** The fragments of the instance a client asks, from the first to before the last. */
  fragmentsOf(client: number): { readonly first: number; readonly end: number } {
    const first = (client % this.place.instances) * this.spec.fragments;
    return { first, end: first + this.spec.fragments };
  }

  /** The data, or their absence, that a fragment's cache gives at once; undefined when it has to be asked. */
  peek(fragment: number, question: Question, now: Micros): Answer | undefined {
    const answer = this.#fragments[fragment]!.peek(question, now);
    if (answer === undefined || isFailure(answer)) return undefined;
    this.#load.count(now);
    this.#load.hits += 1;
    return answer;
  }

  /** Counts queries answered by recollection, in their bucket of time. */
  countRecalled(bucket: number, queries: number): void {
    this.#load.countIn(bucket, queries);
    this.#load.hits += queries;
  }

  /**
   * Hands a query to a fragment; the sink may be told the answer before this returns.
   * @param machine who asks, where there is a limit on that
   */
  ask(
    fragment: number,
    ticket: Ticket,
    question: Question,
    now: Micros,
    traced = false,
    machine: Machine = UNCOUNTED,
  ): void {
    if (this.#gate && machine !== UNCOUNTED && !this.#gate.admits(machine, ticket, now)) {
      if (traced) this.#onNote?.({ code: 'client-limit', text: overLimit(this.spec) }, now);
      this.#sink.dropped(ticket, 'limit', now);
      return;
    }
    this.#load.count(now);
    if (traced && this.#onNote) this.#followed.add(fragment);
    this.#step(fragment, { kind: 'query', ticket, question }, now, traced);
  }

  /** Empties the caches of the first instances, or makes them forget one name. @param share of all instances */
  flush(name: Name | undefined, share: number): void {
    const { first, of, instances } = this.place;
    const flushed = Math.min(Math.max(Math.round(share * of) - first, 0), instances);
    for (let fragment = 0; fragment < flushed * this.spec.fragments; fragment++) {
      this.#versions[fragment]! += 1;
      const resolver = this.#fragments[fragment]!;
      name ? resolver.flushName(name) : resolver.flush();
    }
  }

  /** Registers a query to another resolver of the cell, which times out unless `deliver` or `refuse` comes first. */
  expect(fragment: number, exchange: ExchangeId, timeout: Micros): void {
    const handle = this.#schedule(timeout, TIMEOUT, fragment, exchange);
    this.#exchanges[fragment]!.set(exchange, { handle });
  }

  /** The reply to a query that was registered arrives after `delay`; nothing happens when it was given up. */
  deliver(fragment: number, exchange: ExchangeId, message: Message, delay: Micros): void {
    if (!this.#exchanges[fragment]!.has(exchange)) return;
    this.#cancel(fragment, exchange);
    const handle = this.#schedule(delay, REPLY, fragment, exchange);
    this.#exchanges[fragment]!.set(exchange, { handle, message });
  }

  /** The network refuses a query that was registered. */
  refuse(fragment: number, exchange: ExchangeId, delay: Micros): void {
    this.#cancel(fragment, exchange);
    const handle = this.#schedule(delay, UNREACHABLE, fragment, exchange);
    this.#exchanges[fragment]!.set(exchange, { handle });
  }

  receive(kind: number, fragment: number, id: number, now: Micros): void {
    if (kind === TIMER) {
      this.#timers[fragment]!.delete(id);
      this.#step(fragment, { kind: 'timer', timer: id }, now);
      return;
    }
    const exchanges = this.#exchanges[fragment]!;
    const message = exchanges.get(id)?.message;
    exchanges.delete(id);
    if (kind === REPLY && message) this.#step(fragment, { kind: 'reply', exchange: id, message }, now);
    else if (kind === TIMEOUT) this.#step(fragment, { kind: 'timeout', exchange: id }, now);
    else this.#step(fragment, { kind: 'unreachable', exchange: id }, now);
  }

  describe(kind: number, fragment: number, id: number): string {
    return `${EVENT_NAMES[kind]} ${id} of cache fragment ${fragment}`;
  }

  #step(fragment: number, event: Parameters<Resolver['step']>[0], now: Micros, traced = true): void {
    this.#versions[fragment]! += 1;
    const actions = this.#spare.pop() ?? [];
    const resolver = this.#fragments[fragment]!;
    resolver.tracing = this.#onNote !== undefined && traced && this.#followed.has(fragment);
    resolver.step(event, now, actions);
    for (const action of actions) this.#perform(fragment, action, now);
    actions.length = 0;
    this.#spare.push(actions);
  }

  #perform(fragment: number, action: ResolverAction, now: Micros): void {
    switch (action.kind) {
      case 'send':
        this.#send(fragment, action, now);
        break;
      case 'cancel':
        this.#cancel(fragment, action.exchange);
        break;
      case 'arm':
        this.#timers[fragment]!.set(
          action.timer,
          this.#simulation.schedule(action.delay, this.#entity, TIMER, fragment, action.timer),
        );
        break;
      case 'disarm':
        this.#simulation.cancel(this.#timers[fragment]!.get(action.timer) ?? 0);
        this.#timers[fragment]!.delete(action.timer);
        break;
      case 'answer':
        this.#gate?.release(action.ticket);
        if (isFromCache(action.answer)) this.#load.hits += 1;
        this.#sink.answered(action.ticket, this.#signed(action.answer), now);
        break;
      case 'drop':
        this.#gate?.release(action.ticket);
        this.#sink.dropped(action.ticket, action.reason, now);
        break;
      case 'note':
        this.#onNote?.(action.note, now);
        break;
    }
  }

  #cancel(fragment: number, exchange: ExchangeId): void {
    const exchanges = this.#exchanges[fragment]!;
    this.#simulation.cancel(exchanges.get(exchange)?.handle ?? 0);
    exchanges.delete(exchange);
  }

  /** Where resolvers forward, a failure says whose it is. */
  #signed(answer: Answer): Answer {
    if (this.upstream === undefined || answer.told !== undefined || !isFailure(answer)) return answer;
    return { ...answer, told: { reason: answer.reason, by: this.spec.name } };
  }

  /** What becomes of a query is known when it is sent, so one event tells it: the reply or the time-out. */
  #send(fragment: number, action: SendAction, now: Micros): void {
    if (this.upstream !== undefined && action.address.charCodeAt(0) === SERVICE) {
      this.upstream.ask(this, fragment, action, now);
      return;
    }
    const exchanges = this.#exchanges[fragment]!;
    if (action.chained) {
      const handle = this.#schedule(action.timeout, TIMEOUT, fragment, action.exchange);
      exchanges.set(action.exchange, { handle });
      return;
    }
    const delivery = this.#outside.ask(
      action.address,
      action.question,
      this.spec.region,
      action.transport,
      now,
      this.#draw,
      this.asker,
    );
    const { exchange, connectTimeout } = action;
    const timeout = delivery.kind === 'lost' ? (connectTimeout ?? action.timeout) : action.timeout;
    const unheard = delivery.kind === 'lost' || (delivery.kind === 'unreachable' && action.ignoresRefusal);
    if (unheard || delivery.delay >= timeout) {
      exchanges.set(exchange, { handle: this.#schedule(timeout, TIMEOUT, fragment, exchange) });
    } else if (delivery.kind === 'unreachable') {
      exchanges.set(exchange, { handle: this.#schedule(delivery.delay, UNREACHABLE, fragment, exchange) });
    } else {
      const handle = this.#schedule(delivery.delay, REPLY, fragment, exchange);
      exchanges.set(exchange, { handle, message: delivery.message });
    }
  }

  #schedule(delay: Micros, kind: number, fragment: number, id: number): EventHandle {
    return this.#simulation.schedule(delay, this.#entity, kind, fragment, id);
  }
}

function overLimit({ clientLimits }: ResolverSpec): string {
  const { perSecond, pending } = clientLimits!;
  return `the machine asks more than ${perSecond} queries in a second, or ${pending} wait: this one is dropped`;
}

function isFromCache(answer: Answer): boolean {
  return answer.reason === 'cache' || answer.reason === 'stale' || answer.reason === 'failure-cache';
}

/** Whether an answer tells that none could be had. */
export function isFailure({ rcode }: Answer): boolean {
  return rcode !== 'NOERROR' && rcode !== 'NXDOMAIN';
}
