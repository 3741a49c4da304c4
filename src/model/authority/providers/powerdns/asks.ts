/**
 * Which records each process has been asked for: what it has never been asked for it does not check.
 *
 * Told by the edge, read by the health plane, as loads are fed back. Cells play ahead of each other between two instants
 * that all of them come to, so the plane reads no more than what was asked up to the reading before. A first question is
 * thus noticed within a fifth of a second after a start, and within two seconds for ten minutes.
 */
import type { Micros } from '../../../../base/time.ts';
import type { Name } from '../../../../dns/data/name.ts';

/** A record, and when a process was asked for it first. */
export interface FirstAsk {
  readonly owner: Name;
  readonly at: Micros;
}

export class Asks {
  /** By process: when a record was asked for first. */
  readonly #first: readonly Map<Name, Micros>[];

  constructor(processes: number) {
    this.#first = Array.from({ length: processes }, () => new Map());
  }

  /** The order in which cells tell does not matter. @param owner of the record */
  note(process: number, owner: Name, now: Micros): void {
    const first = this.#first[process]!;
    const known = first.get(owner);
    if (known === undefined || now < known) first.set(owner, now);
  }

  /** Whether a process was ever asked for the record, or is taken to have been. */
  has(process: number, owner: Name): boolean {
    return this.#first[process]!.has(owner);
  }

  /** A new process has been asked for nothing. */
  forget(process: number): void {
    this.#first[process]!.clear();
  }

  /** What a process had been asked for before an instant. */
  before(process: number, limit: Micros): FirstAsk[] {
    return [...this.#first[process]!].flatMap(([owner, at]) => (at < limit ? [{ owner, at }] : []));
  }
}
