/** What places ask of the shell besides what `web/share/contract.ts` has. */
import type { View } from './route.ts';

/** Fired by Play when its knobs have been turned. */
export class SetsEvent extends Event {
  /** `path=value`, in order; absent when nothing was turned. */
  readonly sets: readonly string[] | undefined;
  /** Everything that makes the world played differ from the file, injected faults included. */
  readonly played: readonly string[] | undefined;
  /** Settings with which the command line plays that very world. */
  readonly repeat: readonly string[] | undefined;

  constructor(sets: readonly string[] | undefined, played?: readonly string[], repeat?: readonly string[]) {
    super('dnsdrill-sets', { bubbles: true, composed: true });
    this.sets = sets;
    this.played = played;
    this.repeat = repeat;
  }
}

/** Fired by a place that has come to something: a link is handed on with this sentence. */
export class FoundEvent extends Event {
  readonly sentence: string;

  constructor(sentence: string) {
    super('dnsdrill-found', { bubbles: true, composed: true });
    this.sentence = sentence;
  }
}

/** Fired by a place that leads to another one. */
export class GoEvent extends Event {
  readonly view: View;

  constructor(view: View) {
    super('dnsdrill-go', { bubbles: true, composed: true });
    this.view = view;
  }
}
