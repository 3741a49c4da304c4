/** The fault timeline with its transport: what happens when, where we are, and every way to move. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { formatSeconds } from '../../src/report/numbers.ts';
import type { Description } from '../engine/session-messages.ts';
import type { Commands } from '../shell/commands.ts';
import { zoomOf } from '../shell/preferences.ts';
import { BASE, BUTTONS, TABLES } from '../shell/styles.ts';
import { FIGURE_STYLE } from './figure-style.ts';
import { momentText, originOf } from './sentences.ts';
import { lanesHeight, timelineAxis, timelineData, timelineFigure } from './timeline-chart.ts';
import type { Span } from './window.ts';

/** Fired while the user scrubs. */
export class ScrubEvent extends Event {
  readonly to: number;
  readonly settled: boolean;

  constructor(to: number, settled: boolean) {
    super('scrub');
    this.to = to;
    this.settled = settled;
  }
}

/** Below this width the picture is lower, so that the dock leaves room for the page. */
const NARROW = 600;
/** And in a window lower than this. */
const SHORT = 600;
const LOW = 58;
const HIGH = 84;

@customElement('dnsdrill-dock')
export class DockElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    TABLES,
    FIGURE_STYLE,
    css`
      .strip {
        position: relative;
      }
      .now {
        position: absolute;
        inset-block: 12px 18px;
        width: 0;
        border-inline-start: 2px solid var(--ink);
        pointer-events: none;
      }
      .now::before {
        content: '';
        position: absolute;
        inset-block-end: -6px;
        inset-inline-start: -6px;
        border: 5px solid transparent;
        border-block-end: 7px solid var(--ink);
        border-block-start: 0;
      }
      .scrub {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 4px;
        width: calc(100% - 8px);
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: ew-resize;
      }
      .strip:has(.scrub:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
        border-radius: 4px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.375rem;
      }
      .row > button {
        min-width: 2.25rem;
        padding: 0 0.5rem;
      }
      .play {
        min-width: 5.5rem !important;
      }
      .speed {
        display: inline-flex;
        align-items: center;
        gap: 0.125rem;
      }
      .speed output {
        min-width: 3.75rem;
        text-align: center;
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
      }
      .moment {
        flex: 1 1 10rem;
        min-width: 0;
        font-size: 0.875rem;
        line-height: 1.25;
        font-variant-numeric: tabular-nums;
        text-align: end;
      }
      svg.icon {
        display: inline-block;
        fill: currentColor;
      }
      @container (max-width: 52rem) {
        .moment .wide {
          display: none;
        }
      }
      @container (max-width: 37.5rem) {
        .row {
          gap: 0.25rem;
        }
        .row > button,
        .speed > button {
          min-width: 2rem;
          padding: 0;
        }
        .row > button {
          flex: 1 1 2rem;
        }
        .play {
          min-width: 3rem !important;
        }
        .speed output {
          min-width: 2.75rem;
        }
        .wide,
        .play span {
          display: none;
        }
        .moment {
          order: -1;
          flex: 1 0 100%;
          text-align: start;
        }
      }
      @container (max-width: 23rem) {
        .row > button,
        .speed > button {
          min-width: 1.75rem;
        }
        .play {
          min-width: 2.5rem !important;
        }
        .speed output {
          min-width: 2.25rem;
        }
      }
      @media print {
        .row > :not(.moment) {
          display: none;
        }
      }
      @media (forced-colors: active) {
        .now {
          border-color: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor description: Description | undefined;
  @property({ attribute: false }) accessor outcome: SessionOutcome | undefined;
  @property({ type: Number }) accessor now = 0;
  @property({ type: Boolean }) accessor playing = false;
  @property({ type: Boolean }) accessor slow = false;
  @property({ type: Number }) accessor speed = 1;
  @property({ attribute: false }) accessor moving: number | undefined;
  @property({ attribute: false }) accessor span: Span = { from: 0, to: 1, whole: true };
  /** What comes is kept back. */
  @property({ type: Boolean }) accessor secret = false;
  @property({ attribute: false }) accessor commands!: Commands;
  @state() accessor width = 0;

  readonly #resized = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry!.contentRect.width);
  });
  #drawn: { readonly key: readonly unknown[]; readonly svg: TemplateResult } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override render(): TemplateResult {
    if (!this.description || this.width === 0) return html`<div style="height:7.5rem"></div>`;
    const svg = this.#picture(this.description);
    return html`${this.#strip(this.description, svg)} ${this.#transport(this.description)}`;
  }

  /** Drawn again only when something other than the moment has changed. */
  #picture(description: Description): TemplateResult {
    const { outcome, span, width, secret } = this;
    const key = [description, outcome, span.from, span.to, width, secret];
    if (this.#drawn && key.every((value, at) => value === this.#drawn!.key[at])) return this.#drawn.svg;
    const data = timelineData(description, secret ? undefined : outcome, span);
    const low = width < NARROW || innerHeight / zoomOf(this) < SHORT;
    const height = (low ? LOW : HIGH) + lanesHeight(data, width);
    const figure = timelineFigure(data, width, height);
    this.#drawn = { key, svg: html`${unsafeHTML(figure.svg)}` };
    return this.#drawn.svg;
  }

  #strip(description: Description, svg: TemplateResult): TemplateResult {
    const { from, to } = this.span;
    const left = timelineAxis(this.span, this.width).at(Math.min(to, Math.max(from, this.now)));
    return html`<div class="strip">
      ${svg}
      <div class="now" style=${`inset-inline-start:${(left - 1).toFixed(1)}px`}></div>
      <input
        class="scrub"
        type="range"
        aria-label="Moment"
        aria-valuetext=${momentText(this.now, description)}
        min=${from}
        max=${to}
        step=${Math.max(0.1, Math.round((to - from) / 600))}
        .value=${String(this.now)}
        @input=${({ target }: Event) => this.#scrub(target, false)}
        @change=${({ target }: Event) => this.#scrub(target, true)}
      />
    </div>`;
  }

  #scrub(target: EventTarget | null, settled: boolean): void {
    this.dispatchEvent(new ScrubEvent(Number((target as HTMLInputElement).value), settled));
  }

  #transport(description: Description): TemplateResult {
    const { playing, speed } = this;
    const origin = originOf(description);
    return html`<div class="row" role="group" aria-label="Transport">
      ${this.#button('play.rewind', `Rewind to before the ${origin}`, REWIND)}
      ${this.#button('play.back', 'Back to before the last change of a cache', BACK)}
      <button
        type="button"
        class="play primary"
        aria-label=${playing ? 'Pause' : 'Play'}
        @click=${() => this.commands.run('play.toggle')}
      >
        ${playing ? PAUSE : PLAY}<span>${playing ? 'Pause' : 'Play'}</span>
      </button>
      ${this.#button('play.step', 'Step to the next change of a cache', STEP)}
      ${this.#button('play.next', 'To the next state change: fault, check, publication', NEXT)}
      <span class="speed" role="group" aria-label="Speed">
        ${this.#button('play.slower', 'Slower', html`−`)}
        <output aria-label="Speed">×${speed}${this.slow ? '*' : ''}</output>
        ${this.#button('play.faster', 'Faster', html`+`)}
      </span>
      <button
        type="button"
        class="wide"
        aria-pressed=${this.span.whole}
        title=${`Show the whole run, or the time around the ${origin}`}
        @click=${() => this.commands.run('play.window')}
      >
        Whole run
      </button>
      <span class="moment">
        <strong>${formatSeconds(Math.round(this.now * 10) / 10)}</strong>
        <span class="quiet"><span class="wide">of ${formatSeconds(description.duration)},</span> ${momentText(this.now, description)}</span>
        ${this.moving === undefined ? nothing : html`<span class="quiet">· on the way ${Math.round(this.moving * 100)} %</span>`}
      </span>
    </div>`;
  }

  #button(command: string, label: string, content: TemplateResult): TemplateResult {
    return html`<button
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.commands.run(command)}
    >
      ${content}
    </button>`;
  }
}

function icon(path: string): TemplateResult {
  return html`<svg class="icon" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d=${path} /></svg>`;
}

const PLAY = icon('M3 1.5v11l9 -5.5z');
const PAUSE = icon('M2.5 1.5h3v11h-3zM8.5 1.5h3v11h-3z');
const STEP = icon('M2 1.5v11l7 -5.5zM10 1.5h2v11h-2z');
const BACK = icon('M12 1.5v11l-7 -5.5zM2 1.5h2v11h-2z');
const NEXT = icon('M1 2v10l5.5 -5zM6.5 2v10l5.5 -5zM12 2h1.5v10h-1.5z');
const REWIND = icon('M13 2v10l-5.5 -5zM7.5 2v10l-5.5 -5zM0.5 2h1.5v10h-1.5z');
