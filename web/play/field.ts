/** The cache field: a square per cache on a canvas, its counts as a table, and a way to point at one. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Frame } from '../engine/session-messages.ts';
import { zoomOf } from '../shell/preferences.ts';
import { BASE, TABLES } from '../shell/styles.ts';
import { CACHE_STATES, type CacheState, GLYPHS, LISTED, STATE_LOOKS } from './cache-states.ts';
import { type Colours, type Grid, gridFor, paintField, placeAt } from './field-painter.ts';

/** Fired when a square is pointed at; undefined when none is any more. */
export class PickEvent extends Event {
  readonly place: number | undefined;

  constructor(place: number | undefined) {
    super('pick');
    this.place = place;
  }
}

/** Pixels the field may be tall: what a window leaves beside everything else, never less and never more than this. */
const LEAST_ROOM = 140;
const OTHERS_NEED = 720;
const MOST_ROOM = 320;

const MOVES: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

@customElement('dnsdrill-field')
export class FieldElement extends LitElement {
  static override styles = [
    BASE,
    TABLES,
    css`
      .canvas {
        position: relative;
        min-height: 4rem;
      }
      /* A full field stands as high whatever the size of its squares, so that nothing below it moves. */
      :host([full]) .canvas {
        min-height: clamp(${LEAST_ROOM}px, 100vh / var(--zoom) - ${OTHERS_NEED}px, ${MOST_ROOM}px);
      }
      canvas {
        display: block;
        cursor: pointer;
        touch-action: manipulation;
      }
      /* Before it is first painted it takes no room of its own. */
      canvas:not([style]) {
        height: 0;
      }
      .probe {
        display: none;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        margin: 0.5rem 0 0;
        padding: 0;
        list-style: none;
        font-size: 0.8125rem;
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        white-space: nowrap;
      }
      li b {
        min-width: 1.6em;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) accessor frame: Frame | undefined;
  @property({ attribute: false }) accessor places: readonly string[] = [];
  @property({ attribute: false }) accessor chosen: number | undefined;
  /** It has as many places as there can be. */
  @property({ type: Boolean, reflect: true }) accessor full = false;
  @state() accessor width = 0;
  @query('canvas') accessor canvas!: HTMLCanvasElement;
  @query('.canvas') accessor holder!: HTMLElement;

  readonly #resized = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry!.contentRect.width);
  });
  #drawing = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const query of THEME_QUERIES) matchMedia(query).addEventListener('change', this.#draw);
    this.#themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const query of THEME_QUERIES) matchMedia(query).removeEventListener('change', this.#draw);
    this.#themes.disconnect();
    this.#resized.disconnect();
  }

  readonly #draw = (): void => {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => this.#paint());
  };

  readonly #themes = new MutationObserver(this.#draw);

  protected override firstUpdated(): void {
    this.#resized.observe(this.holder);
  }

  protected override render(): TemplateResult {
    const count = this.places.length;
    const pointed = this.chosen === undefined ? 'none chosen' : (this.places[this.chosen] ?? '');
    return html`
      <div class="canvas">
        <canvas
          tabindex="0"
          role="application"
          aria-roledescription="cache field"
          aria-label=${`${count} caches; arrow keys choose one, Escape lets go. ${pointed}`}
          aria-describedby="counts"
          @click=${this.#onClick}
          @keydown=${this.#onKey}
        ></canvas>
        ${CACHE_STATES.map((name) => html`<span class="probe" data-state=${name} style=${`color:var(--${name})`}></span>`)}
        <span class="probe" data-state="glyph" style="color:var(--panel)"></span>
        <span class="probe" data-state="ring" style="color:var(--ink)"></span>
      </div>
      <ul id="counts" aria-label="Caches by state">
        ${LISTED.map((name) => this.#legend(name))}
      </ul>
    `;
  }

  #legend(name: CacheState): TemplateResult {
    const count = this.frame?.counts[CACHE_STATES.indexOf(name)] ?? 0;
    const { name: label, meaning } = STATE_LOOKS[name];
    return html`<li title=${meaning}>
      ${swatch(name)}<b>${count}</b><span>${label}</span><span class="visually-hidden">: ${meaning}</span>
    </li>`;
  }

  protected override updated(): void {
    this.#draw();
  }

  get #grid(): Grid {
    return gridFor(
      this.places.length,
      this.width,
      Math.min(MOST_ROOM, Math.max(LEAST_ROOM, innerHeight / zoomOf(this) - OTHERS_NEED)),
    );
  }

  #paint(): void {
    const { canvas, frame, places } = this;
    if (this.width === 0 || !canvas) return;
    const grid = this.#grid;
    const ratio = devicePixelRatio * zoomOf(this);
    const [width, height] = [grid.columns * grid.pitch, Math.max(1, grid.rows) * grid.pitch];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const states = frame?.states ?? new Uint8Array(places.length);
    paintField(context, states, grid, this.#colours(), this.chosen);
  }

  /** Custom properties do not resolve light-dark() by themselves; the colour of an element does. */
  #colours(): Colours {
    const read = (name: string): string =>
      getComputedStyle(this.renderRoot.querySelector(`.probe[data-state=${name}]`)!).color;
    return {
      states: Object.fromEntries(CACHE_STATES.map((name) => [name, read(name)])) as Colours['states'],
      glyph: read('glyph'),
      ring: read('ring'),
      outlined: matchMedia('(forced-colors: active)').matches,
    };
  }

  #onClick({ offsetX, offsetY }: MouseEvent): void {
    const zoom = zoomOf(this);
    const place = placeAt(this.#grid, this.places.length, offsetX / zoom, offsetY / zoom);
    this.dispatchEvent(new PickEvent(place));
  }

  #onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key]?.(this.#grid.columns);
    const last = Math.max(0, this.places.length - 1);
    let place: number | undefined;
    if (move !== undefined && !event.shiftKey) {
      place = this.chosen === undefined ? 0 : Math.max(0, Math.min(last, this.chosen + move));
    } else if (event.key === 'Home') place = 0;
    else if (event.key === 'End') place = last;
    else if (event.key !== 'Escape' || this.chosen === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(new PickEvent(place));
  }
}

const THEME_QUERIES: readonly string[] = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/** A square as in the field, for legends. */
export function swatch(name: CacheState): TemplateResult {
  const path = GLYPHS[name].map((stroke) => strokePath(stroke.map((value) => 1 + value * 14))).join('');
  const fill = name === 'empty' ? 'none' : `var(--${name})`;
  return html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    <rect x="1" y="1" width="14" height="14" rx="1.5" fill=${fill} stroke=${`var(--${name})`} />
    <path
      d=${path}
      fill="none"
      stroke="var(--panel)"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`;
}

function strokePath(points: readonly number[]): string {
  return points.reduce((path, value, at) => {
    if (at % 2 === 1) return `${path} ${value}`;
    return `${path}${at === 0 ? 'M' : 'L'}${value}`;
  }, '');
}
