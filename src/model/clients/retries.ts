/** When an application tries again after a failed request. */
import type { Micros } from '../../base/time.ts';
import type { RetryRule } from '../../profiles/client-behaviour.ts';

/** How long an application waits after `made` retries before the next; `undefined` when it makes no more. */
export function waitBefore(
  { count, firstDelay, factor, delays }: RetryRule,
  made: number,
): Micros | undefined {
  if (delays !== undefined) return delays[made];
  return made < count ? Math.round(firstDelay * factor ** made) : undefined;
}
