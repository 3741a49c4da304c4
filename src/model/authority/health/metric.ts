/**
 * An alarm on what an endpoint's service reports about itself, as Amazon CloudWatch and its like keep it: one data
 * point per period, an alarm after so many bad ones in a row, and a rule for data that are missing.
 *
 * The data point of a period is the share of requests that fail at its end. A service that is down or cut off with
 * its region reports nothing. Not modelled: data that arrive late, M out of N data points, percentiles.
 */
import type { Entity } from '../../../kernel/simulation.ts';
import type { MetricSpec } from '../../spec.ts';
import { regionState } from '../../timeline/exposure.ts';
import type { HealthCheckParts, Subject } from './health-check.ts';
import type { Stoppable } from './switches.ts';

type DataPoint = 'good' | 'bad' | 'missing';

export class MetricCheck implements Entity, Stoppable {
  readonly name: string;
  readonly #subject: Subject;
  readonly #spec: MetricSpec;
  readonly #parts: HealthCheckParts;
  readonly #entity: number;
  #last: DataPoint = 'good';
  #inRow = 0;
  #healthy = true;
  /** Counts beginnings and ends: a data point of an earlier life is void. */
  #life = 0;

  /** Registers with the simulation and schedules the first data point. */
  constructor(subject: Subject, spec: MetricSpec, parts: HealthCheckParts) {
    this.name = `alarm of ${subject.name}`;
    this.#subject = subject;
    this.#spec = spec;
    this.#parts = parts;
    this.#entity = parts.simulation.add(this);
    this.#begin();
  }

  stop(): void {
    this.#life++;
  }

  begin(): void {
    this.#life++;
    [this.#last, this.#inRow] = ['good', 0];
    this.#begin();
  }

  #begin(): void {
    this.#turn(!this.#spec.inverted);
    this.#parts.simulation.schedule(this.#spec.period, this.#entity, 0, this.#life);
  }

  receive(_kind: number, life: number): void {
    if (life !== this.#life) return;
    const point = this.#measure();
    this.#inRow = point === this.#last ? this.#inRow + 1 : 1;
    this.#last = point;
    if (this.#inRow >= this.#spec.points) this.#settle(point);
    this.#parts.simulation.schedule(this.#spec.period, this.#entity, 0, life);
  }

  describe(): string {
    return 'data point';
  }

  #measure(): DataPoint {
    const { board } = this.#parts;
    const { down, checkedErrors } = board.endpoint(this.#subject.endpoint);
    if (down !== 'none' || regionState(board, this.#subject.region).down !== 'none') return 'missing';
    return checkedErrors >= this.#spec.threshold ? 'bad' : 'good';
  }

  #settle(point: DataPoint): void {
    const { missing, inverted } = this.#spec;
    if (point === 'missing' && missing === 'last-known') return;
    const well = point === 'missing' ? missing === 'healthy' : point === 'good';
    // What missing data say is said of the check itself, not of the metric: it is not inverted.
    this.#turn(point === 'missing' ? well : well !== inverted);
  }

  #turn(healthy: boolean): void {
    if (healthy === this.#healthy) return;
    this.#healthy = healthy;
    this.#parts.onVerdict(healthy);
  }
}
