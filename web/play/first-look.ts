/**
 * What the page shows of its opening drill before the engine has been fetched: the engine's own first estimate,
 * computed when the project was built. The engine repeats it as its first answer, so nothing jumps.
 */
import type { Description, SessionOutcome, Setup } from '../engine/session-messages.ts';
import { DEMO } from '../shell/drill.ts';
import look from './first-look.json';
import { readPlayState } from './play-state.ts';

export interface FirstLook {
  readonly description: Description;
  readonly outcome: SessionOutcome;
}

/** The world the page opens with. */
export const OPENING: Setup = { source: DEMO, sets: [], injected: [], clients: readPlayState({}).clients };

/** The estimate for a world, when it is the one the page opens with. */
export function firstLookAt(setup: Setup): FirstLook | undefined {
  const { source, sets, injected, clients, seed, strategy } = setup;
  const asWritten =
    sets.length === 0 && injected.length === 0 && seed === undefined && strategy === undefined;
  const same = source.text === OPENING.source.text && clients === OPENING.clients;
  return asWritten && same ? (look as unknown as FirstLook) : undefined;
}
