/**
 * Server selection of Knot Resolver (selection.c select_transport(), cmp_choices()): addresses never tried first,
 * then those with the fewest errors in this fetch, then the shortest time-out. One query in twenty goes to any
 * address; it is not waited for longer than twice the best choice's time-out, and its loss is not held against it.
 *
 * Not modelled: IPv6 as a whole avoided after time-outs on six different /48s.
 */
import type { EpsilonGreedyOptions } from './options.ts';
import type { Candidate, Selection, SelectionContext } from './selection.ts';
import { draw, preferredFamily, smallest } from './selection.ts';

export const epsilonGreedy: Selection<EpsilonGreedyOptions> = {
  pick(candidates, options, context) {
    const best = bestOf(candidates, context);
    const isUntried = isUnknown(best[0]!, context);
    if (!isUntried && context.random() < options.exploreShare) return draw(candidates, context.random);
    return draw(preferredFamily(best, context.preferIpv6), context.random);
  },

  cap(candidates, chosen, options, context) {
    const best = bestOf(candidates, context);
    if (isUnknown(chosen, context) || best.includes(chosen)) return undefined;
    const { infra, now } = context;
    return options.capFactor * infra.timeoutMicros(best[0]!.address, 0, now);
  },
};

function bestOf<C extends Candidate>(candidates: readonly C[], context: SelectionContext): readonly C[] {
  const { infra, now } = context;
  const untried = candidates.filter((candidate) => isUnknown(candidate, context));
  if (untried.length > 0) return untried;
  const fewest = smallest(candidates, ({ errors }) => errors);
  return smallest(fewest, ({ address }) => infra.timeoutMicros(address, 0, now));
}

function isUnknown({ address, errors }: Candidate, { infra, now }: SelectionContext): boolean {
  const memory = infra.known(address, now);
  return errors === 0 && memory?.smoothedMicros === undefined && !memory?.timeoutsInRow;
}
