/**
 * Numbers of health signals: the checks that stand by themselves come first, in the order of `WorldSpec.checks`,
 * then the endpoints' own checks by endpoint. A signal that nothing feeds stays healthy.
 */
import type { HealthRef, WorldSpec } from '../../spec.ts';

/** The number of a signal. */
export function signalOf({ checks }: Pick<WorldSpec, 'checks'>, ref: HealthRef): number {
  return ref.kind === 'check' ? ref.check : (checks?.length ?? 0) + ref.endpoint;
}

/** What a signal is called, and the only provider that hears it, if there is one. */
export function describeSignal(
  { checks = [], endpoints }: Pick<WorldSpec, 'checks' | 'endpoints'>,
  signal: number,
): { readonly name: string; readonly provider?: number } {
  return checks[signal] ?? { name: endpoints[signal - checks.length]!.name };
}
