/**
 * What a forwarder holds before the run begins: answers that it had from its upstream's cache.
 *
 * A busy forwarder fetches again as soon as its copy runs out, and its copy does not outlive the upstream's (a
 * cached answer carries the time that is left, RFC 1035 §3.2.1), unless a TTL floor makes it. So its last fetch
 * lies a uniform part of its own TTL back, but not before the upstream's: there all caches of the chain fetch
 * together. Where a floor keeps a copy of what the upstream held before, that copy is the one it has. Exact for
 * forwarders that ask often. TTLs on the way are whole seconds, so that a copy outlives the original by up to
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
  const { floor, kept } = lifeOf(held, options);
  const age: Micros = Math.max(1, Math.round(phase * kept * SECOND));
  const youngest = Math.max(1, -held.storedAt);
  if (age <= youngest) return [{ question, age, source }];
  if (age >= floor * SECOND) return [{ question, age: youngest, source }];
  const leftThen = Math.ceil((age - youngest) / SECOND) % held.ttlSeconds;
  return [{ question, age, source, ttlLimit: leftThen }];
}

/** How long the forwarder keeps what the upstream has just fetched, and anything at least. */
function lifeOf(
  { ttlSeconds, negative }: HeldChain,
  options: ResolverOptions,
): { readonly floor: Seconds; readonly kept: Seconds } {
  const cap = negative ? options.negativeCapSeconds : options.ttlCapSeconds;
  const floor = negative ? options.negativeFloorSeconds : options.ttlFloorSeconds;
  return { floor, kept: Math.max(Math.min(ttlSeconds, cap), floor) };
}
