/**
 * What a resolver remembers of server addresses: round-trip times, time-outs in a row, lameness per zone.
 *
 * Not modelled: EDNS support, cookies, and memory per (address, zone) for anything but lameness.
 */
import type { Micros } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import { A, AAAA, type RrType } from '../data/rrtype.ts';
import type { ResolverOptions } from './options.ts';
import { baseTimeout, isUnheard, type RttMemory, takeSample } from './rtt.ts';

/** Before any time, negative ones included (a run may be warmed up before its start). */
const NEVER: Micros = Number.NEGATIVE_INFINITY;

/** So many time-outs multiply the next, and no more (Knot Resolver 5.6 selection.c MAX_BACKOFF; 6.4: 5). */
const MOST_DOUBLINGS = 8;

export interface ServerMemory extends RttMemory {
  createdAt: Micros;
  /** Too old, but for this: it had put the address out of use, which now gets one query. */
  onTrial: boolean;
  /** The time-out that losses have led to; 0 while there are none. */
  backedOffMicros: Micros;
  /** No query before this instant. */
  quarantinedUntil: Micros;
  quarantineMicros: Micros;
  /** Losses since the last reply, by type of question: A, AAAA, others. */
  lossesByType: [number, number, number];
  /** Until when a TCP connection is being opened. */
  connectingUntil: Micros;
  /** When `preference` was set. */
  preferenceAt: Micros;
  /** Zones the address is lame for, with the end of the memory. */
  lame: Map<Name, Micros> | undefined;
}

export class Infra {
  readonly #servers: Map<string, ServerMemory> = new Map();
  /** Zones whose delegation is not refreshed again before this. */
  readonly #refreshed: Map<Name, Micros> = new Map();
  readonly #options: ResolverOptions;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /**
   * What is known of an address; undefined when nothing is, or when it is too old. That an address was out of use is
   * never too old: only a reply to the query that it is tried with ends it (Unbound infra.c infra_host()).
   */
  known(address: string, now: Micros): ServerMemory | undefined {
    const memory = this.#servers.get(address);
    if (memory === undefined || memory.onTrial || now < this.#endOf(memory)) return memory;
    if (this.#isOut(memory)) {
      memory.onTrial = true;
      memory.lame = undefined;
      return memory;
    }
    this.#servers.delete(address);
    return undefined;
  }

  /** As `known`, begun when there is nothing. */
  memory(address: string, now: Micros): ServerMemory {
    const known = this.known(address, now);
    if (known) return known;
    const fresh = blankMemory(now);
    this.#servers.set(address, fresh);
    return fresh;
  }

  replied(address: string, rttMicros: Micros, now: Micros, type?: RrType): void {
    const memory = this.memory(address, now);
    if (this.#isOut(memory)) memory.smoothedMicros = undefined;
    takeSample(memory, rttMicros, this.#options, now);
    memory.onTrial = false;
    if (type !== undefined) memory.lossesByType[typeClass(type)] = 0;
    memory.timeoutsInRow = 0;
    memory.backedOffMicros = 0;
    memory.quarantinedUntil = NEVER;
    memory.quarantineMicros = 0;
  }

  /**
   * No reply. A loss that was waited for longer than would be now does not back off: a reply came meanwhile, or the
   * memory has begun anew. Where it has come to its end, it begins anew with this loss (Unbound infra.c
   * infra_rtt_update(), rtt.c rtt_lost()).
   * @param waited the time-out that ended; the present one when left out
   */
  timedOut(address: string, now: Micros, waited?: Micros, type?: RrType): void {
    const known = this.known(address, now);
    if (known?.onTrial) this.#servers.delete(address);
    const isKnown = known !== undefined && !known.onTrial;
    const memory = this.memory(address, now);
    const { backoffFactor, backoffScope, maximumTimeoutMicros, upstream } = this.#options;
    const current = this.timeoutMicros(address, 0, now);
    const lost = waited ?? current;
    const comparable = backoffScope === 'server' || memory.smoothedMicros !== undefined;
    const isObsolete = isKnown && comparable && current < lost;
    memory.timeoutsInRow++;
    if (type !== undefined) memory.lossesByType[typeClass(type)]++;
    if (!isObsolete && memory.timeoutsInRow > upstream.freeTries) {
      memory.backedOffMicros = Math.min(Math.max(lost * backoffFactor, current), maximumTimeoutMicros);
    }
    this.#quarantine(memory, lost, now);
  }

  /** A query is on its way: where one at a time is all an address gets, others keep off until it is decided. */
  probed(address: string, now: Micros, timeoutMicros: Micros): void {
    const memory = this.known(address, now);
    if (memory === undefined) return;
    const { probe } = this.#options.upstream;
    if (memory.onTrial) {
      memory.onTrial = false;
      memory.createdAt = now;
    }
    if (probe && memory.timeoutsInRow > 0 && timeoutMicros >= probe.fromMicros)
      memory.quarantinedUntil = now + timeoutMicros + probe.marginMicros;
    if (memory.quarantineMicros > 0 && this.#options.quarantine?.probesOnce)
      memory.quarantinedUntil = now + memory.quarantineMicros;
  }

  /** Whether a TCP connection to the address has been begun and may yet be opened. */
  isConnecting(address: string, now: Micros): boolean {
    return now < (this.known(address, now)?.connectingUntil ?? NEVER);
  }

  /**
   * A query needs a TCP connection: one is begun, or the one on the way is waited for.
   * @param patience how long a new one may take
   * @returns how long it may still take
   */
  connect(address: string, now: Micros, patience: Micros): Micros {
    const memory = this.memory(address, now);
    if (now >= memory.connectingUntil) memory.connectingUntil = now + patience;
    return memory.connectingUntil - now;
  }

  /** The connection is open. */
  connected(address: string, now: Micros): void {
    this.memory(address, now).connectingUntil = NEVER;
  }

  isQuarantined(address: string, now: Micros, type?: RrType): boolean {
    return now < this.outOfUseUntil(address, now, type);
  }

  /**
   * When the address may be asked again; not later than `now` when it may.
   * @param type of the question: while an address gets one query at a time, one of a type that was seldom lost goes
   * out all the same (Unbound infra.c infra_get_lame_rtt())
   */
  outOfUseUntil(address: string, now: Micros, type?: RrType): Micros {
    const memory = this.known(address, now);
    if (memory === undefined || memory.onTrial) return NEVER;
    if (now < memory.quarantinedUntil && this.#isSeldomLost(memory, type)) return NEVER;
    return this.#isOut(memory) ? this.#endOf(memory) : memory.quarantinedUntil;
  }

  markLame(address: string, zone: Name, now: Micros): void {
    if (this.#options.lameSeconds <= 0) return;
    const memory = this.memory(address, now);
    memory.lame ??= new Map();
    memory.lame.set(zone, now + this.#options.lameSeconds * SECOND);
  }

  isLame(address: string, zone: Name, now: Micros): boolean {
    const until = this.known(address, now)?.lame?.get(zone);
    return until !== undefined && now < until;
  }

  /** Whether nothing is known of how fast the address is, nor that it is silent. */
  isUnheard(address: string, now: Micros): boolean {
    const memory = this.known(address, now);
    return isUnheard(memory, this.#options) && !memory?.timeoutsInRow;
  }

  /**
   * How long to wait for a reply.
   * @param earlierSends sends of the same question to this address so far
   * @param fetchTimeouts time-outs of the fetch so far
   */
  timeoutMicros(address: string, earlierSends: number, now: Micros, fetchTimeouts = 0): Micros {
    const options = this.#options;
    const memory = this.known(address, now);
    if (options.backoffScope === 'server' && memory && memory.backedOffMicros > 0)
      return Math.round(memory.backedOffMicros);
    const { freeTries } = options.upstream;
    const counts = options.upstream.unknownBackoff === 'fetch' && this.isUnheard(address, now);
    const others = counts ? fetchTimeouts : 0;
    const sends = options.backoffScope === 'question' ? earlierSends : this.#losses(memory);
    const power = Math.min(Math.max(sends - freeTries, 0) + others, MOST_DOUBLINGS);
    const wait = baseTimeout(memory, options, options.backoffFactor ** power);
    return Math.round(Math.min(wait, options.maximumTimeoutMicros));
  }

  /** The parent was asked for the delegation of `zone` again. */
  refreshed(zone: Name, now: Micros): void {
    const pause = this.#options.upstream.refreshPauseSeconds;
    if (pause > 0) this.#refreshed.set(zone, now + pause * SECOND);
  }

  isRefreshed(zone: Name, now: Micros): boolean {
    return now < (this.#refreshed.get(zone) ?? NEVER);
  }

  clear(): void {
    this.#servers.clear();
    this.#refreshed.clear();
  }

  #losses(memory: ServerMemory | undefined): number {
    return this.#options.backoffScope === 'losses' ? (memory?.timeoutsInRow ?? 0) : 0;
  }

  #endOf({ createdAt }: ServerMemory): Micros {
    return createdAt + this.#options.serverMemorySeconds * SECOND;
  }

  /** Whether losses have led to a time-out with which an address is no longer asked. */
  #isOut({ backedOffMicros }: ServerMemory): boolean {
    const { probe } = this.#options.upstream;
    return probe !== undefined && backedOffMicros >= probe.outMicros;
  }

  #isSeldomLost(memory: ServerMemory, type: RrType | undefined): boolean {
    const { probe } = this.#options.upstream;
    return (
      probe !== undefined && type !== undefined && memory.lossesByType[typeClass(type)] < probe.typeLosses
    );
  }

  #quarantine(memory: ServerMemory, waited: Micros, now: Micros): void {
    const options = this.#options.quarantine;
    if (options === undefined || memory.timeoutsInRow < options.afterTimeouts) return;
    if (waited < options.leastTimeoutMicros) return;
    const first = memory.quarantineMicros === 0;
    const pause = first ? options.firstMicros : memory.quarantineMicros * options.factor;
    memory.quarantineMicros = Math.min(pause, options.maximumMicros);
    memory.quarantinedUntil = now + memory.quarantineMicros;
  }
}

/** Where losses of a type are counted: A, AAAA, others. */
function typeClass(type: RrType): 0 | 1 | 2 {
  if (type === A) return 0;
  return type === AAAA ? 1 : 2;
}

function blankMemory(now: Micros): ServerMemory {
  return {
    createdAt: now,
    onTrial: false,
    smoothedMicros: undefined,
    deviationMicros: 0,
    timeoutsInRow: 0,
    backedOffMicros: 0,
    quarantinedUntil: NEVER,
    quarantineMicros: 0,
    lossesByType: [0, 0, 0],
    connectingUntil: NEVER,
    preference: undefined,
    preferenceAt: now,
    lame: undefined,
  };
}
