/** Whom the caches lead astray at the moment shown, in a sentence, with one of them to ask why. */
import { html, type TemplateResult } from 'lit';
import type { Frame } from '../engine/session-messages.ts';
import { CACHE_STATES, type CacheState } from './cache-states.ts';
import type { PlayController } from './controller.ts';

/** What is worth asking about, the worst first; what caches in such a state do. */
const TROUBLES: readonly (readonly [CacheState, string])[] = [
  ['wrong', 'lead to an address where nobody answers, or somebody else'],
  ['error', 'remember a failure, or that there is no such name'],
  ['stale', 'lead to an address that works but is no longer the right one'],
];

interface Astray {
  readonly sentence: string;
  /** The state to ask about; absent while no cache leads astray. */
  readonly state?: CacheState;
}

/** "62 of 400 caches lead to an address where nobody answers, or somebody else." */
export function astrayIn({ counts }: Pick<Frame, 'counts'>): Astray {
  const all = counts.reduce((sum, count) => sum + count, 0);
  for (const [state, what] of TROUBLES) {
    const count = counts[CACHE_STATES.indexOf(state)]!;
    if (count > 0)
      return { state, sentence: `${count} of ${all} caches ${count === 1 ? singular(what) : what}.` };
  }
  const holding = all - counts[CACHE_STATES.indexOf('empty')]!;
  return { sentence: holding > 0 ? 'No cache leads anybody astray.' : 'The caches are empty.' };
}

function singular(what: string): string {
  return what.replace('lead ', 'leads ').replace('remember ', 'remembers ');
}

/** The next place in a state after the one chosen, round and round; undefined when there is none. */
export function nextIn(
  state: CacheState,
  { states }: Pick<Frame, 'states'>,
  chosen: number | undefined,
): number | undefined {
  const code = CACHE_STATES.indexOf(state);
  const later = states.indexOf(code, (chosen ?? -1) + 1);
  const found = later >= 0 ? later : states.indexOf(code);
  return found >= 0 ? found : undefined;
}

/** Where caches can be chosen and asked. */
export interface Asked {
  readonly controller: Pick<PlayController, 'frame' | 'why'>;
  readonly chosen: number | undefined;
  pause(): void;
  pick(place: number): void;
}

/** So many caches are asked until one is still in the state it was seen in. */
const TRIES = 6;

/** Asks caches that lead astray why, one after the other. */
export class Asker {
  #wanted: CacheState | undefined;
  #left = 0;

  /** Stops the play and asks the next one. */
  ask(desk: Asked): void {
    // Stopping is news as well: it must not be taken for an answer.
    desk.pause();
    const { frame } = desk.controller;
    this.#wanted = frame && astrayIn(frame).state;
    this.#left = TRIES;
    this.#next(desk);
  }

  /** Looks at what came back: the world may have gone on since the picture, and the cache with it. */
  heed(desk: Asked): void {
    const { why } = desk.controller;
    if (this.#wanted === undefined || why === undefined || why.place !== desk.chosen) return;
    const holds = why.steps.find(({ state, where }) => state !== 'empty' && where !== 'authority');
    if (holds?.state === this.#wanted || this.#left === 0) this.#wanted = undefined;
    else this.#next(desk);
  }

  #next(desk: Asked): void {
    const { frame } = desk.controller;
    const place = frame && this.#wanted && nextIn(this.#wanted, frame, desk.chosen);
    this.#left -= 1;
    if (place === undefined) this.#wanted = undefined;
    else desk.pick(place);
  }
}

export function astrayLine(desk: Asked & { readonly asker: Asker }): TemplateResult {
  const { frame } = desk.controller;
  const { sentence, state } = frame ? astrayIn(frame) : { sentence: '' };
  return html`<div class="astray">
    <p>${sentence}</p>
    <button type="button" ?disabled=${state === undefined} @click=${() => desk.asker.ask(desk)}>Ask one why</button>
  </div>`;
}
