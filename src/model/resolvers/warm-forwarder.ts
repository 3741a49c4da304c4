/**
 * What a forwarder holds before the run begins: answers that it had from its upstream's cache.
 *
 * A busy forwarder fetches again as soon as its copy runs out, and its copy never outlives the upstream's (a
 * cached answer carries the time that is left, RFC 1035 §3.2.1). So its last fetch lies a uniform part of its
 * own TTL back, but never before the upstream's: there all caches of the chain fetch together. Exact for
 * forwarders that ask often and keep no answer longer than they were told; with a TTL floor a copy may be up to
 * the floor older in reality. TTLs on the way are whole seconds, so that a copy outlives the original by up to
 * one second, here as during the run.
 */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { ResolverOptions } from '../../dns/resolve/options.ts';
import type { HeldChain, Resolver } from '../../dns/resolve/resolver.ts';
import type { WarmJob } from './warm-start.ts';

/** The fetch of a forwarder from a cache of its upstream; none when that holds nothing. @param phase in [0, 1) */
export function forwardedJob(
  question: Question,
  source: Resolver,
  options: ResolverOptions,
  phase: number,
): readonly WarmJob[] {
  const held = source.holds(question, 0);
  if (held === undefined) return [];
  const period = keptFor(held, options) * SECOND;
  const age: Micros = Math.max(1, Math.min(Math.round(phase * period), -held.storedAt));
  return [{ question, age, source }];
}

/** How long the forwarder keeps what the upstream has just fetched. */
function keptFor({ ttlSeconds, negative }: HeldChain, options: ResolverOptions): Seconds {
  const cap = negative ? options.negativeCapSeconds : options.ttlCapSeconds;
  const floor = negative ? options.negativeFloorSeconds : options.ttlFloorSeconds;
  return Math.max(Math.min(ttlSeconds, cap), floor);
}
