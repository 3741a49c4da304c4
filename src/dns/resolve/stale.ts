/**
 * Serve-stale (RFC 8767): when expired data may be given out, and with which TTL.
 *
 * Not modelled: expired delegations and glue used to reach servers.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { CacheEntry } from '../cache/entry.ts';
import type { Name } from '../data/name.ts';
import type { RrType } from '../data/rrtype.ts';
import type { Core } from './state.ts';

/** Whether a refresh failed so recently that stale data goes out without another try (RFC 8767 §5). */
export function heldBack(core: Core, name: Name, type: RrType, now: Micros): boolean {
  const stale = core.options.serveStale;
  const failure = stale && core.failures.last(name, type);
  if (failure === undefined) return false;
  return now < Math.max(failure.until, failure.failedAt + stale!.recheckSeconds * SECOND);
}

/** Whether this expired entry is of a kind that is served. */
export function usableWhenStale(core: Core, entry: CacheEntry): boolean {
  return entry.kind !== 'nxdomain' || core.options.serveStale?.nxdomain === true;
}

/** TTL on a stale answer (RFC 8767 §5: 30 s). */
export function staleSeconds(core: Core, entry: CacheEntry): Seconds {
  const stale = core.options.serveStale;
  if (stale === undefined) return 0;
  return stale.capAtOriginalTtl ? Math.min(stale.answerTtlSeconds, entry.ttlSeconds) : stale.answerTtlSeconds;
}

/** Delay of the client response timer; undefined when stale data waits for the failure. */
export function clientTimer(core: Core): Micros | undefined {
  return core.options.serveStale?.clientTimerMicros;
}
