/**
 * What the shell and the places it loads (`<dnsdrill-compare>`, `<dnsdrill-trace>`, `<dnsdrill-edit>`) agree on.
 *
 * A place is given `.source`, `.sets`, `.seed` and `.state`; it never changes them itself but says what it wants.
 */
import type { Source } from '../engine/messages.ts';

export type { Source };

/** What a view wants to find again when a link is opened: a time, a choice, a pin. */
export type ViewState = Readonly<Record<string, string | number>>;

/** Fired by a place when the scenario, or a file beside it, has been changed. Bubbles, crosses shadow roots. */
export class ChangeEvent extends Event {
  readonly source: Source;

  constructor(source: Source) {
    super('dnsdrill-change', { bubbles: true, composed: true });
    this.source = source;
  }

  /** The text of the scenario as it is now. */
  get text(): string {
    return this.source.text;
  }
}

/** Fired by a place when the user wants to hand the view on as a link. */
export class ShareEvent extends Event {
  readonly state: ViewState;

  constructor(state: ViewState) {
    super('dnsdrill-share', { bubbles: true, composed: true });
    this.state = state;
  }
}

/** Fired by a place when its state has changed, so that the shell can keep it in the address. */
export class StateEvent extends Event {
  readonly state: ViewState;

  constructor(state: ViewState) {
    super('dnsdrill-state', { bubbles: true, composed: true });
    this.state = state;
  }
}
