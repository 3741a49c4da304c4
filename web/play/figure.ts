/** A picture with its heading, its sentence and its table: `<dnsdrill-figure>`. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { BASE, TABLES } from '../shell/styles.ts';
import { FIGURE_STYLE } from './figure-style.ts';
import type { Figure } from './recovery-chart.ts';

@customElement('dnsdrill-figure')
export class FigureElement extends LitElement {
  static override styles = [
    BASE,
    TABLES,
    FIGURE_STYLE,
    css`
      .finding {
        color: var(--quiet);
        font-size: 0.8125rem;
      }
      .picture {
        margin-top: 0.25rem;
      }
    `,
  ];

  /** Draws the figure at a width in pixels. */
  @property({ attribute: false }) accessor draw: (width: number) => Figure | undefined = () => undefined;
  /** Heading and sentence are left to screen readers. */
  @property({ type: Boolean }) accessor quiet = false;
  @state() accessor width = 0;

  readonly #resized = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry!.contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override render(): TemplateResult {
    const figure = this.width > 0 ? this.draw(this.width) : undefined;
    if (!figure) return html`${nothing}`;
    // The picture is markup of our own drawing, which escapes whatever a scenario says.
    return html`
      <h3 class=${this.quiet ? 'visually-hidden' : ''}>${figure.title}</h3>
      <p class=${this.quiet ? 'visually-hidden' : 'finding'}>${figure.finding}</p>
      <div class="picture">${unsafeHTML(figure.svg)}</div>
      <slot></slot>
      ${dataTable(figure)}
    `;
  }
}

/** The numbers of a figure behind a disclosure. */
export function dataTable({ title, columns, rows }: Figure): TemplateResult {
  return html`<details>
    <summary>Show table</summary>
    <div class="scrolls" tabindex="0" role="region" aria-label=${`Table: ${title}`}>
      <table>
        <caption class="visually-hidden">
          ${title}
        </caption>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  </details>`;
}
