/**
 * How the states of several parts of a way add up to the state of the whole: down if any part is down,
 * independent losses, added delays. Not modelled: dependence between the losses of the parts.
 */
import type { LinkState } from '../outside.ts';

/** Nothing is wrong. */
export const CLEAR: LinkState = { down: 'none', loss: 0, extra: 0 };

/** The state of a way through all the parts. Silence hides a refusal: nobody is reached who could refuse. */
export function joinLinks(parts: readonly LinkState[]): LinkState {
  let down: LinkState['down'] = 'none';
  let passing = 1;
  let extra = 0;
  for (const part of parts) {
    down = worse(down, part.down);
    passing *= 1 - part.loss;
    extra += part.extra;
  }
  return { down, loss: 1 - passing, extra };
}

/** The stronger of two ways of being down. */
export function worse(a: LinkState['down'], b: LinkState['down']): LinkState['down'] {
  if (a === 'silent' || b === 'silent') return 'silent';
  return a === 'refused' ? a : b;
}
