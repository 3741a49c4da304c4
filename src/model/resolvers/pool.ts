/**
 * One recursive resolver service as one cell sees it: K cache fragments, each a resolver of its own, bound to
 * the cell's clock and to the outside.
 *
 * Large resolvers answer from many independent caches behind one address; a query lands on any of them, which
 * is why about 30 % of repeated queries miss (Moura et al., "When the Dike Breaks", IMC 2018, §3).
 *
 * Not modelled: affinity of a client to a fragment (each query picks one at random), the time a resolver takes
 * to think, and replies that arrive after their time-out. The cost: a little too many misses for sticky pools,
 * latencies too small by the resolver's own work (well below 1 ms), and repeats where a late reply would help.
 */
import type { Micros, Seconds } from '../../base/time.ts';
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
import type { EventHandle } from '../../kernel/future-event-list.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import type { Draw, Outside } from '../outside.ts';
import type { ResolverSpec } from '../spec.ts';
import { Recollection } from './recollection.ts';
import type { ServiceLoad } from './service-load.ts';

/** Receives what a pool has to say to the clients of its cell. */
export interface AnswerSink {
  answered(ticket: Ticket, answer: Answer, now: Micros): void;
  /** The resolver will never answer this ticket. */
  dropped(ticket: Ticket, reason: Reason, now: Micros): void;
}

const REPLY = 0;
const TIMEOUT = 1;
const UNREACHABLE = 2;
const TIMER = 3;
const EVENT_NAMES = ['reply', 'time-out', 'unreachable', 'timer'];

interface Exchange {
  readonly handle: EventHandle;
  readonly message?: Message;
}

export class ResolverPool implements Entity {
  readonly name: string;
  readonly spec: ResolverSpec;
  /** Index of the service in the spec. */
  readonly service: number;
  /** While set, what the resolvers decide is told here. */
  onNote: ((note: Note, now: Micros) => void) | undefined;
  readonly #fragments: readonly Resolver[];
  readonly #outside: Outside;
  readonly #simulation: Simulation;
  readonly #entity: number;
  readonly #draw: Draw;
  readonly #sink: AnswerSink;
  readonly #load: ServiceLoad;
  /** Only for a pool of one cache without prefetching, where a hit is sure to change nothing. */
  readonly #recollection: Recollection | undefined;
  /** Counts what may have changed the cache. */
  #version = 0;
  /** By fragment. */
  readonly #exchanges: readonly Map<ExchangeId, Exchange>[];
  readonly #timers: readonly Map<TimerId, EventHandle>[];
  readonly #spare: ResolverAction[][] = [];

  constructor(
    name: string,
    service: number,
    spec: ResolverSpec,
    outside: Outside,
    simulation: Simulation,
    draw: Draw,
    sink: AnswerSink,
    load: ServiceLoad,
    questions: number,
  ) {
    this.name = name;
    this.service = service;
    this.spec = spec;
    this.#outside = outside;
    this.#simulation = simulation;
    this.#entity = simulation.add(this);
    this.#draw = draw;
    this.#sink = sink;
    this.#load = load;
    this.#fragments = Array.from({ length: spec.fragments }, () => new Resolver(spec.options, draw));
    this.#exchanges = this.#fragments.map(() => new Map());
    this.#timers = this.#fragments.map(() => new Map());
    const still = spec.fragments === 1 && spec.options.prefetch === undefined;
    this.#recollection = still ? new Recollection(questions) : undefined;
  }

  get fragments(): readonly Resolver[] {
    return this.#fragments;
  }

  /** The fragment that the next query lands on. */
  pick(): number {
    return this.#fragments.length === 1 ? 0 : Math.floor(this.#draw() * this.#fragments.length);
  }

  /** The data, or their absence, that a fragment's cache gives at once; undefined when it has to be asked. */
  peek(fragment: number, question: Question, now: Micros): Answer | undefined {
    const answer = this.#fragments[fragment]!.peek(question, now);
    if (answer === undefined || isFailure(answer)) return undefined;
    this.#load.count(now);
    this.#load.hits += 1;
    return answer;
  }

  /** Remembers what a hit gave for a question of the answer table, for `recall`. */
  remember(question: number, answer: number, until: Micros): void {
    this.#recollection?.remember(question, answer, this.#version, until);
  }

  /** The id of the answer the cache is sure to give, 0 when it has to be asked. */
  recall(question: number, now: Micros): number {
    return this.#recollection?.recall(question, this.#version, now) ?? 0;
  }

  /** Counts a query answered by `recall`, in its bucket of time, and gives the TTL the cache would write. */
  recalledTtl(question: number, bucket: number, now: Micros): Seconds {
    this.#load.countIn(bucket);
    this.#load.hits += 1;
    return this.#recollection!.ttlAt(question, now);
  }

  /** Hands a query to a fragment; the sink may be told the answer before this returns. */
  ask(fragment: number, ticket: Ticket, question: Question, now: Micros): void {
    this.#load.count(now);
    this.#step(fragment, { kind: 'query', ticket, question }, now);
  }

  /** Empties the caches, or forgets one name. */
  flush(name: Name | undefined): void {
    this.#version += 1;
    for (const resolver of this.#fragments) name ? resolver.flushName(name) : resolver.flush();
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

  #step(fragment: number, event: Parameters<Resolver['step']>[0], now: Micros): void {
    this.#version += 1;
    const actions = this.#spare.pop() ?? [];
    const resolver = this.#fragments[fragment]!;
    resolver.tracing = this.onNote !== undefined;
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
        if (isFromCache(action.answer)) this.#load.hits += 1;
        this.#sink.answered(action.ticket, action.answer, now);
        break;
      case 'drop':
        this.#sink.dropped(action.ticket, action.reason, now);
        break;
      case 'note':
        this.onNote?.(action.note, now);
        break;
    }
  }

  #cancel(fragment: number, exchange: ExchangeId): void {
    const exchanges = this.#exchanges[fragment]!;
    this.#simulation.cancel(exchanges.get(exchange)?.handle ?? 0);
    exchanges.delete(exchange);
  }

  /** What becomes of a query is known when it is sent, so one event tells it: the reply or the time-out. */
  #send(fragment: number, action: Extract<ResolverAction, { kind: 'send' }>, now: Micros): void {
    const delivery = this.#outside.ask(
      action.address,
      action.question,
      this.spec.region,
      action.transport,
      now,
      this.#draw,
    );
    const exchanges = this.#exchanges[fragment]!;
    const { exchange, timeout } = action;
    if (delivery.kind === 'lost' || delivery.delay >= timeout) {
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

function isFromCache(answer: Answer): boolean {
  return answer.reason === 'cache' || answer.reason === 'stale' || answer.reason === 'failure-cache';
}

/** Whether an answer tells that none could be had. */
export function isFailure({ rcode }: Answer): boolean {
  return rcode !== 'NOERROR' && rcode !== 'NXDOMAIN';
}
