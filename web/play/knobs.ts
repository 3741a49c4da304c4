/** The knobs of a scenario, and how large the world is. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Knob } from '../../src/experiment/session/knob.ts';
import { formatExact } from '../../src/report/numbers.ts';
import { BASE, BUTTONS, TABLES } from '../shell/styles.ts';
import './knob.ts';

/** Fired when a size is chosen, or everything is to be as written. */
export class SizeEvent extends Event {
  readonly change: { readonly clients?: number; readonly reset?: true };

  constructor(change: SizeEvent['change']) {
    super('size', { bubbles: true, composed: true });
    this.change = change;
  }
}

const SIZES: readonly number[] = [1000, 5000, 20_000, 100_000, 1_000_000];

@customElement('dnsdrill-knobs')
export class KnobsElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    TABLES,
    css`
      .list,
      .more {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
        gap: 0.75rem 1.25rem;
        align-items: end;
      }
      .list > details {
        grid-column: 1 / -1;
      }
      label {
        display: block;
        font-size: 0.8125rem;
      }
      select {
        width: 100%;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 2.25rem;
        margin-bottom: 0.25rem;
      }
      .head button {
        margin-inline-end: -0.75rem;
      }
      .more {
        padding-top: 0.5rem;
      }
      code {
        display: block;
        font: 0.75rem/1.5 var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) accessor knobs: readonly Knob[] = [];
  /** Path of a knob shown elsewhere. */
  @property() accessor except = '';
  @property({ type: Number }) accessor clients = 0;
  @property({ attribute: false }) accessor sets: readonly string[] = [];

  protected override render(): TemplateResult {
    const knobs = this.knobs.filter(({ path }) => path !== this.except);
    const more = knobs.filter(({ main }) => !main);
    return html`
      <div class="head">
        <h2>Knobs</h2>
        <button
          type="button"
          class="plain"
          title="Turn every knob back to what the file says"
          ?disabled=${this.sets.length === 0}
          @click=${() => this.#emit({ reset: true })}
        >
          As written
        </button>
      </div>
      <div class="list">
        ${knobs.filter(({ main }) => main).map((knob) => html`<dnsdrill-knob .knob=${knob}></dnsdrill-knob>`)}
        <details>
          <summary>More knobs (${more.length + 1})</summary>
          <div class="more">
            ${more.map((knob) => html`<dnsdrill-knob .knob=${knob}></dnsdrill-knob>`)} ${this.#size()}
          </div>
        </details>
        ${this.sets.length > 0 ? this.#changes() : nothing}
      </div>
    `;
  }

  #size(): TemplateResult {
    const sizes = SIZES.includes(this.clients) ? SIZES : [...SIZES, this.clients];
    return html`<div>
      <label for="size">Simulate at most</label>
      <select
        id="size"
        @change=${({ target }: Event) => this.#emit({ clients: Number((target as HTMLSelectElement).value) })}
      >
        ${sizes.map((size) => html`<option value=${size} ?selected=${size === this.clients}>${formatExact(size)} clients</option>`)}
      </select>
    </div>`;
  }

  #changes(): TemplateResult {
    return html`<details>
      <summary>Changed (${this.sets.length})</summary>
      ${this.sets.map((set) => html`<code>${set.length > 160 ? `${set.slice(0, 160)} …` : set}</code>`)}
    </details>`;
  }

  #emit(change: SizeEvent['change']): void {
    this.dispatchEvent(new SizeEvent(change));
  }
}
