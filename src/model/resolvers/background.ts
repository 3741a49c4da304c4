/**
 * Background load: users outside the experiment who share a resolver and keep its cache warm.
 *
 * One merged Poisson stream per pool and question. Nobody waits for these answers and nothing of them is
 * counted but the resolver's own load. Not modelled: bursts and daily rhythm of those users.
 */
import type { Micros } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import { NOBODY } from './poisson-queries.ts';
import type { ResolverPool } from './pool.ts';

/** A query of theirs. What the cache answers changes nothing. */
export function backgroundQuery(pool: ResolverPool, question: Question): (now: Micros) => void {
  return (now) => {
    const fragment = pool.pickAny();
    if (pool.peek(fragment, question, now) === undefined) pool.ask(fragment, NOBODY, question, now);
  };
}
