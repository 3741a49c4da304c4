/** Guess before you see: a bet on the time by which nearly all affected users are back. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NumberKnob } from '../../src/experiment/session/knob.ts';
import { formatSeconds } from '../../src/report/numbers.ts';
import { BASE, BUTTONS } from '../shell/styles.ts';
import { valueText } from './knob-scale.ts';
import { SHORTEST_SECONDS } from './recovery-chart.ts';
import { betSentence } from './sentences.ts';

/** A bet: open until revealed. */
export interface Bet {
  /** Value of the knob the bet is about. */
  readonly asked: number;
  readonly guess: number;
  readonly revealed: boolean;
}

/** Fired by the card: open a bet, move the guess, reveal, give up. */
export class BetEvent extends Event {
  readonly act: 'open' | 'guess' | 'reveal' | 'close';
  readonly guess: number;

  constructor(act: BetEvent['act'], guess = 0) {
    super('bet');
    this.act = act;
    this.guess = guess;
  }
}

const STEPS = 400;

@customElement('dnsdrill-bet')
export class BetElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        margin-top: 0.5rem;
      }
      p {
        font-size: 0.875rem;
      }
      input {
        flex: 1 1 10rem;
        min-width: 0;
        accent-color: var(--guess);
      }
      output {
        min-width: 5.5rem;
        color: var(--guess);
        font-weight: 650;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .verdict {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) accessor knob: NumberKnob | undefined;
  @property({ attribute: false }) accessor bet: Bet | undefined;
  /** What it really is, seconds; `null`: not by the end; undefined: not known yet. */
  @property({ attribute: false }) accessor truth: number | null | undefined;
  @property({ type: Number }) accessor horizon = 3600;

  protected override render(): TemplateResult {
    const { knob, bet } = this;
    if (!knob) return html``;
    if (!bet) {
      return html`<div class="row">
        <button type="button" @click=${() => this.#say('open')}>Guess first: TTL ${valueText(askedFor(knob), 'seconds')}</button>
      </div>`;
    }
    return bet.revealed ? this.#revealed(bet) : this.#open(bet, knob);
  }

  #open(bet: Bet, knob: NumberKnob): TemplateResult {
    return html`<p>
        With ${knob.label} at <strong>${valueText(bet.asked, 'seconds')}</strong>: after how long are 99 % of the affected
        users back?
      </p>
      <div class="row">
        <input
          type="range"
          min="0"
          max=${STEPS}
          aria-label="Your bet"
          aria-valuetext=${formatSeconds(bet.guess)}
          .value=${String(this.#positionOf(bet.guess))}
          @input=${({ target }: Event) => this.#say('guess', this.#valueAt(Number((target as HTMLInputElement).value)))}
        />
        <output>${formatSeconds(bet.guess)}</output>
      </div>
      <div class="row">
        <button type="button" class="primary" @click=${() => this.#say('reveal')}>Reveal</button>
        <button type="button" class="plain" @click=${() => this.#say('close')}>Never mind</button>
      </div>`;
  }

  #revealed({ guess }: Bet): TemplateResult {
    const verdict = this.truth === undefined ? 'Being computed …' : betSentence(guess, this.truth);
    return html`<div class="row">
      <p class="verdict">${verdict}</p>
      <button type="button" @click=${() => this.#say('close')}>Done</button>
    </div>`;
  }

  get #span(): number {
    return Math.log(Math.max(this.horizon, 60 * SHORTEST_SECONDS) / SHORTEST_SECONDS);
  }

  #positionOf(seconds: number): number {
    return Math.round((Math.log(seconds / SHORTEST_SECONDS) / this.#span) * STEPS);
  }

  #valueAt(position: number): number {
    return Math.round(SHORTEST_SECONDS * Math.exp((position / STEPS) * this.#span));
  }

  #say(act: BetEvent['act'], guess = 0): void {
    this.dispatchEvent(new BetEvent(act, guess));
  }
}

/** The value a bet is about: one that differs from the present. */
export function askedFor({ value }: NumberKnob): number {
  return value === 30 ? 300 : 30;
}
