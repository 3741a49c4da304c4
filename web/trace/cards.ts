/** The caches on the way of a request as cards: what each holds, and how long still, as a ring and in digits. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CacheState } from '../../src/model/inspect.ts';
import type { CacheCard } from '../engine/trace-messages.ts';
import { STATE_LOOKS, type StateLook } from '../play/cache-states.ts';
import { LOOK } from '../share/look.ts';

/** Fired when a card is chosen. */
export class CardEvent extends Event {
  readonly where: string;

  constructor(where: string) {
    super('dnsdrill-card');
    this.where = where;
  }
}

/** Glyphs as in the cache field, as characters. */
const GLYPHS: Readonly<Record<CacheState | 'expired', string>> = {
  empty: '○',
  fresh: '✓',
  stale: '–',
  wrong: '✕',
  error: '!',
  expired: '○',
};

const EXPIRED: StateLook = { name: 'expired', meaning: 'holds nothing it may still hand out' };

const RADIUS = 26;
const ROUND = 2 * Math.PI * RADIUS;
const SECOND = 1_000_000;

@customElement('dnsdrill-cache-cards')
export class CacheCardsElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
        gap: 0.75rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      button {
        display: grid;
        grid-template: 'ring what' auto 'text text' 1fr / auto minmax(0, 1fr);
        gap: 0.375rem 0.75rem;
        align-items: start;
        justify-items: start;
        width: 100%;
        height: 100%;
        padding: 0.75rem;
        border-color: var(--line);
        background: var(--panel);
        text-align: start;
      }
      button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--panel);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
      .ring {
        grid-area: ring;
        width: 4rem;
        height: 4rem;
        color: var(--own);
      }
      .ring text {
        fill: var(--ink);
        font-size: 15px;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        text-anchor: middle;
      }
      .ring .unit {
        fill: var(--quiet);
        font-size: 10.5px;
        font-weight: 400;
      }
      .ring .track {
        fill: none;
        stroke: var(--line);
        stroke-width: 5;
      }
      .ring .left {
        fill: none;
        stroke: currentColor;
        stroke-width: 5;
      }
      .what {
        grid-area: what;
        align-self: center;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.5rem;
        align-items: baseline;
        font-weight: 600;
      }
      .state {
        color: var(--own);
        font-size: 0.8125rem;
        font-weight: 600;
      }
      .holds {
        display: block;
        font: 0.8125rem var(--mono);
        overflow-wrap: anywhere;
      }
      .text {
        grid-area: text;
        color: var(--quiet);
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
      .fresh {
        --own: var(--fresh);
      }
      .stale {
        --own: var(--stale);
      }
      .wrong {
        --own: var(--wrong);
      }
      .error {
        --own: var(--error);
      }
      .empty,
      .expired {
        --own: var(--quiet);
      }
      @media (forced-colors: active) {
        .ring .left {
          stroke: CanvasText;
        }
        .ring .track {
          stroke: GrayText;
          stroke-width: 1;
        }
        button[aria-pressed='true'] {
          outline: 2px solid Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor cards: readonly CacheCard[] = [];
  /** Microseconds since the start of the run. */
  @property({ attribute: false }) accessor now = 0;
  /** Place that is chosen. */
  @property() accessor selected = '';

  protected override render(): TemplateResult {
    return html`<ol>
      ${this.cards.map((card) => html`<li>${this.#card(card)}</li>`)}
    </ol>`;
  }

  #card(card: CacheCard): TemplateResult {
    const left = card.until - this.now;
    const isOver = card.until > 0 && left <= 0 && card.state !== 'empty';
    const state = isOver ? 'expired' : card.state;
    const { name, meaning } = state === 'expired' ? EXPIRED : STATE_LOOKS[state];
    return html`<button
      type="button"
      class=${state}
      aria-pressed=${card.where === this.selected ? 'true' : 'false'}
      @click=${() => this.dispatchEvent(new CardEvent(card.where))}
    >
      ${ring(card, left, GLYPHS[state])}
      <span class="what"
        ><span class="head">${card.where} <span class="state" title=${meaning}>${name}</span></span
        ><span class="holds">${card.holds || nothing}</span></span
      >
      <span class="text">${card.text || `It ${meaning}.`}</span>
    </button>`;
  }
}

/** The share of the TTL that is left, and the seconds in digits; a glyph where nothing counts down. */
function ring({ until, storedAt }: CacheCard, left: number, glyph: string): TemplateResult {
  if (until === 0 || left <= 0) {
    return html`<svg class="ring" viewBox="0 0 64 64" aria-hidden="true">
      <circle class="track" cx="32" cy="32" r=${RADIUS} />
      <text x="32" y="38">${glyph}</text>
    </svg>`;
  }
  const whole = storedAt === undefined ? undefined : until - storedAt;
  const part = whole === undefined ? 1 : Math.max(0, Math.min(1, left / whole));
  const { digits, unit } = countdown(left);
  return html`<svg class="ring" viewBox="0 0 64 64" role="img" aria-label="${digits} ${unit} left">
    <circle class="track" cx="32" cy="32" r=${RADIUS} />
    ${svg`<circle class="left" cx="32" cy="32" r=${RADIUS} transform="rotate(-90 32 32)" stroke-dasharray="${(ROUND * part).toFixed(1)} ${ROUND.toFixed(1)}" />`}
    <text x="32" y="34">${digits}</text>
    <text class="unit" x="32" y="45">${unit}</text>
  </svg>`;
}

/** Whole seconds below ten minutes, minutes below ten hours, hours beyond. */
function countdown(micros: number): { digits: string; unit: string } {
  const seconds = Math.ceil(micros / SECOND);
  if (seconds < 600) return { digits: String(seconds), unit: 's' };
  const minutes = Math.ceil(seconds / 60);
  return minutes < 600
    ? { digits: String(minutes), unit: 'min' }
    : { digits: String(Math.ceil(minutes / 60)), unit: 'h' };
}
