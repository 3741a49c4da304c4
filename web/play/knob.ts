/** One knob: a slider with its value, or a list to choose from. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Knob, NumberKnob } from '../../src/experiment/session/knob.ts';
import { BASE, BUTTONS } from '../shell/styles.ts';
import '../shell/word.ts';
import { landmarksOf, positionOf, STEPS, valueAt, valueText } from './knob-scale.ts';

/** Fired while a knob is turned. */
export class TurnEvent extends Event {
  readonly knob: Knob;
  readonly value: number | string;
  /** False: more may follow at once, as from a slider. */
  readonly settled: boolean;

  constructor(knob: Knob, value: number | string, settled: boolean) {
    super('turn', { bubbles: true, composed: true });
    this.knob = knob;
    this.value = value;
    this.settled = settled;
  }
}

@customElement('dnsdrill-knob')
export class KnobElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      .head {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 0.5rem;
        font-size: 0.8125rem;
      }
      dnsdrill-word {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      output {
        font-weight: 650;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      input,
      select {
        display: block;
        width: 100%;
      }
      :host([large]) .head {
        font-size: 1rem;
      }
      :host([large]) output {
        font-size: 1.25rem;
      }
      :host([large]) input {
        height: 2.25rem;
      }
      .scale {
        position: relative;
        height: 1.25rem;
        margin-top: -0.25rem;
        color: var(--quiet);
        font-size: 0.75rem;
      }
      /* The thumb of a slider stays inside it: its middle moves between 8 pixels from either end. */
      .scale span {
        position: absolute;
        inset-inline-start: calc(8px + var(--at) * (100% - 16px));
        transform: translateX(-50%);
        white-space: nowrap;
      }
      .scale span:first-child {
        inset-inline-start: 0;
        transform: none;
      }
      .scale span:last-child {
        inset-inline: auto 0;
        transform: none;
      }
    `,
  ];

  @property({ attribute: false }) accessor knob!: Knob;
  @property({ type: Boolean, reflect: true }) accessor large = false;
  /** Value under the finger while the knob is turned. */
  @state() accessor turning: number | undefined;

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input, select')?.focus();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('knob')) this.turning = undefined;
  }

  protected override render(): TemplateResult {
    const { knob } = this;
    return knob.kind === 'choice' ? this.#choice(knob) : this.#slider(knob);
  }

  #slider(knob: NumberKnob): TemplateResult {
    const value = this.turning ?? knob.value;
    const text = valueText(value, knob.kind);
    return html`<div class="head">
        <dnsdrill-word name=${knob.word} label=${knob.label}></dnsdrill-word>
        <output for="input">${text}</output>
      </div>
      <input
        id="input"
        type="range"
        min="0"
        max=${STEPS}
        step=${this.large ? 5 : 10}
        .value=${String(positionOf(value, knob))}
        aria-label=${knob.label}
        aria-valuetext=${text}
        @input=${(event: Event) => this.#turn(event, knob)}
      />
      ${
        this.large
          ? html`<div class="scale" aria-hidden="true">
            ${landmarksOf(knob).map(
              (landmark) =>
                html`<span style=${`--at:${positionOf(landmark, knob) / STEPS}`}>${valueText(landmark, knob.kind)}</span>`,
            )}
          </div>`
          : nothing
      }`;
  }

  #choice(knob: Extract<Knob, { kind: 'choice' }>): TemplateResult {
    return html`<div class="head">
        <dnsdrill-word name=${knob.word} label=${knob.label}></dnsdrill-word>
      </div>
      <select
        aria-label=${knob.label}
        @change=${({ target }: Event) => {
          this.dispatchEvent(new TurnEvent(knob, (target as HTMLSelectElement).value, true));
        }}
      >
        ${knob.choices.map((choice) => html`<option ?selected=${choice === knob.value}>${choice}</option>`)}
      </select>`;
  }

  #turn({ target }: Event, knob: NumberKnob): void {
    const value = valueAt(Number((target as HTMLInputElement).value), knob);
    this.turning = value;
    this.dispatchEvent(new TurnEvent(knob, value, false));
  }
}
