/**
 * The health plane of a PowerDNS provider: every process sweeps its own targets in the background.
 *
 * A target is checked once some record has asked for it. Queries belong to the cells, so records are taken to be
 * asked all the time, from every region: whatever they would look at now is a target now. What they no longer
 * look at (the sets behind one that is up) is forgotten after the time for idle checks, as in PowerDNS. The
 * difference: a record nobody asks for has checks here and none there.
 *
 * A process that is down with a refusal is gone and comes back with an empty table; one that is only silent keeps
 * what it knows. Not modelled: a restart when the queue of queries overflows.
 */
import type { Micros } from '../../../../base/time.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { ProviderContext } from '../../provider.ts';
import type { Setting } from './evaluation.ts';
import { Process } from './process.ts';
import { processesOf } from './processes.ts';
import { Runner } from './runner.ts';
import { SWEEP } from './wake.ts';
import { ZoneBook } from './zone-book.ts';

export class LuaHealth {
  readonly #book: ZoneBook;
  readonly #processes: readonly Process[];

  constructor(context: ProviderContext, setting: Setting, zones: ReadonlyMap<number, Zone>) {
    const { spec, index } = context;
    const on = setting.options.luaRecords !== 'no';
    this.#book = new ZoneBook(on ? zones : new Map());
    const runner = new Runner(setting);
    const hasRecords = on && this.#book.programs().length > 0;
    const places = hasRecords || changesLua(context) ? processesOf(spec.providers[index]!, spec) : [];
    this.#processes = places.map((place) => {
      const wake = (delay: Micros, kind: number, number: number): void =>
        context.wake(delay, kind, number * places.length + place.index);
      return new Process(place, { context, setting, book: this.#book, runner, wake });
    });
  }

  zoneChanged(index: number, zone: Zone, now: Micros): void {
    if (this.#processes.length === 0) return;
    this.#book.put(index, zone);
    for (const one of this.#processes) one.review(now);
  }

  planesChanged(now: Micros): void {
    for (const one of this.#processes) one.planesChanged(now);
  }

  /** @param a the number of the process, and above it what that wanted to be told */
  woken(kind: number, a: number, now: Micros): void {
    const woken = this.#processes[a % this.#processes.length]!;
    const number = Math.floor(a / this.#processes.length);
    if (kind === SWEEP) woken.sweep(number, now);
    else woken.result(number, now);
  }
}

/** Whether the timeline changes zones: then LUA records may come that are not there at the start. */
function changesLua({ spec }: ProviderContext): boolean {
  return spec.timeline.some((item) => item.kind === 'change' && item.change.kind === 'zone');
}
