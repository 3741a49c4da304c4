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
  /** Smoothed round-trip time and deviation (RFC 6298 §2); undefined until the first reply. */
  smoothedMicros: number | undefined;
  deviationMicros: number;
  /** The server selection's own estimate; undefined until it set one. */
  preference: number | undefined;
}

/** Takes a sample into the memory of an address. */
export function takeSample(memory: RttMemory, rttMicros: Micros, options: ResolverOptions): void {
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
  if (timeout === 'fixed' || memory?.smoothedMicros === undefined) return firstTimeoutMicros * multiplied;
  const margin = Math.max(4 * memory.deviationMicros, upstream.marginMicros);
  return Math.max(memory.smoothedMicros + margin, minimumTimeoutMicros) * multiplied;
}

function withFudge(smoothedMicros: Micros): Micros {
  return smoothedMicros + FUDGE.find(([below]) => smoothedMicros < below)![1];
}
