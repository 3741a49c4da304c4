/** The topology as an element: the picture, kept up to date without being drawn anew, and its table. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Part, Topology } from '../../src/experiment/session/topology.ts';
import type { Frame } from '../engine/session-messages.ts';
import { BASE, TABLES } from '../shell/styles.ts';
import {
  drawTopology,
  flowOf,
  lookOf,
  type Picture,
  type PictureState,
  remarkable,
  statusOf,
} from './picture.ts';
import { TOPOLOGY_STYLE } from './style.ts';

/** Fired when a component is pointed at. */
export class PartEvent extends Event {
  readonly part: Part;

  constructor(part: Part) {
    super('part');
    this.part = part;
  }
}

/** Numbers that change faster cannot be read. */
const REFRESH_MILLISECONDS = 250;

const NOTHING: PictureState = { status: [], flows: [], towards: [] };

@customElement('dnsdrill-topology')
export class TopologyElement extends LitElement {
  static override styles = [
    BASE,
    TABLES,
    TOPOLOGY_STYLE,
    css`
      .picture {
        min-height: 6rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor topology: Topology | undefined;
  @property({ attribute: false }) accessor frame: Frame | undefined;
  @property({ type: Boolean, reflect: true }) accessor moving = false;
  @state() accessor width = 0;
  @query('.picture') accessor holder!: HTMLElement;

  readonly #resized = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry!.contentRect.width);
  });
  #drawnFor = '';
  #refreshed = 0;
  #picture: Picture | undefined;
  /** Parts once seen one by one stay so, or the picture would jump. */
  readonly #apart = new Set<string>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.holder);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="picture" @click=${this.#onPoint} @keydown=${this.#onKey}></div>
      <details @toggle=${() => this.requestUpdate()}>
        <summary>Show table</summary>
        ${this.#table()}
      </details>
    `;
  }

  #table(): TemplateResult {
    const rows = this.renderRoot.querySelector('details')?.open ? (this.#picture?.table ?? []) : [];
    return html`<div class="scrolls" tabindex="0" role="region" aria-label="Table: who talks to whom">
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Name</th>
            <th scope="col">Detail</th>
            <th scope="col">State</th>
            <th scope="col">Flow</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.topology || this.width === 0) return;
    if (!changed.has('topology') && !changed.has('frame') && !changed.has('width')) return;
    const state: PictureState = this.#state();
    if (changed.has('topology')) this.#apart.clear();
    for (const id of remarkable(this.topology, state)) this.#apart.add(id);
    const key = `${this.width} ${this.#apart.size} ${this.topology.parts.map((part) => statusOf(part, state).level).join(' ')}`;
    if (changed.has('topology') || key !== this.#drawnFor) this.#draw(this.topology, state, key);
    else if (performance.now() - this.#refreshed > REFRESH_MILLISECONDS) this.#refresh(this.topology, state);
  }

  #state(): PictureState {
    return this.frame ?? NOTHING;
  }

  /** A new picture; whatever had the focus keeps it. */
  #draw(topology: Topology, state: PictureState, key: string): void {
    const focused = (this.shadowRoot!.activeElement as SVGElement | null)?.dataset?.['part'];
    this.#drawnFor = key;
    this.#picture = drawTopology(topology, state, this.width, this.#apart);
    // The picture is markup of our own drawing, which escapes whatever a scenario says.
    this.holder.innerHTML = this.#picture.svg;
    if (focused !== undefined) this.#part(focused)?.focus();
  }

  /** Flows change all the time: only their lines and numbers are touched. */
  #refresh(topology: Topology, state: PictureState): void {
    this.#refreshed = performance.now();
    this.#picture = drawTopology(topology, state, this.width, this.#apart);
    const { shown } = this.#picture;
    for (const link of shown.links) {
      const path = this.holder.querySelector<SVGElement>(
        `[data-flow="${CSS.escape(`${link.from}>${link.to}`)}"]`,
      );
      if (!path) continue;
      for (const [name, value] of Object.entries(lookOf(flowOf(link, shown, state)))) {
        path.setAttribute(name, String(value));
      }
    }
    this.#refreshTexts();
  }

  /** Takes names and second lines over from the picture as it would be drawn now. */
  #refreshTexts(): void {
    const template = document.createElement('template');
    template.innerHTML = this.#picture!.svg;
    for (const fresh of template.content.querySelectorAll<SVGElement>('.part')) {
      const old = this.#part(fresh.dataset['part']!);
      for (const kind of ['title', '.detail']) {
        const text = old?.querySelector(kind);
        const wanted = fresh.querySelector(kind)!.textContent;
        if (text && text.textContent !== wanted) text.textContent = wanted;
      }
    }
  }

  #part(id: string): SVGElement | null {
    return this.holder.querySelector<SVGElement>(`[data-part="${CSS.escape(id)}"]`);
  }

  #onPoint({ target }: Event): void {
    const id = (target as Element).closest<SVGElement>('[data-part]')?.dataset['part'];
    const part = this.#picture?.shown.parts.find((one) => one.id === id);
    if (part) this.dispatchEvent(new PartEvent(part));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    this.#onPoint(event);
  }
}
