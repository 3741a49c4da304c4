/** A word with its explanation on hover, focus or touch: `<dnsdrill-word name="TTL"></dnsdrill-word>`. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { zoomOf } from './preferences.ts';
import { WORDS } from './words.ts';

@customElement('dnsdrill-word')
export class WordElement extends LitElement {
  static override styles = css`
    :host {
      position: relative;
      display: inline-block;
    }
    button {
      min-height: 1.5rem;
      padding: 0;
      border: 0;
      border-radius: 2px;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      text-decoration: underline dotted from-font;
      text-underline-offset: 0.2em;
      cursor: help;
    }
    button:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    [role='tooltip'] {
      position: absolute;
      z-index: 30;
      inset-block-start: calc(100% + 2px);
      inset-inline-start: 0;
      width: max-content;
      max-width: min(18rem, 70cqi);
      padding: 0.5rem 0.75rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--panel);
      box-shadow: 0 4px 16px rgb(0 0 0 / 20%);
      color: var(--ink);
      font: 400 0.8125rem / 1.45 var(--sans);
      white-space: normal;
    }
    small {
      display: block;
      margin-top: 0.25rem;
      color: var(--quiet);
      font-size: 0.75rem;
    }
  `;

  @property() accessor name = '';
  /** What is shown instead of the name. */
  @property() accessor label = '';
  @state() accessor open = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerenter', this.#show);
    this.addEventListener('pointerleave', this.#hide);
    this.addEventListener('keydown', this.#onKey);
  }

  protected override render(): TemplateResult | string {
    const word = WORDS[this.name];
    const label = this.label || this.name;
    if (!word) return label;
    return html`<button
        type="button"
        aria-describedby="tip"
        aria-expanded=${this.open}
        @focus=${this.#show}
        @blur=${this.#hide}
        @click=${this.#show}
      >${label}</button
      ><span id="tip" role="tooltip" ?hidden=${!this.open}
        >${word.text}${word.source ? html`<small>${word.source}</small>` : nothing}</span
      >`;
  }

  protected override updated(): void {
    if (this.open) this.#keepInView();
  }

  /** Shifts the text back where it would leave the window. */
  #keepInView(): void {
    const tip = this.renderRoot.querySelector<HTMLElement>('[role=tooltip]')!;
    tip.style.insetInlineStart = '0';
    const beyond = tip.getBoundingClientRect().right - document.documentElement.clientWidth;
    const over = beyond / zoomOf(tip) + 8;
    if (over > 0) tip.style.insetInlineStart = `${-over}px`;
  }

  readonly #show = (): void => {
    this.open = true;
  };

  readonly #hide = (): void => {
    this.open = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    event.stopPropagation();
    this.open = false;
  };
}
