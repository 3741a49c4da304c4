/**
 * The recursive resolver as a step function: (event, now) in, actions out. It has no clock and no queue; time
 * may only go forward. Between steps its whole state is plain data.
 *
 * Not modelled: DNSSEC validation, ECS, EDNS, priming, and processing time: a step
 * takes none.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import { Denials } from '../cache/denials.ts';
import { RRsetCache } from '../cache/rrset-cache.ts';
import { SecureCuts } from '../cache/secure-cuts.ts';
import type { Question } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import { answerFromCache, isFinal } from './answer.ts';
import { ResponsePolicy } from './detour/response-policy.ts';
import { FailureCache } from './failure.ts';
import { Forwarder } from './forward/forwarder.ts';
import { Infra } from './infra.ts';
import { keepsWaiting } from './limits.ts';
import { resumeLookup } from './lookup.ts';
import type { ResolverOptions } from './options.ts';
import { hitNeedsStep } from './prefetch.ts';
import type { Answer, ExchangeId, ResolverAction, ResolverEvent, TimerId } from './protocol.ts';
import { receiveQuery, refresh } from './request.ts';
import { targetOf } from './sanitise.ts';
import { selectionOf } from './select/parts.ts';
import type { Core, Counters } from './state.ts';
import { receiveReply, receiveTimeout, receiveUnreachable } from './task/exchange.ts';
import { proceed } from './task/iterate.ts';
import { Throttle } from './throttle.ts';
import { lookupTimer } from './timer.ts';
import { wantsDnssec } from './validation.ts';

/** A cached chain of aliases and the data, or their absence, at its end. */
export interface HeldChain {
  /** When the youngest entry was stored. */
  readonly storedAt: Micros;
  /** Smallest TTL, as stored. */
  readonly ttlSeconds: Seconds;
  readonly negative: boolean;
}

const NO_ACTIONS: ResolverAction[] = [];

export class Resolver {
  readonly #core: Core;

  /** @param random uniform draws in [0,1), used for server selection only */
  constructor(options: ResolverOptions, random: () => number) {
    const limits = {
      graceMicros: options.expiryGraceSeconds * SECOND,
      retentionMicros: (options.serveStale?.maxStaleSeconds ?? 0) * SECOND,
      maximumNames: options.maximumCachedNames,
      maximumDenials: options.maximumCachedDenials,
    };
    const cache = new RRsetCache(limits);
    this.#core = {
      options,
      random,
      selection: selectionOf(options.selection),
      cache,
      delegations: options.credibility === 'child' ? cache : new RRsetCache(limits),
      parentSide: new RRsetCache({ ...limits, retentionMicros: 0 }),
      denials: wantsDnssec(options) ? new Denials(options.cacheRules.nsecRecords) : undefined,
      secureCuts: wantsDnssec(options) ? new SecureCuts() : undefined,
      failures: new FailureCache(options.failureSeconds),
      infra: new Infra(options),
      throttle: options.upstream.throttle && new Throttle(options.upstream.throttle),
      hasDetours: options.responsePolicy !== undefined || options.autopath !== undefined,
      confinesAliases: options.configuredZones.some(({ confinesAliases }) => confinesAliases === true),
      responsePolicy: options.responsePolicy && new ResponsePolicy(options.responsePolicy),
      forwarder: options.forwarding && new Forwarder(options.forwarding, options.configuredZones),
      fetches: new Map(),
      exchanges: new Map(),
      shared: options.upstream.sharedBy === 'nobody' ? undefined : new Map(),
      timers: new Map(),
      counters: { queries: 0, hits: 0, sends: 0, timeouts: 0 },
      refreshes: [],
      ready: [],
      now: 0,
      actions: NO_ACTIONS,
      nextId: 1,
      outstanding: 0,
      waiting: keepsWaiting({ options }) ? new Set() : undefined,
      joined: undefined,
      popularity: options.prefetch?.popularity && new Map(),
      packets: options.prefetch && options.cacheRules.packetSeconds ? new Map() : undefined,
      tracing: false,
    };
  }

  /** With tracing on, `note` actions tell every decision. */
  get tracing(): boolean {
    return this.#core.tracing;
  }

  set tracing(on: boolean) {
    this.#core.tracing = on;
  }

  /** Client queries, those answered at once from the cache, queries sent, time-outs; since the start. */
  get counters(): Readonly<Counters> {
    return this.#core.counters;
  }

  /** Whether nothing is under way: no client waits, no exchange is open, no timer armed. */
  get idle(): boolean {
    const { outstanding, exchanges, timers } = this.#core;
    return outstanding === 0 && exchanges.size === 0 && timers.size === 0;
  }

  /** The whole state, for display and tests; not to be changed. */
  get state(): Readonly<Core> {
    return this.#core;
  }

  /**
   * Takes one event at time `now` and appends what is to be done, in order. Events of exchanges and timers
   * that were cancelled or are unknown do nothing.
   * @param now microseconds, never less than in an earlier call
   */
  step(event: ResolverEvent, now: Micros, actions: ResolverAction[]): void {
    const core = this.#core;
    core.now = now;
    core.actions = actions;
    this.#route(event);
    work(core);
    while (core.refreshes.length > 0) {
      refresh(core, core.refreshes.shift()!);
      work(core);
    }
    core.actions = NO_ACTIONS;
  }

  /**
   * What a `query` event would be answered at once, if that is all it would cause; undefined when a step is
   * needed (a miss, or a hit that starts a prefetch). Changes nothing but the counters.
   */
  peek(question: Question, now: Micros): Answer | undefined {
    const core = this.#core;
    const answer = answerFromCache(core, question, now);
    if (answer === undefined) return undefined;
    if (core.options.prefetch !== undefined && hitNeedsStep(core, question, now)) return undefined;
    core.counters.queries++;
    core.counters.hits++;
    return answer;
  }

  /** What the cache answers, without counting it and whatever else a hit would cause. */
  held(question: Question, now: Micros): Answer | undefined {
    return answerFromCache(this.#core, question, now);
  }

  /** What a complete chain of cached entries from a question to its end has in common; undefined without one. */
  holds({ name, type }: Question, now: Micros): HeldChain | undefined {
    const { cache, options } = this.#core;
    let storedAt = Number.NEGATIVE_INFINITY;
    let ttlSeconds = Number.POSITIVE_INFINITY;
    for (let links = 0, at = name; links <= options.maximumCnames; links++) {
      const entry = cache.answer(at, type, now);
      if (entry === undefined) return undefined;
      storedAt = Math.max(storedAt, entry.storedAt);
      ttlSeconds = Math.min(ttlSeconds, entry.ttlSeconds);
      if (isFinal(entry, type)) return { storedAt, ttlSeconds, negative: entry.kind !== 'data' };
      at = targetOf(entry.rrset!);
    }
    return undefined;
  }

  /** Forgets all cached data and failures; what is known of servers stays. Resolutions under way go on. */
  flush(): void {
    const { cache, delegations, parentSide, failures, denials, secureCuts } = this.#core;
    for (const store of [cache, delegations, parentSide]) store.clear();
    failures.clear();
    denials?.clear();
    secureCuts?.clear();
  }

  /** Forgets one name, or with `below` everything under it too. */
  flushName(name: Name, below = false): void {
    const { cache, delegations, parentSide, failures } = this.#core;
    for (const store of [cache, delegations, parentSide])
      below ? store.removeBelow(name) : store.remove(name);
    failures.remove(name, below);
    this.#core.denials?.clear();
  }

  /** Forgets what is known of servers: round-trip times, time-outs, lameness. */
  flushServers(): void {
    this.#core.infra.clear();
    this.#core.throttle?.clear();
  }

  #route(event: ResolverEvent): void {
    switch (event.kind) {
      case 'query':
        receiveQuery(this.#core, event.ticket, event.question, event.recursionDesired ?? true);
        break;
      case 'timer':
        this.#timer(event.timer);
        break;
      default:
        this.#exchange(event);
    }
  }

  #timer(timer: TimerId): void {
    const lookup = this.#core.timers.get(timer);
    this.#core.timers.delete(timer);
    if (lookup) lookupTimer(this.#core, lookup);
    else this.#core.forwarder?.pauseEnded(this.#core, timer);
  }

  #exchange(event: Extract<ResolverEvent, { readonly exchange: ExchangeId }>): void {
    const exchange = this.#core.exchanges.get(event.exchange);
    if (exchange === undefined) {
      this.#core.forwarder?.probeEnded(this.#core, event.exchange, event.kind === 'reply');
      return;
    }
    if (event.kind === 'reply') receiveReply(this.#core, exchange, event.message);
    else if (event.kind === 'timeout') receiveTimeout(this.#core, exchange);
    else receiveUnreachable(this.#core, exchange);
  }
}

/** Takes everything that has become possible as far as it goes. */
function work(core: Core): void {
  for (let index = 0; index < core.ready.length; index++) {
    const next = core.ready[index]!;
    if (next.kind === 'fetch') proceed(core, next);
    else resumeLookup(core, next);
  }
  core.ready.length = 0;
}
