/** Uniform choice among the addresses asked least often for this question. */
import type { UniformOptions } from './options.ts';
import type { Selection } from './selection.ts';
import { draw, leastAsked } from './selection.ts';

export const uniform: Selection<UniformOptions> = {
  pick: (candidates, _options, context) => draw(leastAsked(candidates), context.random),
};
