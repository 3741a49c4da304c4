/**
 * What a resolver remembers of server addresses: round-trip times, time-outs in a row, lameness per zone.
 *
 * Not modelled: EDNS support, cookies, and memory per (address, zone) for anything but lameness.
 */
import type { Micros } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import type { ResolverOptions } from './options.ts';

/** Share of a new sample in the smoothed round-trip time and in its deviation (RFC 6298 §2.3). */
const RTT_WEIGHT = 1 / 8;
const DEVIATION_WEIGHT = 1 / 4;

/** Before any time, negative ones included (a run may be warmed up before its start). */
const NEVER: Micros = Number.NEGATIVE_INFINITY;

export interface ServerMemory {
  readonly createdAt: Micros;
  /** Smoothed round-trip time and deviation (RFC 6298 §2); undefined until the first reply. */
  smoothedMicros: number | undefined;
  deviationMicros: number;
  timeoutsInRow: number;
  /** No query before this instant. */
  quarantinedUntil: Micros;
  quarantineMicros: Micros;
  /** The server selection's own estimate; undefined until it set one. */
  preference: number | undefined;
  preferenceAt: Micros;
  /** Zones the address is lame for, with the end of the memory. */
  lame: Map<Name, Micros> | undefined;
}

export class Infra {
  readonly #servers: Map<string, ServerMemory> = new Map();
  readonly #options: ResolverOptions;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /** What is known of an address; undefined when nothing is, or when it is too old. */
  known(address: string, now: Micros): ServerMemory | undefined {
    const memory = this.#servers.get(address);
    if (memory === undefined) return undefined;
    if (now < memory.createdAt + this.#options.serverMemorySeconds * SECOND) return memory;
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

  replied(address: string, rttMicros: Micros, now: Micros): void {
    const memory = this.memory(address, now);
    memory.timeoutsInRow = 0;
    memory.quarantinedUntil = NEVER;
    memory.quarantineMicros = 0;
    if (memory.smoothedMicros === undefined) {
      memory.smoothedMicros = rttMicros;
      memory.deviationMicros = rttMicros / 2;
      return;
    }
    const error = rttMicros - memory.smoothedMicros;
    memory.deviationMicros += DEVIATION_WEIGHT * (Math.abs(error) - memory.deviationMicros);
    memory.smoothedMicros += RTT_WEIGHT * error;
  }

  timedOut(address: string, now: Micros): void {
    const memory = this.memory(address, now);
    memory.timeoutsInRow++;
    this.#quarantine(memory, now);
  }

  /** A probe of a quarantined address is on its way: others keep off until it is decided. */
  probed(address: string, now: Micros): void {
    const memory = this.known(address, now);
    if (memory && memory.quarantineMicros > 0) memory.quarantinedUntil = now + memory.quarantineMicros;
  }

  isQuarantined(address: string, now: Micros): boolean {
    const memory = this.known(address, now);
    return memory !== undefined && now < memory.quarantinedUntil;
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

  /**
   * How long to wait for a reply.
   * @param earlierSends sends of the same question to this address so far
   */
  timeoutMicros(address: string, earlierSends: number, now: Micros): Micros {
    const options = this.#options;
    const memory = this.known(address, now);
    const scope = options.backoffScope === 'server' ? (memory?.timeoutsInRow ?? 0) : earlierSends;
    const wait = this.#baseTimeout(memory) * options.backoffFactor ** scope;
    return Math.round(Math.min(wait, options.maximumTimeoutMicros));
  }

  clear(): void {
    this.#servers.clear();
  }

  #baseTimeout(memory: ServerMemory | undefined): Micros {
    const { timeout, firstTimeoutMicros, minimumTimeoutMicros } = this.#options;
    if (timeout === 'fixed' || memory?.smoothedMicros === undefined) return firstTimeoutMicros;
    return Math.max(memory.smoothedMicros + 4 * memory.deviationMicros, minimumTimeoutMicros);
  }

  #quarantine(memory: ServerMemory, now: Micros): void {
    const options = this.#options.quarantine;
    if (options === undefined || memory.timeoutsInRow < options.afterTimeouts) return;
    const first = memory.quarantineMicros === 0;
    const pause = first ? options.firstMicros : memory.quarantineMicros * options.factor;
    memory.quarantineMicros = Math.min(pause, options.maximumMicros);
    memory.quarantinedUntil = now + memory.quarantineMicros;
  }
}

function blankMemory(now: Micros): ServerMemory {
  return {
    createdAt: now,
    smoothedMicros: undefined,
    deviationMicros: 0,
    timeoutsInRow: 0,
    quarantinedUntil: NEVER,
    quarantineMicros: 0,
    preference: undefined,
    preferenceAt: now,
    lame: undefined,
  };
}
