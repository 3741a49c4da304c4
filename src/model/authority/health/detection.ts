/** How long a health check takes from a fault to its verdict, at worst. */
import type { Micros } from '../../../base/time.ts';
import type { CheckSpec, HealthRef, SignalSpec, WorldSpec } from '../../spec.ts';

/** Of a signal; nothing where nobody feeds it. */
export function detectionTime(spec: WorldSpec, ref: HealthRef): Micros | undefined {
  if (ref.kind === 'check') return ofSignal(spec, spec.checks![ref.check]!.check);
  const { check } = spec.endpoints[ref.endpoint]!;
  return check && probeDetection(check);
}

/** A calculated check waits for the slowest of its children; an alarm for its data points. */
function ofSignal(spec: WorldSpec, signal: SignalSpec): Micros | undefined {
  if (signal.kind === 'probe') return probeDetection(signal.probe);
  if (signal.kind === 'metric') return signal.period * signal.points;
  const times = signal.of.flatMap((child) => detectionTime(spec, child) ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** The last probe that passed was just before the fault; every one after it runs into its time-out. */
export function probeDetection(check: CheckSpec): Micros {
  const { interval, timeout, failures, intervalFrom, recheck, aggregation = 0 } = check;
  const step = interval + (intervalFrom === 'response' ? timeout : 0);
  const again = recheck ? recheck.times * (recheck.after + timeout) : 0;
  return interval + (failures - 1) * step + timeout + again + aggregation;
}
