/** The hops of a request below one another, each with a bar for its time, what came of it, and why it happened. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { describeDuration } from '../../src/base/time.ts';
import { LOOK } from '../share/look.ts';
import type { Hop } from './hops.ts';
import { reasonOf } from './reasons.ts';

/** Fired when a hop is chosen. */
export class HopEvent extends Event {
  readonly index: number;

  constructor(index: number) {
    super('dnsdrill-hop');
    this.index = index;
  }
}

const GLYPHS = { fine: '✓', bad: '✗', neutral: '·' } as const;
const WORDS = { fine: 'went well', bad: 'went wrong', neutral: '' } as const;

@customElement('dnsdrill-waterfall')
export class WaterfallElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li + li {
        border-block-start: 1px solid var(--line);
      }
      button {
        display: grid;
        grid-template-columns: 5.5rem minmax(8rem, 12rem) minmax(6rem, 2fr) minmax(0, 5fr);
        gap: 0.125rem 0.75rem;
        align-items: center;
        justify-content: stretch;
        width: 100%;
        padding: 0.375rem 0.75rem;
        border: none;
        border-radius: 0;
        background: none;
        text-align: start;
      }
      button[aria-pressed='true'] {
        background: var(--accent-soft);
        box-shadow: inset 3px 0 var(--accent);
      }
      :focus-visible {
        outline-offset: -2px;
      }
      .time {
        color: var(--quiet);
        font-variant-numeric: tabular-nums;
        text-align: end;
      }
      .where {
        padding-inline-start: calc(var(--depth) * 0.75rem);
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .track {
        position: relative;
        height: 0.75rem;
        background: linear-gradient(var(--line), var(--line)) center / 100% 1px no-repeat;
      }
      .bar {
        position: absolute;
        inset-block: 0;
        min-width: 3px;
        border-radius: 2px;
        background: var(--own);
      }
      .text {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .mark {
        color: var(--own);
        font-weight: 700;
      }
      .times {
        color: var(--quiet);
        white-space: nowrap;
      }
      .why {
        grid-column: 2 / -1;
        color: var(--ink);
      }
      .fine {
        --own: var(--fresh);
      }
      .bad {
        --own: var(--wrong);
      }
      .neutral {
        --own: var(--quiet);
      }
      li .bad {
        color: inherit;
      }
      @container (max-width: 47.99rem) {
        button {
          grid-template-columns: 4.5rem minmax(0, 1fr);
        }
        .where {
          padding-inline-start: 0;
        }
        .track,
        .text,
        .why {
          grid-column: 1 / -1;
        }
      }
      @media (forced-colors: active) {
        .bar {
          background: CanvasText;
        }
        button[aria-pressed='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor hops: readonly Hop[] = [];
  @property({ attribute: false }) accessor selected = -1;

  protected override render(): TemplateResult {
    const total = Math.max(1, ...this.hops.map(({ to }) => to));
    return html`<ol>
      ${this.hops.map((hop, index) => html`<li>${this.#row(hop, index, total)}</li>`)}
    </ol>`;
  }

  #row(hop: Hop, index: number, total: number): TemplateResult {
    const isSelected = index === this.selected;
    const reason = reasonOf(hop.result?.code ?? hop.code);
    return html`<button
      type="button"
      class=${hop.outcome}
      style="--depth: ${hop.depth}"
      aria-pressed=${isSelected ? 'true' : 'false'}
      @click=${() => this.dispatchEvent(new HopEvent(index))}
    >
      <span class="time">+${describeDuration(hop.from)}</span>
      <span class="where">${hop.where}</span>
      <span class="track" aria-hidden="true"
        ><span class="bar" style="left: ${percent(hop.from, total)}; width: ${percent(hop.to - hop.from, total)}"></span
      ></span>
      <span class="text">
        <span class="mark" aria-hidden="true">${GLYPHS[hop.outcome]}</span> <span class="hidden">${WORDS[hop.outcome]}</span>
        ${hop.text}${hop.result ? html` → ${hop.result.text}` : nothing}
        ${hop.to > hop.from ? html`<span class="times">(${describeDuration(hop.to - hop.from)})</span>` : nothing}
        ${hop.times > 1 ? html`<span class="times">${hop.times} times</span>` : nothing}
      </span>
      ${isSelected && reason ? html`<span class="why">Why: ${reason}</span>` : nothing}
    </button>`;
  }

  /** Moves the focus along with a choice made elsewhere, if it is in the list. */
  focusRow(index: number): void {
    this.renderRoot.querySelectorAll('button')[index]?.scrollIntoView({ block: 'nearest' });
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)}%`;
}
