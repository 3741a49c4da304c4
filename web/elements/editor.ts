/** Choosing and writing a scenario: a list of those that ship, the text, and its problems. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Issue, Place } from '../../src/index.ts';
import { SHIPPED, type ShippedScenario } from '../shipped.ts';
import type { PlaceEvent } from './problems.ts';
import './problems.ts';
import { SHARED } from './shared.ts';

/** Fired when the text of the scenario has changed. */
export class TextEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('dnsdrill-text');
    this.text = text;
  }
}

/** Fired when one of the shipped scenarios is chosen. */
export class ChooseEvent extends Event {
  readonly chosen: ShippedScenario;

  constructor(chosen: ShippedScenario) {
    super('dnsdrill-choose');
    this.chosen = chosen;
  }
}

@customElement('dnsdrill-editor')
export class EditorElement extends LitElement {
  static override styles = [
    SHARED,
    css`
      label {
        display: block;
        margin-bottom: 0.25rem;
        font-weight: 600;
      }
      select,
      textarea {
        display: block;
        width: 100%;
        margin-bottom: var(--gap);
        border: 1px solid var(--field-line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--ink);
        font: inherit;
      }
      select {
        height: 2.5rem;
        padding: 0 0.5rem;
      }
      textarea {
        height: 14rem;
        min-height: 8rem;
        padding: 0.75rem;
        resize: vertical;
        font: 0.8125rem / 1.5 var(--mono);
        tab-size: 2;
      }
      @media (min-width: 64rem) {
        textarea {
          height: 26rem;
        }
      }
    `,
  ];

  /** File name of the shipped scenario chosen. */
  @property() accessor file = '';
  @property() accessor text = '';
  @property({ attribute: false }) accessor issues: readonly Issue[] = [];
  @query('textarea') accessor area!: HTMLTextAreaElement;

  protected override render(): TemplateResult {
    return html`
      <label for="shipped">Drill</label>
      <select id="shipped" @change=${this.#choose}>
        ${SHIPPED.map(({ file, title }) => html`<option value=${file} ?selected=${file === this.file}>${title}</option>`)}
      </select>
      <label for="text">Scenario</label>
      <textarea
        id="text"
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        .value=${this.text}
        @input=${this.#edit}
      ></textarea>
      <dnsdrill-problems .issues=${this.issues} @dnsdrill-place=${this.#show}></dnsdrill-problems>
    `;
  }

  #choose({ target }: Event): void {
    const { value } = target as HTMLSelectElement;
    const chosen = SHIPPED.find(({ file }) => file === value);
    if (chosen) this.dispatchEvent(new ChooseEvent(chosen));
  }

  #edit(): void {
    this.dispatchEvent(new TextEvent(this.area.value));
  }

  #show({ place }: PlaceEvent): void {
    if (place.file !== this.file) return;
    const { area } = this;
    const offset = offsetOf(area.value, place);
    area.focus();
    area.setSelectionRange(offset, offset);
    const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight);
    area.scrollTop = (place.line - 1) * lineHeight - area.clientHeight / 2;
  }
}

/** Where a place lies in the text. */
function offsetOf(text: string, { line, column }: Place): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}
