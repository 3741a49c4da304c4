/** How long affected clients wait under each strategy, with a quantile that can be dragged, typed and stepped. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ComparisonResult } from '../../src/measure/comparison.ts';
import { type Chart, type PlotAxis, valueAt } from '../../src/report/charts/chart.ts';
import { recoveryChart } from '../../src/report/charts/recovery.ts';
import { ChartElement, pixelAt, pointIn } from './chart-element.ts';

/** Fired when another quantile is looked at. `final`: not in the middle of a drag. */
export class QuantileEvent extends Event {
  readonly quantile: number;
  readonly final: boolean;

  constructor(quantile: number, final: boolean) {
    super('dnsdrill-quantile');
    this.quantile = quantile;
    this.final = final;
  }
}

const LEAST = 0.01;
/** Steps of the arrow keys, without and with shift. */
const STEP = 0.01;
const FINE_STEP = 0.001;

@customElement('dnsdrill-recovery')
export class RecoveryElement extends ChartElement {
  static override styles = [
    ChartElement.styles,
    css`
      .handle {
        position: absolute;
        height: 24px;
        margin-top: -12px;
        cursor: ns-resize;
        touch-action: none;
      }
      .handle::after {
        content: '';
        position: absolute;
        inset-block-start: 4px;
        inset-inline-end: 0.25rem;
        width: 10px;
        height: 16px;
        border: 1px solid var(--ink);
        border-radius: 3px;
        background: repeating-linear-gradient(var(--panel) 0 3px, var(--quiet) 3px 4px);
      }
      .quantile {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        color: var(--quiet);
      }
      .quantile input {
        width: 5.5rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor comparison!: ComparisonResult;
  @property({ attribute: false }) accessor quantile = 0.99;
  @property() accessor highlight = '';
  @query('.picture') accessor picture!: HTMLElement;
  #dragging = false;
  /** Share axis of the picture that is shown. */
  #axis: PlotAxis | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.width === 0) return nothing;
    const chart = this.draw(false);
    this.#axis = chart.plots[0]!.y;
    return this.figure(chart, this.#handle(chart), this.#field());
  }

  protected override draw(standalone: boolean): Chart {
    const { comparison, quantile, highlight } = this;
    return recoveryChart(
      { strategies: comparison.strategies, quantile },
      { width: standalone ? 860 : this.room, standalone, ...(highlight === '' ? {} : { highlight }) },
    );
  }

  #handle({ plots, finding }: Chart): TemplateResult {
    const { x, y } = plots[0]!;
    return html`<div
      class="handle"
      style="left: ${x.start}px; width: ${x.end - x.start}px; top: ${pixelAt(y, this.quantile)}px"
      tabindex="0"
      role="slider"
      aria-orientation="vertical"
      aria-label="Share of affected clients"
      aria-valuemin=${LEAST * 100}
      aria-valuemax="100"
      aria-valuenow=${Math.round(this.quantile * 1000) / 10}
      aria-valuetext=${finding}
      @pointerdown=${this.#begin}
      @pointermove=${this.#move}
      @pointerup=${this.#end}
      @keydown=${this.#key}
    ></div>`;
  }

  #field(): TemplateResult {
    return html`<label class="quantile"
      >Time until <input
        type="number"
        min=${LEAST * 100}
        max="100"
        step="0.1"
        .value=${String(Math.round(this.quantile * 1000) / 10)}
        @change=${(event: Event) => this.#tell((event.target as HTMLInputElement).valueAsNumber / 100, true)}
      />
      % are back</label
    >`;
  }

  #tell(quantile: number, final: boolean): void {
    if (!Number.isFinite(quantile)) return;
    const rounded = Math.round(Math.max(LEAST, Math.min(1, quantile)) * 1000) / 1000;
    this.dispatchEvent(new QuantileEvent(rounded, final));
  }

  readonly #begin = (event: PointerEvent): void => {
    (event.target as Element).setPointerCapture(event.pointerId);
    this.#dragging = true;
  };

  readonly #move = (event: PointerEvent): void => {
    if (!this.#dragging) return;
    this.#tell(Math.round(valueAt(this.#axis!, pointIn(event, this.picture).y) * 100) / 100, false);
  };

  readonly #end = (): void => {
    if (this.#dragging) this.#tell(this.quantile, true);
    this.#dragging = false;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? FINE_STEP : STEP;
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: this.quantile + step,
      ArrowRight: this.quantile + step,
      ArrowDown: this.quantile - step,
      ArrowLeft: this.quantile - step,
      Home: 0.5,
      End: 1,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#tell(to, true);
  };
}
