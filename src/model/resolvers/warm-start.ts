/**
 * Warm caches: before the run begins, every resolver has resolved every question of its clients, at ages spread
 * evenly over the TTLs (golden-ratio phases, shifted at random per replication).
 *
 * The resolver itself does the work, against authorities at their median round-trip time that lose
 * nothing, at negative times: first at an age drawn over the delegation's TTL, then, when that answer has expired since, at an age
 * drawn over the answer's. Not modelled: questions nobody asked lately (with rate λ the entry is present only
 * λT/(1+λT) of the time); the cost is a first TTL a little too warm for resolvers with few clients.
 */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { ResolverAction } from '../../dns/resolve/protocol.ts';
import type { Resolver } from '../../dns/resolve/resolver.ts';
import type { Outside } from '../outside.ts';

/** The draw of an ordinary day: median round-trip times, and no loss below one half strikes. */
const ordinary = (): number => 0.5;

/** More steps than this for one question mean that it cannot be resolved: the cache then stays cold for it. */
const STEP_LIMIT = 200;

/** Room for the round trips of one resolution, so that it ends before the run begins. */
const WORK: Micros = 10 * SECOND;

export interface WarmQuestion {
  readonly question: Question;
  /** TTL of the delegation it hangs from. */
  readonly delegationTtl: Seconds;
}

/**
 * Resolves `question` into the resolver's cache.
 * @param phase in [0, 1): where in the life of its cache entry the run begins.
 * @param delegationPhase likewise for the delegation.
 */
export function warm(
  resolver: Resolver,
  { question, delegationTtl }: WarmQuestion,
  phase: number,
  delegationPhase: number,
  region: number,
  outside: Outside,
): void {
  const first = -Math.round(delegationPhase * delegationTtl * SECOND);
  const ttl = resolveBefore(resolver, question, first - WORK, region, outside);
  if (ttl === undefined || ttl === 0) return;
  const second = -Math.round(phase * ttl * SECOND) - WORK;
  if (first + ttl * SECOND <= second) resolveBefore(resolver, question, second, region, outside);
}

/** The TTL of the answer, or undefined when none could be had. */
function resolveBefore(
  resolver: Resolver,
  question: Question,
  at: Micros,
  region: number,
  outside: Outside,
): Seconds | undefined {
  let now = at;
  let ttl: Seconds | undefined;
  const actions: ResolverAction[] = [];
  resolver.step({ kind: 'query', ticket: 0, question }, now, actions);
  for (let done = 0; done < actions.length && done < STEP_LIMIT; done++) {
    const action = actions[done]!;
    if (action.kind === 'answer') ttl = action.answer.ttl;
    if (action.kind !== 'send') continue;
    const { exchange, address, transport } = action;
    const delivery = outside.ask(address, action.question, region, transport, now, ordinary);
    if (delivery.kind !== 'lost') now += delivery.delay;
    if (delivery.kind === 'reply') {
      resolver.step({ kind: 'reply', exchange, message: delivery.message }, now, actions);
    } else resolver.step({ kind: 'unreachable', exchange }, now, actions);
  }
  return ttl;
}
