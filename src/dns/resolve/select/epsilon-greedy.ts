/**
 * Server selection of Knot Resolver (lib/selection.c select_transport(), cmp_choices()): addresses nothing is known of
 * first, then those with the fewest errors in this fetch, time-outs among them, then the shortest time-out; of equals
 * any. One query in twenty goes to any address; it is not waited for longer than twice the best choice's time-out,
 * and its loss is not held against the address.
 *
 * Not modelled: IPv6 as a whole avoided after time-outs on six different /48s.
 */
import type { EpsilonGreedyOptions } from './options.ts';
import type { Candidate, Selection, SelectionContext } from './selection.ts';
import { draw, preferredFamily, smallest } from './selection.ts';

export const epsilonGreedy: Selection<EpsilonGreedyOptions> = {
  pick(candidates, options, context) {
    if (context.random() < options.exploreShare) return draw(candidates, context.random);
    return draw(preferredFamily(bestOf(candidates, context), context.preferIpv6), context.random);
  },

  cap(candidates, chosen, options, context) {
    const { infra, now } = context;
    const best = bestOf(candidates, context);
    if (infra.isUnheard(chosen.address, now) || best.includes(chosen)) return undefined;
    return options.capFactor * infra.timeoutMicros(best[0]!.address, 0, now);
  },
};

function bestOf<C extends Candidate>(candidates: readonly C[], context: SelectionContext): readonly C[] {
  const { infra, now } = context;
  const unheard = candidates.filter(({ address }) => infra.isUnheard(address, now));
  const known = unheard.length > 0 ? unheard : candidates;
  const fewest = smallest(known, ({ errors, timeouts }) => errors + timeouts);
  return unheard.length > 0
    ? fewest
    : smallest(fewest, ({ address }) => infra.timeoutMicros(address, 0, now));
}
