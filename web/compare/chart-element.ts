/** What elements with a chart share: drawing at the width there is, the table beside it, files of it. */
import { type CSSResultGroup, css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Chart, PlotAxis } from '../../src/report/charts/chart.ts';
import { formatCell, tableToCsv } from '../../src/report/charts/format.ts';
import { CHART_STYLE } from '../../src/report/charts/theme.ts';
import { pngOf, save } from '../share/files.ts';
import { LOOK } from '../share/look.ts';
import { zoomOf } from '../shell/preferences.ts';

/** Narrower than this a chart is scrolled. */
const LEAST_WIDTH = 264;

const CHART_LOOK: CSSResultGroup = [
  LOOK,
  unsafeCSS(CHART_STYLE),
  css`
    .chart {
      --chart-ground: var(--panel);
    }
    figure {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.5rem;
      margin: 0;
    }
    .title {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 1rem;
      align-items: start;
      justify-content: space-between;
    }
    .finding {
      color: var(--ink);
    }
    .picture {
      position: relative;
      overflow: hidden;
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 0.5rem;
      align-items: start;
      justify-content: space-between;
      font-size: 0.875rem;
    }
    .tools details {
      flex: 1 1 14rem;
      min-width: 0;
    }
    .tools summary {
      width: max-content;
      padding: 0.25rem 0;
      color: var(--quiet);
    }
    .tools .scrolls {
      max-height: 24rem;
      overflow: auto;
    }
    .tools button {
      color: var(--quiet);
    }
  `,
];

export abstract class ChartElement extends LitElement {
  static override styles: CSSResultGroup = CHART_LOOK;

  /** Pixels there are for the picture; 0 before the first layout. */
  @state() accessor width = 0;

  readonly #observer: ResizeObserver = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry!.contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  /** Width to draw at. */
  protected get room(): number {
    return Math.max(LEAST_WIDTH, this.width);
  }

  /** The picture as a file of its own, with nothing that is only true at the moment. */
  protected abstract draw(standalone: boolean): Chart;

  /**
   * @param overlay stands over the picture, in its pixels
   * @param controls beside the title
   */
  protected figure(chart: Chart, overlay: unknown = nothing, controls: unknown = nothing): TemplateResult {
    // The picture is markup made by our own charts, which escape whatever the scenario says.
    return html`<figure>
      <div class="title">
        <h2>${chart.title}</h2>
        ${controls}
      </div>
      <p class="finding small">${chart.finding}</p>
      <div class="picture">${unsafeHTML(chart.svg)}${overlay}</div>
      <div class="tools">
        ${tableOf(chart)}
        <div class="row" role="group" aria-label="Save: ${chart.title}">
          <button type="button" class="plain" @click=${() => this.save('svg')}>SVG</button>
          <button type="button" class="plain" @click=${() => this.save('png')}>PNG</button>
          <button type="button" class="plain" @click=${() => this.save('csv')}>CSV</button>
        </div>
      </div>
    </figure>`;
  }

  /** Lets the browser save the chart. */
  async save(format: 'svg' | 'png' | 'csv'): Promise<void> {
    const { name, svg, table } = this.draw(true);
    if (format === 'csv') save(`${name}.csv`, tableToCsv(table), 'text/csv');
    else if (format === 'svg') save(`${name}.svg`, svg, 'image/svg+xml');
    else save(`${name}.png`, await pngOf(svg, isDark(this)));
  }
}

function isDark(element: Element): boolean {
  const probe = getComputedStyle(element).getPropertyValue('color-scheme');
  return probe === 'dark' || (probe !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}

function tableOf({ title, table: { columns, rows } }: Chart): TemplateResult {
  return html`<details>
    <summary>Show table</summary>
    <div class="scrolls" tabindex="0" role="region" aria-label="Table: ${title}">
      <table>
        <thead>
          <tr>
            ${columns.map(({ heading, format }) => html`<th scope="col" class=${format ? 'number' : ''}>${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, index) => html`<td class=${columns[index]!.format ? 'number' : ''}>${formatCell(cell, columns[index]!)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** Where a value lies on an axis, in pixels. */
export function pixelAt({ from, to, start, end, isLog }: PlotAxis, value: number): number {
  const part = isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from || 1);
  return start + Math.max(0, Math.min(1, part)) * (end - start);
}

/** Where the pointer is in the pixels of a picture. */
export function pointIn(event: PointerEvent, picture: Element): { readonly x: number; readonly y: number } {
  const box = picture.getBoundingClientRect();
  const zoom = zoomOf(picture);
  return { x: (event.clientX - box.left) / zoom, y: (event.clientY - box.top) / zoom };
}
