/** The list of server selections; a new one is added here and to the options. */
import { decayingRtt } from './decaying-rtt.ts';
import { epsilonGreedy } from './epsilon-greedy.ts';
import { lowestRtt } from './lowest-rtt.ts';
import type { SelectionOptions } from './options.ts';
import { rttBand } from './rtt-band.ts';
import type { Selection } from './selection.ts';
import { smoothedRtt } from './smoothed-rtt.ts';
import { uniform } from './uniform.ts';

const PARTS: { readonly [Id in SelectionOptions['id']]: Selection<Extract<SelectionOptions, { id: Id }>> } = {
  uniform,
  'lowest-rtt': lowestRtt,
  'rtt-band': rttBand,
  'smoothed-rtt': smoothedRtt,
  'decaying-rtt': decayingRtt,
  'epsilon-greedy': epsilonGreedy,
};

/** The part that `options` names. */
export function selectionOf(options: SelectionOptions): Selection<SelectionOptions> {
  return PARTS[options.id] as Selection<SelectionOptions>;
}
