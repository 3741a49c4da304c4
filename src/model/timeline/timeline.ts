/**
 * Turns the timeline of the specification into events of the shared simulation.
 *
 * All of them are scheduled when the world is built, before anything else, so a fault or change precedes every
 * other event of the same instant. A fault that ramps begins with a tenth of its severity a tenth of the ramp
 * after its start, and so on in ten equal steps; a fault that ends before its ramp is over just ends.
 *
 * Not modelled: changes of the timeline during a run.
 */
import type { Micros } from '../../base/time.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import type { ChangeSpec, FaultSpec, TimelineSpec } from '../spec.ts';

/** Equal steps of a ramp, as the specification of faults has it. */
export const RAMP_STEPS = 10;

/** Kinds of message; `a` is the item, `b` the step of a severity. */
const SEVERITY = 0;
const CHANGE = 1;

export interface TimelineListener {
  /** The fault at `item` now has this severity, 0 to 1; 0 = it is over. */
  severityChanged(item: number, severity: number): void;
  /** The change at `item` is made now. */
  changeMade(item: number, change: ChangeSpec['change'], label: string): void;
}

export class Timeline implements Entity {
  readonly name = 'timeline';
  readonly #items: readonly TimelineSpec[];
  readonly #listener: TimelineListener;

  /** Registers with the simulation and schedules every item. */
  constructor(items: readonly TimelineSpec[], simulation: Simulation, listener: TimelineListener) {
    this.#items = items;
    this.#listener = listener;
    const entity = simulation.add(this);
    items.forEach((item, index) => {
      if (item.kind === 'change') simulation.scheduleAt(item.at, entity, CHANGE, index);
      else for (const [at, step] of steps(item)) simulation.scheduleAt(at, entity, SEVERITY, index, step);
    });
  }

  receive(kind: number, item: number, step: number): void {
    const spec = this.#items[item]!;
    if (kind === SEVERITY) this.#listener.severityChanged(item, step / RAMP_STEPS);
    else if (spec.kind === 'change') this.#listener.changeMade(item, spec.change, spec.label);
  }

  describe(kind: number, item: number, step: number): string {
    const { label } = this.#items[item]!;
    return kind === SEVERITY ? `${label} at ${step}/${RAMP_STEPS}` : label;
  }
}

/** Severity of a fault at an instant between its start and its end, 0 to 1. */
export function severityAt({ at, ramp }: FaultSpec, now: Micros): number {
  if (now - at >= ramp) return 1;
  return Math.floor(((now - at) * RAMP_STEPS) / ramp) / RAMP_STEPS;
}

/** Times and severities (in steps) of a fault, ending with 0 unless it never ends. */
function steps(fault: FaultSpec): [Micros, number][] {
  const list: [Micros, number][] = [];
  const first = fault.ramp === 0 ? RAMP_STEPS : 1;
  for (let step = first; step <= RAMP_STEPS; step++) {
    const at = fault.at + Math.round((fault.ramp * step) / RAMP_STEPS);
    if (at < fault.until) list.push([at, step]);
  }
  if (fault.until < Number.POSITIVE_INFINITY && list.length > 0) list.push([fault.until, 0]);
  return list;
}
