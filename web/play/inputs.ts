/** What Play is given, and the world that follows from it. */
import type { Setup } from '../engine/session-messages.ts';
import type { Source, ViewState } from '../share/contract.ts';
import type { PlayState } from './play-state.ts';

/** What the shell gives Play; see `web/share/contract.ts`. */
export interface PlayInputs {
  readonly source: Source;
  readonly sets: readonly string[];
  readonly seed: number | undefined;
  readonly state: ViewState;
}

/** @param sets in place of those given, while a knob is being turned */
export function setupOf(
  { source, seed }: PlayInputs,
  sets: readonly string[],
  { strategy, injected, clients }: PlayState,
): Setup {
  return {
    source,
    sets,
    injected,
    clients,
    ...(seed === undefined ? {} : { seed }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}
