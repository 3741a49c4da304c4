/** What can be watched while a run plays: finished requests one by one, and the story of a single request. */
import type { Micros } from '../../base/time.ts';
import type { Layer, Outcome } from '../outcome.ts';

/** One finished request. */
export interface Observation {
  /** When it was made, and how long it took. */
  readonly at: Micros;
  readonly latency: Micros;
  readonly population: string;
  /** Index in the population. */
  readonly client: number;
  readonly name: string;
  readonly outcome: Outcome;
  /** Empty for a success. */
  readonly cause: string;
  readonly layer: Layer;
  readonly address: string;
  readonly retries: number;
}

/** One step of a traced request. */
export interface TraceStep {
  readonly at: Micros;
  /** `application cache`, `OS cache`, `stub resolver`, `resolver isp`, `connection` ... */
  readonly where: string;
  /** Stable name of what happened. */
  readonly code: string;
  readonly text: string;
}

export type TraceSink = (step: TraceStep) => void;
