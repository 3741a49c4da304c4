/**
 * A population: the state of all its clients in typed arrays, a few bytes each, indexed by client (and slot).
 *
 * A slot is one (name, type) a client may hold an answer for. Clients of one cell lie next to each other.
 * Client caches start empty, whatever the start of the run: the first TTL after the start is their warm-up.
 *
 * Time without service runs from the making of a failed request to the end of the next success. A failure that
 * is booked after a later request has succeeded (its patience outlasted the fault) reopens the loss until the
 * next success; the cost is at most one request interval for the few clients that wait as the fault ends.
 */
import type { Micros } from '../../base/time.ts';
import { FROM_APPLICATION_CACHE, LAYERS } from '../outcome.ts';
import type { PopulationSpec } from '../spec.ts';
import { takesFirst } from './address-order.ts';
import { type HostMemory, hostMemory } from './stub/host-memory.ts';
import type { Tally } from './tally.ts';

/** The slots of one question of the population: `start` to `start + questions.length`. */
export interface SlotRange {
  readonly start: number;
  /** By type, in the order of the scenario: index into the answer table's questions. */
  readonly questions: readonly number[];
  /** With a search list, by candidate: the same for each name the question may mean. */
  readonly candidates?: readonly (readonly number[])[];
}

export class Population {
  readonly spec: PopulationSpec;
  readonly index: number;
  readonly slots: readonly SlotRange[];
  readonly slotCount: number;
  readonly tally: Tally;

  /** By client · slotCount + slot. Empty arrays where the layer keeps nothing. */
  readonly applicationExpiry: Float64Array;
  readonly applicationAnswer: Uint16Array;
  readonly osExpiry: Float64Array;
  readonly osAnswer: Uint16Array;
  /** What the hosts' caches remember beyond that; `undefined` = nothing. */
  readonly hostMemory: HostMemory | undefined;
  /** By client · number of questions + question. */
  readonly connectionExpiry: Float64Array;
  readonly connectionAnswer: Uint16Array;
  /** As the two above: when the connection was opened. Empty where connections may grow old. */
  readonly connectionOpened: Float64Array;
  /** As the connections: the address that failed last, left out until then. Empty where none is remembered. */
  readonly avoidedUntil: Float64Array;
  readonly avoidedAnswer: Uint16Array;
  /** By client · slotCount + slot: when a look-up last brought data. Empty where a failure replaces it. */
  readonly goodAt: Float64Array;
  /** How the application comes by what it holds, for causes: a cache, memory without an end, a timer. */
  readonly memory: string;
  /** A certain answer decides a request, and keeping it takes no more than its lifetime. */
  readonly plain: boolean;

  /** Time of the latest failed request not yet followed by a success; 0 = all is well. */
  readonly brokenSince: Float64Array;
  /** First success after the latest failure that counts (made at or after the first fault); 0 = none. */
  readonly recoveredAt: Float64Array;
  /** Time of the latest failed request of anyone that counts; 0 = none. */
  lastFailureAt: Micros = 0;
  /** Cause code of the latest failure while it lasts; 0 = all is well. Hot loops read this smaller array. */
  readonly cause: Uint8Array;

  constructor(spec: PopulationSpec, index: number, slots: readonly SlotRange[], tally: Tally) {
    this.spec = spec;
    this.index = index;
    this.slots = slots;
    this.slotCount = slots.reduce((sum, range) => sum + range.questions.length, 0);
    this.tally = tally;
    const held = spec.count * this.slotCount;
    const application = spec.application.cache.mode === 'none' ? 0 : held;
    const os = spec.stub.cache.mode === 'none' ? 0 : held;
    const connections = spec.application.keepAlive > 0 ? spec.count * slots.length : 0;
    this.applicationExpiry = new Float64Array(application);
    this.applicationAnswer = new Uint16Array(application);
    this.osExpiry = new Float64Array(os);
    this.osAnswer = new Uint16Array(os);
    this.hostMemory = hostMemory(spec.stub, this.osExpiry, this.osAnswer);
    this.connectionExpiry = new Float64Array(connections);
    this.connectionAnswer = new Uint16Array(connections);
    const { lifetime = Number.POSITIVE_INFINITY } = spec.application.connections ?? {};
    this.connectionOpened = new Float64Array(lifetime < Number.POSITIVE_INFINITY ? connections : 0);
    const avoided = spec.application.addresses?.avoid === undefined ? 0 : spec.count * slots.length;
    this.avoidedUntil = new Float64Array(avoided);
    this.avoidedAnswer = new Uint16Array(avoided);
    this.goodAt = new Float64Array(spec.application.hold === undefined ? 0 : application);
    this.plain = isPlain(spec);
    this.memory = memoryOf(spec);
    this.brokenSince = new Float64Array(spec.count);
    this.recoveredAt = new Float64Array(spec.count);
    this.cause = new Uint8Array(spec.count);
  }

  /** A request of `client`, made at `madeAt`, failed. */
  markBroken(client: number, madeAt: Micros, cause: number): void {
    this.#settleLoss(client, madeAt);
    this.tally.causeRequests[cause]! += 1;
    this.cause[client] = cause;
    this.lastFailureAt = Math.max(this.lastFailureAt, madeAt);
    this.brokenSince[client] = Math.max(madeAt, this.brokenSince[client]!, 1);
  }

  /** A request succeeded at `now`; failures made before `countFrom` do not count as affected. */
  markServed(client: number, now: Micros, countFrom: Micros): void {
    const since = this.brokenSince[client]!;
    if (since === 0) return;
    this.#settleLoss(client, now);
    if (since >= countFrom) this.recoveredAt[client] = Math.max(now, since + 1);
    this.brokenSince[client] = 0;
    this.cause[client] = 0;
  }

  /** Books the time without service up to `now` on the cause of the latest failure. */
  #settleLoss(client: number, now: Micros): void {
    const since = this.brokenSince[client]!;
    if (since > 0) this.tally.causeMicros[this.cause[client]!]! += Math.max(0, now - since);
  }
}

function memoryOf({ application: { polling, cache } }: PopulationSpec): string {
  if (polling !== undefined) return 'timer';
  return cache.mode === 'forever' ? 'kept-for-ever' : LAYERS[FROM_APPLICATION_CACHE]!;
}

function isPlain({ application, families }: PopulationSpec): boolean {
  const { restartEvery, hold, addresses } = application;
  if (restartEvery !== undefined || hold !== undefined || families !== undefined) return false;
  return takesFirst(addresses) && addresses?.avoid === undefined;
}
