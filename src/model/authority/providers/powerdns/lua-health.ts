/**
 * The health plane of a PowerDNS provider: every process sweeps its own targets in the background.
 *
 * A target is checked once a record that was asked for looks at it. A record asked for once is taken to be asked for
 * from then on, and from every region: whatever it would look at now is a target now. What records no longer look at
 * (the sets behind one that is up) is forgotten after the time for idle checks, as in PowerDNS.
 *
 * A process that is down with a refusal is gone and comes back with an empty table; one that is only silent keeps
 * what it knows. Not modelled: a restart when the queue of queries overflows.
 */
import { MILLISECOND, type Micros, SECOND } from '../../../../base/time.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { WorldSpec } from '../../../spec.ts';
import type { ProviderContext } from '../../provider.ts';
import { askedNames, ownersFor } from './asked-names.ts';
import type { Asks } from './asks.ts';
import type { Setting } from './evaluation.ts';
import { Process } from './process.ts';
import { processesOf } from './processes.ts';
import { Runner } from './runner.ts';
import { READING, SWEEP } from './wake.ts';
import { ZoneBook } from './zone-book.ts';

export class LuaHealth {
  readonly #book: ZoneBook;
  readonly #processes: readonly Process[];
  readonly #context: ProviderContext;
  readonly #asks: Asks | undefined;
  /** Owners of the records that clients ask for at the start. */
  readonly #expected: readonly Name[];
  /** When what was asked was read last, and when it last began to matter. */
  #readAt: Micros = 0;
  #openedAt: Micros = 0;
  #isReading = false;

  /** @param asks what the edge is asked for; absent: everything is checked always */
  constructor(
    context: ProviderContext,
    setting: Setting,
    zones: ReadonlyMap<number, Zone>,
    asks: Asks | undefined,
  ) {
    const { spec, index } = context;
    this.#context = context;
    this.#asks = asks;
    const on = setting.options.luaRecords !== 'no';
    this.#book = new ZoneBook(on ? zones : new Map());
    const runner = new Runner(setting);
    const hasRecords = on && this.#book.programs().length > 0;
    const places = hasRecords || changesLua(context) ? processesOf(spec.providers[index]!, spec) : [];
    const asked = asks && ownersAsked(spec, this.#book);
    this.#expected = asked ?? [];
    this.#processes = places.map((place) => {
      const wake = (delay: Micros, kind: number, number: number): void =>
        context.wake(delay, kind, number * places.length + place.index);
      if (setting.options.isWarm) for (const owner of asked ?? []) asks?.note(place.index, owner, LONG_AGO);
      return new Process(place, { context, setting, book: this.#book, runner, wake, asked });
    });
    this.#open(0);
  }

  zoneChanged(index: number, zone: Zone, now: Micros): void {
    if (this.#processes.length === 0) return;
    this.#book.put(index, zone);
    for (const one of this.#processes) one.review(now);
    this.#open(now);
  }

  planesChanged(now: Micros): void {
    for (const one of this.#processes) one.planesChanged(now);
    this.#open(now);
  }

  /** Some process may be asked for something for the first time from now on. */
  #open(now: Micros): void {
    this.#openedAt = now;
    if (this.#isReading || !this.#awaits(this.#owners())) return;
    this.#isReading = true;
    this.#readAt = now;
    this.#context.wake(SHORTEST, READING, 0);
  }

  /** All cells come to this instant, and had come to the one before: what was asked until then is known. */
  #read(now: Micros): void {
    this.#isReading = false;
    this.#processes.forEach((one, process) => {
      one.askedFor(this.#asks?.before(process, this.#readAt) ?? [], now);
    });
    this.#readAt = now;
    if (!this.#awaits(this.#owners())) return;
    this.#isReading = true;
    this.#context.reveal({ kind: 'own', provider: this.#context.index, state: { kind: 'reading' } });
    const waited = now - this.#openedAt;
    const soon = this.#awaits(this.#expected) ? Math.max(SOON, waited * LATER) : LONGEST;
    const delay = Math.min(Math.max(waited * OF_THE_WAIT, SHORTEST), soon, LONGEST);
    this.#context.wake(Math.round(delay), READING, 0);
  }

  /** Owners of all records. */
  #owners(): Name[] {
    return this.#book.programs().map(({ name }) => name);
  }

  #awaits(owners: readonly Name[]): boolean {
    return this.#processes.some((one) => one.awaits(owners));
  }

  /** @param a the number of the process, and above it what that wanted to be told */
  woken(kind: number, a: number, now: Micros): void {
    if (kind === READING) {
      this.#read(now);
      return;
    }
    const woken = this.#processes[a % this.#processes.length]!;
    const number = Math.floor(a / this.#processes.length);
    if (kind === SWEEP) woken.sweep(number, now);
    else woken.result(number, now);
  }
}

/** No query of a run is as old. */
const LONG_AGO: Micros = Number.NEGATIVE_INFINITY;

/** Readings follow one another faster while the first questions are due. */
const SHORTEST: Micros = 100 * MILLISECOND;
const LONGEST: Micros = 5 * SECOND;
/** While something is missing that clients ask for as things stand; every reading costs all cells a stop. */
const SOON: Micros = SECOND;
const LATER = 1 / 600;
const OF_THE_WAIT = 0.1;

/** Records that clients ask for, by their owners. */
function ownersAsked(spec: WorldSpec, book: ZoneBook): Name[] {
  return [...askedNames(spec)].flatMap((name) => ownersFor(name).find((owner) => book.at(owner)) ?? []);
}

/** Whether the timeline changes zones: then LUA records may come that are not there at the start. */
function changesLua({ spec }: ProviderContext): boolean {
  return spec.timeline.some((item) => item.kind === 'change' && item.change.kind === 'zone');
}
