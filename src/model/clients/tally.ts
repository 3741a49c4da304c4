/**
 * What one population has seen so far, as plain counts: sums only, so the order in which cells are played
 * does not matter.
 */
import type { Micros } from '../../base/time.ts';
import { OUTCOMES, type OutcomeCode, SERVED_OLD } from '../outcome.ts';

/** Latency bin b covers [2^(b/4), 2^((b+1)/4)) µs, bin 0 everything below; four bins an octave. */
const LATENCY_BINS = 160;

export class Tally {
  readonly bucket: Micros;
  /** Requests made in each bucket that succeeded, or failed. */
  readonly served: Float64Array;
  readonly failed: Float64Array;
  readonly outcomes: Float64Array = new Float64Array(OUTCOMES.length);
  readonly latencies: Float64Array = new Float64Array(LATENCY_BINS);
  /** By cause code: failed requests, and client time without service. */
  readonly causeRequests: Float64Array = new Float64Array(256);
  readonly causeMicros: Float64Array = new Float64Array(256);
  /** Requests answered at each hop on the client's side. */
  connectionHits = 0;
  applicationHits = 0;
  osHits = 0;
  /** Look-ups that reached the operating system, by bucket. */
  readonly osQueries: Float64Array;
  /**
   * Look-ups of requests in the clients' caches beyond one for each finished request, by bucket: further types and
   * attempts add, kept connections take away.
   */
  readonly furtherLookups: Float64Array;
  /** Answers with an address, and those whose address the current data no longer named. */
  answered = 0;
  stale = 0;
  /** Answers with an address the current data name, but for clients of other regions. */
  far = 0;

  /** The bin found last: most requests of a time take equally long. */
  #lastLatency: Micros = 0;
  #lastBin = 0;

  constructor(duration: Micros, bucket: Micros) {
    this.bucket = bucket;
    const buckets = Math.ceil(duration / bucket);
    this.served = new Float64Array(buckets);
    this.failed = new Float64Array(buckets);
    this.osQueries = new Float64Array(buckets);
    this.furtherLookups = new Float64Array(buckets);
  }

  /** Counts one finished request by the time it was made. */
  finish(madeAt: Micros, outcome: OutcomeCode, latency: Micros): void {
    const bucket = Math.floor(madeAt / this.bucket);
    const series = outcome <= SERVED_OLD ? this.served : this.failed;
    series[bucket]! += 1;
    this.furtherLookups[bucket]! -= 1;
    this.outcomes[outcome]! += 1;
    if (latency !== this.#lastLatency) {
      this.#lastLatency = latency;
      this.#lastBin = latencyBin(latency);
    }
    this.latencies[this.#lastBin]! += 1;
  }
}

export function latencyBin(latency: Micros): number {
  if (latency < 1) return 0;
  return Math.min(Math.floor(4 * Math.log2(latency)), LATENCY_BINS - 1);
}
