/**
 * What the page shows of its opening drill before the engine has been fetched: the engine's own first answers,
 * computed when the project was built. The engine repeats them as its first answers, so nothing jumps.
 */

import { isOpening } from '../engine/opening.ts';
import type { Description, Frame, SessionOutcome, Setup } from '../engine/session-messages.ts';
import look from './first-look.json';

export interface FirstLook {
  readonly description: Description;
  /** Of small copies, as the first preview comes to it. */
  readonly outcome: SessionOutcome;
  /** The world shortly before its first fault. */
  readonly frame: Frame;
}

/** The first look at a world, when it is the one the page opens with. */
export function firstLookAt(setup: Setup): FirstLook | undefined {
  return isOpening(setup) ? read(look as unknown as Written) : undefined;
}

/** As the file has it. */
type Written = Omit<FirstLook, 'frame'> & {
  readonly frame: Omit<Frame, 'states'> & { readonly states: readonly number[] };
};

function read({ frame, ...rest }: Written): FirstLook {
  return { ...rest, frame: { ...frame, states: Uint8Array.from(frame.states) } };
}

/** The file's text: what the page shows of a first look, and no more. */
export function writeFirstLook({ description, outcome, frame }: FirstLook): string {
  const { result } = outcome;
  const { overall } = result;
  const shown = {
    ...outcome,
    result: {
      ...result,
      populations: [],
      overall: { ...overall, recovery: { ...overall.recovery, curve: [] } },
    },
    recovery: outcome.recovery.map(([seconds, share]) => [rounded(seconds), rounded(share)]),
  };
  const written = { description, outcome: shown, frame: { ...frame, states: [...frame.states] } };
  return `${JSON.stringify(written)}\n`;
}

/** Finer than a picture can show. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
