/** Shows the place a route names: its element when there is one, else a sentence. Places keep their state while hidden. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Source, ViewState } from '../share/contract.ts';
import type { Commands } from './commands.ts';
import { loadPlace, placeOf } from './places.ts';
import type { View } from './route.ts';
import { BASE } from './styles.ts';

/** What every place is given; see `web/share/contract.ts`. */
interface PlaceElement extends HTMLElement {
  source: Source;
  sets: readonly string[];
  seed: number | undefined;
  state: ViewState;
  commands: Commands;
  active: boolean;
}

@customElement('dnsdrill-place')
export class PlaceHost extends LitElement {
  static override styles = [
    BASE,
    css`
      .note {
        max-width: 42rem;
        margin: 0 auto;
        padding: 3rem 1.25rem;
      }
      h1 {
        margin: 0 0 0.5rem;
        font-size: 1.5rem;
      }
      .host > * {
        display: block;
      }
      .host {
        position: relative;
      }
      .host > [hidden] {
        display: none;
      }
      /* The largest of them keeps its layout while it is hidden, so that the way back is short. */
      .host > dnsdrill-play[hidden] {
        position: absolute;
        inset-inline: 0;
        display: block;
        height: 0;
        overflow: clip;
        content-visibility: hidden;
      }
    `,
  ];

  @property() accessor view: View = 'play';
  @property({ attribute: false }) accessor source!: Source;
  @property({ attribute: false }) accessor sets: readonly string[] = [];
  @property({ attribute: false }) accessor seed: number | undefined;
  @property({ attribute: false }) accessor state: ViewState = {};
  @property({ attribute: false }) accessor commands!: Commands;
  @state() accessor note = '';

  readonly #elements: Map<View, PlaceElement> = new Map();

  protected override render(): TemplateResult {
    return html`<div class="host"></div>
      ${this.note ? html`<section class="note"><h1>${placeOf(this.view).title}</h1><p>${this.note}</p></section>` : ''}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('note') && changed.size === 1) return;
    void this.#show();
  }

  async #show(): Promise<void> {
    const { view } = this;
    const known = this.#elements.get(view);
    if (known) return this.#hand(view, known);
    this.note = view === 'play' ? '' : 'Loading …';
    const name = await loadPlace(view).catch(() => undefined);
    if (view !== this.view) return;
    // It may have been asked for twice while it was loading.
    const sibling = this.#elements.get(view);
    if (sibling) return this.#hand(view, sibling);
    if (name === undefined || !customElements.get(name)) {
      this.note = placeOf(view).sentence;
      return this.#hide(undefined);
    }
    const element = document.createElement(name) as PlaceElement;
    this.#elements.set(view, element);
    this.#hand(view, element);
    this.renderRoot.querySelector('.host')!.append(element);
  }

  #hand(view: View, element: PlaceElement): void {
    this.note = '';
    const { source, sets, seed, state: kept, commands } = this;
    Object.assign(element, { commands, source, sets, seed, state: kept, active: true });
    this.#hide(view);
  }

  /** Hides all places but one. */
  #hide(shown: View | undefined): void {
    for (const [view, element] of this.#elements) {
      element.hidden = view !== shown;
      element.active = view === shown;
    }
  }
}
