/**
 * Serve-stale (RFC 8767): when expired data may be given out, with which TTL, and why.
 *
 * Not modelled: expired delegations and glue used to reach servers.
 */
import type { Micros, Seconds } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import { type CacheEntry, extendEntry } from '../cache/entry.ts';
import type { Question } from '../data/message.ts';
import type { Name } from '../data/name.ts';
import { CNAME, type RrType } from '../data/rrtype.ts';
import { noteExtension } from './notes.ts';
import type { ServeStaleOptions } from './options.ts';
import type { ExtendedError } from './protocol.ts';
import { targetOf } from './sanitise.ts';
import type { Core, Fetch } from './state.ts';

/** Why stale data go out. */
export type StaleCause = 'failure' | 'timer' | 'at-once' | 'window';

/** In the words of BIND's extended errors (lib/ns/query.c). */
const CAUSES: Readonly<Record<StaleCause, string>> = {
  failure: 'resolver failure',
  timer: 'client timeout',
  'at-once': 'stale data prioritized over lookup',
  window: 'query within stale refresh time window',
};

/** The same for a trace. */
export const STALE_WORDS: Readonly<Record<StaleCause, string>> = {
  failure: 'no fresh data could be had',
  timer: 'the client has waited long enough',
  'at-once': 'expired data go before a refresh',
  window: 'the last refresh failed',
};

/** Extended errors of stale data and of a stale NXDOMAIN (RFC 8914 §4.4, §4.20). */
const STALE_ANSWER = 3;
const STALE_NXDOMAIN = 19;

/** The extended error of a stale answer; undefined where none is given. */
export function staleError(core: Core, cause: StaleCause, isNxdomain: boolean): ExtendedError | undefined {
  if (!core.options.serveStale?.extendedError) return undefined;
  return { code: isNxdomain ? STALE_NXDOMAIN : STALE_ANSWER, text: CAUSES[cause] };
}

/** Whether a refresh failed so recently that stale data goes out without another try (RFC 8767 §5). */
export function heldBack(core: Core, name: Name, type: RrType, now: Micros): boolean {
  const stale = core.options.serveStale;
  if (stale === undefined || stale.extensions || stale.recheckSeconds === 0) return false;
  const failure = core.failures.last(name, type);
  if (failure === undefined) return false;
  return now < Math.max(failure.until, failure.failedAt + stale.recheckSeconds * SECOND);
}

/** Whether a remembered failure stands in the way; without a recheck time not where there are stale data. */
export function failureHolds(core: Core, name: Name, type: RrType, now: Micros): boolean {
  if (!core.failures.holds(name, type, now)) return false;
  return core.options.serveStale?.recheckSeconds !== 0 || staleEntry(core, name, type, now) === undefined;
}

/** The expired entry for (name, type) that may be served; undefined when there is none. */
export function staleEntry(core: Core, name: Name, type: RrType, now: Micros): CacheEntry | undefined {
  const options = core.options.serveStale!;
  const reset = options.resetByFailure === true && core.failures.last(name, type) !== undefined;
  const old = core.cache.stale(name, type, now, reset);
  return old !== undefined && usable(old, options) ? old : undefined;
}

/** Whether an expired entry is of a kind that is served, and not used up. */
function usable({ kind, extensions }: CacheEntry, options: ServeStaleOptions): boolean {
  if (kind === 'nxdomain' && !options.nxdomain) return false;
  return options.extensions === undefined || extensions < options.extensions.count;
}

/** TTL on a stale answer (RFC 8767 §5: 30 s). */
export function staleSeconds(core: Core, entry: CacheEntry): Seconds {
  const stale = core.options.serveStale;
  if (stale === undefined) return 0;
  return stale.capAtOriginalTtl ? Math.min(stale.answerTtlSeconds, entry.ttlSeconds) : stale.answerTtlSeconds;
}

/** Delay of the client response timer; undefined when stale data waits for the failure, or for a pause. */
export function clientTimer(core: Core): Micros | undefined {
  const stale = core.options.serveStale;
  return stale?.betweenTries ? undefined : stale?.clientTimerMicros;
}

/** When the timer of a fetch rings that has one for all who wait for it; undefined where it has none. */
export function fetchStaleAt({ options: { serveStale } }: Core, { effort }: Fetch): Micros | undefined {
  const timer = serveStale?.clientTimerMicros;
  return serveStale?.timerOf === 'fetch' && timer ? effort.startedAt + timer : undefined;
}

/** Whether a client that has waited this long gets stale data now that one try has ended. */
export function isDueBetweenTries(core: Core, waitedMicros: Micros): boolean {
  const stale = core.options.serveStale;
  return stale?.betweenTries === true && waitedMicros >= (stale.clientTimerMicros ?? 0);
}

/**
 * Extends the expired links of the cached chain that answers a question: all of them after a failure, otherwise
 * those only that were extended before. Each is refreshed in the background.
 */
export function extendStale(core: Core, question: Question, afterFailure: boolean): void {
  const extensions = core.options.serveStale?.extensions;
  if (extensions === undefined) return;
  let { name } = question;
  for (let links = 0; links <= core.options.maximumCnames; links++) {
    const live = core.cache.answer(name, question.type, core.now);
    const old = live === undefined ? staleEntry(core, name, question.type, core.now) : undefined;
    if (old && (afterFailure || old.extensions > 0)) {
      core.cache.put(extendEntry(old, extensions.seconds, extensions.count, core.now), core.now);
      core.refreshes.push({ name, type: question.type });
      noteExtension(core, { name, type: question.type });
    }
    const entry = live ?? old;
    if (entry?.kind !== 'data' || entry.type !== CNAME || question.type === CNAME) break;
    name = targetOf(entry.rrset!);
  }
}
