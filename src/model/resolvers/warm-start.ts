/**
 * Warm caches: before the run begins, a resolver has resolved every question of its clients.
 *
 * The resolver itself does the work, against authorities at their median round-trip time that lose nothing, at
 * negative times and in their order: each question first at an age drawn over its delegation's TTL, then, when
 * that answer has expired since, at an age drawn over the answer's own TTL. Not modelled: questions nobody asked
 * lately (with rate λ an entry of TTL T is present only λT/(1+λT) of the time); the cost is a first TTL that is
 * a little too warm for resolvers with few clients.
 */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { ResolverAction } from '../../dns/resolve/protocol.ts';
import type { Resolver } from '../../dns/resolve/resolver.ts';
import type { Outside } from '../outside.ts';

export interface WarmQuestion {
  readonly question: Question;
  /** TTL of the delegation it hangs from. */
  readonly delegationTtl: Seconds;
  /** In [0, 1): where in the life of its cache entry, and of the delegation, the run begins. */
  readonly phase: number;
  readonly delegationPhase: number;
}

/** The draw of an ordinary day: median round-trip times, and no loss below one half strikes. */
const ordinary = (): number => 0.5;

/** More steps than this for one question mean that it cannot be resolved: the cache then stays cold for it. */
const STEP_LIMIT = 200;
/** The youngest age: room for the round trips of the last resolution, so that it ends before the run begins. */
const YOUNGEST: Micros = SECOND;

interface Job {
  readonly at: Micros;
  readonly question: WarmQuestion;
  readonly again: boolean;
}

/** Resolves the questions into the resolver's cache. */
export function warm(
  resolver: Resolver,
  questions: readonly WarmQuestion[],
  region: number,
  outside: Outside,
): void {
  const jobs: Job[] = questions.map((question) => ({
    at: -Math.max(YOUNGEST, Math.round(question.delegationPhase * question.delegationTtl * SECOND)),
    question,
    again: true,
  }));
  let now = Number.NEGATIVE_INFINITY;
  while (jobs.length > 0) {
    const { at, question, again } = takeEarliest(jobs);
    const result = resolveBefore(resolver, question.question, Math.max(at, now), region, outside);
    now = result.now;
    const next = -Math.max(YOUNGEST, Math.round(question.phase * result.ttl * SECOND));
    const expired = at + result.ttl * SECOND <= next;
    if (again && result.ttl > 0 && expired) jobs.push({ at: next, question, again: false });
  }
}

function takeEarliest(jobs: Job[]): Job {
  let earliest = 0;
  for (let index = 1; index < jobs.length; index++) {
    if (jobs[index]!.at < jobs[earliest]!.at) earliest = index;
  }
  return jobs.splice(earliest, 1)[0]!;
}

/** One resolution from `at` on: the TTL of the answer (0 when none could be had) and the time it ended. */
function resolveBefore(
  resolver: Resolver,
  question: Question,
  at: Micros,
  region: number,
  outside: Outside,
): { readonly ttl: Seconds; readonly now: Micros } {
  let now = at;
  let ttl = 0;
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
  return { ttl, now };
}
