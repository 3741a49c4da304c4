/**
 * One zone at a secondary provider: a copy that is kept by zone transfers (RFC 5936, RFC 1995) from its primary.
 *
 * The copy's own SOA sets the timers (RFC 1035 §3.3.13): the primary is asked every REFRESH, after a failure every
 * RETRY; EXPIRE after the last contact the copy is given up, and the servers answer SERVFAIL until a transfer
 * succeeds (RFC 1034 §4.3.5). A NOTIFY (RFC 1996) makes the secondary ask at once; one that is lost is made up for by
 * the next refresh.
 *
 * Not modelled: serial numbers (any difference of the data is a newer version), packets and sizes of a transfer, the
 * way between the two, refused transfers, secondaries of secondaries.
 */
import { type Micros, SECOND } from '../../../base/time.ts';
import { soaRdata } from '../../../dns/zone/soa.ts';
import { Zone } from '../../../dns/zone/zone.ts';
import type { EventHandle } from '../../../kernel/future-event-list.ts';
import type { Entity, Simulation } from '../../../kernel/simulation.ts';
import type { Draw } from '../../outside.ts';

/** From a change at the primary until its NOTIFY: BIND's `notify-delay` (BIND 9 ARM). */
export const NOTIFY_DELAY: Micros = 5 * SECOND;
/** From asking for a newer version until it is served. Assumption: transfers of ordinary zones take about a second. */
export const TRANSFER_TIME: Micros = SECOND;

/** Kinds of message. */
const REFRESH = 0;
const NOTIFIED = 1;
const LOADED = 2;
const EXPIRED = 3;
const EVENT_NAMES = ['refresh', 'notify', 'transfer', 'expiry'];

export interface SecondaryParts {
  readonly simulation: Simulation;
  /** Where in its refresh interval the secondary is at the start. */
  readonly draw: Draw;
  /** What the primary holds at this moment. */
  primaryData(): Zone;
  /** Whether a transfer from the primary would succeed at this moment. */
  isReachable(): boolean;
  /** Every edge of the secondary serves this from now on. */
  publish(zone: Zone, what: 'transferred' | 'expired'): void;
}

export class Secondary implements Entity {
  readonly name: string;
  readonly #parts: SecondaryParts;
  readonly #entity: number;
  /** The last good copy, served unless it has expired. */
  #copy: Zone;
  #expired = false;
  #refresh: EventHandle = 0;
  #expiry: EventHandle = 0;

  constructor(name: string, copy: Zone, parts: SecondaryParts) {
    this.name = name;
    this.#parts = parts;
    this.#copy = copy;
    const { simulation, draw } = parts;
    this.#entity = simulation.add(this);
    const { refresh, expire } = this.#timers();
    const since = Math.floor(draw() * refresh);
    this.#refresh = simulation.schedule(refresh - since, this.#entity, REFRESH);
    this.#expiry = simulation.schedule(Math.max(expire - since, 0), this.#entity, EXPIRED);
  }

  /** The primary has a new version and says so. */
  notify(): void {
    this.#parts.simulation.schedule(NOTIFY_DELAY, this.#entity, NOTIFIED);
  }

  receive(kind: number): void {
    if (kind === LOADED) this.#load();
    else if (kind === EXPIRED) this.#expire();
    else if (kind === REFRESH || this.#parts.isReachable()) this.#ask();
  }

  describe(kind: number): string {
    return EVENT_NAMES[kind]!;
  }

  /** Asks the primary for its version, and sets the timers by how that went. */
  #ask(): void {
    const { simulation, isReachable, primaryData } = this.#parts;
    const { refresh, retry, expire } = this.#timers();
    const reached = isReachable();
    simulation.cancel(this.#refresh);
    this.#refresh = simulation.schedule(reached ? refresh : retry, this.#entity, REFRESH);
    if (!reached) return;
    simulation.cancel(this.#expiry);
    this.#expiry = simulation.schedule(expire, this.#entity, EXPIRED);
    if (this.#expired || primaryData() !== this.#copy)
      simulation.schedule(TRANSFER_TIME, this.#entity, LOADED);
  }

  #load(): void {
    const data = this.#parts.primaryData();
    if (data === this.#copy && !this.#expired) return;
    this.#copy = data;
    this.#expired = false;
    this.#parts.publish(data, 'transferred');
  }

  /** A zone without an SOA counts as not loaded: its servers answer SERVFAIL. */
  #expire(): void {
    this.#expired = true;
    this.#parts.publish(Zone.of(this.#copy.origin, []), 'expired');
  }

  #timers(): { readonly refresh: Micros; readonly retry: Micros; readonly expire: Micros } {
    const soa = soaRdata(this.#copy);
    const micros = (seconds: number | undefined): Micros => Math.max(seconds ?? 0, 1) * SECOND;
    return { refresh: micros(soa?.refresh), retry: micros(soa?.retry), expire: micros(soa?.expire) };
  }
}
