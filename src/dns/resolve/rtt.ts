/** Round-trip times: taking samples, and how long a reply is waited for on their ground. */
import type { Micros } from '../../base/time.ts';
import { MILLISECOND } from '../../base/time.ts';
import type { ResolverOptions } from './options.ts';

/** Share of a new sample in the smoothed round-trip time and in its deviation (RFC 6298 §2.3). */
const RTT_WEIGHT = 1 / 8;
const DEVIATION_WEIGHT = 1 / 4;

/** What is added to BIND's smoothed round-trip time, up to which value (resolver.c fctx_setretryinterval()). */
const FUDGE: readonly (readonly [belowMicros: Micros, addMicros: Micros])[] = [
  [50 * MILLISECOND, 50 * MILLISECOND],
  [100 * MILLISECOND, 100 * MILLISECOND],
  [Number.POSITIVE_INFINITY, 200 * MILLISECOND],
];

/** What time-outs depend on. */
export interface RttMemory {
  /** Time-outs since the last reply. */
  timeoutsInRow: number;
  /** Smoothed round-trip time and deviation (RFC 6298 §2); undefined until the first reply. */
  smoothedMicros: number | undefined;
  deviationMicros: number;
  /** The server selection's own estimate; undefined until it set one. */
  preference: number | undefined;
}

/**
 * Whether nothing is known of how fast an address is. To Knot Resolver 0 ms tells nothing (selection.c no_rtt_info()).
 */
export function isUnheard(memory: RttMemory | undefined, { timeout }: ResolverOptions): boolean {
  if (memory?.smoothedMicros === undefined) return true;
  return timeout === 'rounded-milliseconds' && memory.smoothedMicros === 0 && memory.timeoutsInRow === 0;
}

/** Takes a sample into the memory of an address: the reply came `now`. */
export function takeSample(
  memory: RttMemory,
  rttMicros: Micros,
  options: ResolverOptions,
  now: Micros,
): void {
  if (options.timeout === 'rounded-milliseconds') {
    const rtt = Math.floor(now / MILLISECOND) - Math.floor((now - rttMicros) / MILLISECOND);
    sampleRounded(memory, rtt, options);
    return;
  }
  if (options.timeout === 'whole-milliseconds') {
    sampleInMilliseconds(memory, Math.trunc(rttMicros / MILLISECOND), options.firstTimeoutMicros);
    return;
  }
  if (memory.smoothedMicros === undefined) {
    memory.smoothedMicros = rttMicros;
    memory.deviationMicros = rttMicros / 2;
    return;
  }
  const error = rttMicros - memory.smoothedMicros;
  memory.deviationMicros += DEVIATION_WEIGHT * (Math.abs(error) - memory.deviationMicros);
  memory.smoothedMicros += RTT_WEIGHT * error;
}

/**
 * As Unbound reckons (rtt.c rtt_update()): whole milliseconds, divisions that cut off, and a start with a
 * round-trip time of 0 and a quarter of the first time-out as deviation, so that the time-out comes down slowly.
 */
function sampleInMilliseconds(memory: RttMemory, rtt: number, firstTimeoutMicros: Micros): void {
  const smoothed = (memory.smoothedMicros ?? 0) / MILLISECOND;
  const known = memory.smoothedMicros !== undefined;
  const deviation = known ? memory.deviationMicros / MILLISECOND : firstTimeoutMicros / 4 / MILLISECOND;
  const error = rtt - smoothed;
  memory.smoothedMicros = (smoothed + Math.trunc(error / 8)) * MILLISECOND;
  memory.deviationMicros = (deviation + Math.trunc((Math.abs(error) - deviation) / 4)) * MILLISECOND;
}

/**
 * As Knot Resolver reckons (selection.c calc_rtt_state()): RFC 6298 in milliseconds of a clock that counts no smaller
 * ones, rounded. An address that timed out before its first reply began with 0 ms and a quarter of the first time-out.
 */
function sampleRounded(memory: RttMemory, rtt: number, options: ResolverOptions): void {
  if (isUnheard(memory, options) && memory.timeoutsInRow === 0) {
    memory.smoothedMicros = rtt * MILLISECOND;
    memory.deviationMicros = Math.trunc(rtt / 2) * MILLISECOND;
    return;
  }
  const smoothed = (memory.smoothedMicros ?? 0) / MILLISECOND;
  const begun = memory.smoothedMicros === undefined ? options.firstTimeoutMicros / 4 : memory.deviationMicros;
  const error = Math.abs(smoothed - rtt);
  memory.deviationMicros = Math.trunc((3 * (begun / MILLISECOND) + error + 2) / 4) * MILLISECOND;
  memory.smoothedMicros = Math.trunc((7 * smoothed + rtt + 4) / 8) * MILLISECOND;
}

/** The time-out without losses, `multiplied` by back-off. */
export function baseTimeout(
  memory: RttMemory | undefined,
  options: ResolverOptions,
  multiplied: number,
): Micros {
  const { timeout, firstTimeoutMicros, minimumTimeoutMicros, upstream } = options;
  if (timeout === 'selection') {
    return Math.max(minimumTimeoutMicros * multiplied, withFudge(memory?.preference ?? 0));
  }
  if (timeout === 'fixed' || memory?.smoothedMicros === undefined || isUnheard(memory, options))
    return firstTimeoutMicros * multiplied;
  const margin = Math.max(4 * memory.deviationMicros, upstream.marginMicros);
  return Math.max(memory.smoothedMicros + margin, minimumTimeoutMicros) * multiplied;
}

function withFudge(smoothedMicros: Micros): Micros {
  return smoothedMicros + FUDGE.find(([below]) => smoothedMicros < below)![1];
}
