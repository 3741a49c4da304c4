/** The world the page opens with: the worker has it at hand, so that it needs neither to be read nor to be waited for. */
import { readPlayState } from '../play/play-state.ts';
import { DEMO } from '../shell/drill.ts';
import type { Setup } from './session-messages.ts';

export const OPENING: Setup = { source: DEMO, sets: [], injected: [], clients: readPlayState({}).clients };

export function isOpening({ source, sets, injected, clients, seed, strategy }: Setup): boolean {
  const asWritten =
    sets.length === 0 && injected.length === 0 && seed === undefined && strategy === undefined;
  return asWritten && source.text === OPENING.source.text && clients === OPENING.clients;
}
