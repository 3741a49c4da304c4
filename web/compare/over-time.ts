/** Availability of every strategy over time, on shared axes with one crosshair and one zoom. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { formatDuration, parseDuration } from '../../src/base/time.ts';
import type { RunResult } from '../../src/measure/result.ts';
import { type AvailabilityData, availabilityChart } from '../../src/report/charts/availability.ts';
import { type Chart, type PlotAxis, valueAt } from '../../src/report/charts/chart.ts';
import { availabilityData } from '../../src/report/charts/from-result.ts';
import { formatSeconds, formatShare } from '../../src/report/numbers.ts';
import { ChartElement, pixelAt, pointIn } from './chart-element.ts';

/** Fired when another stretch of time is looked at. */
export class StretchEvent extends Event {
  /** Seconds; undefined: the whole run. */
  readonly stretch: Stretch | undefined;

  constructor(stretch: Stretch | undefined) {
    super('dnsdrill-stretch');
    this.stretch = stretch;
  }
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1_000_000;
/** A drag shorter than this, in pixels, is a click. */
const LEAST_DRAG = 8;

@customElement('dnsdrill-over-time')
export class OverTimeElement extends ChartElement {
  static override styles = [
    ChartElement.styles,
    css`
      .plot {
        position: absolute;
        inset-block: 0;
        cursor: crosshair;
        touch-action: pan-y;
      }
      .chosen {
        position: absolute;
        inset-block: 0;
        border-inline: 1px solid var(--accent);
        background: color-mix(in srgb, var(--accent) 15%, transparent);
      }
      .zoom input {
        width: 6rem;
      }
      .zoom label {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        color: var(--quiet);
      }
    `,
  ];

  @property({ attribute: false }) accessor result!: RunResult;
  @property({ attribute: false }) accessor stretch: Stretch | undefined;
  /** Name of a strategy to bring out. */
  @property() accessor highlight = '';
  @state() accessor crosshair: number | undefined;
  @state() accessor drag: { readonly from: number; readonly to: number } | undefined;
  @query('.picture') accessor picture!: HTMLElement;
  /** Time axis of the picture that is shown. */
  #axis: PlotAxis | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.width === 0) return nothing;
    const chart = this.draw(false);
    this.#axis = chart.plots[0]?.x;
    return this.figure(chart, this.#overlay(), this.#zoom());
  }

  protected override draw(standalone: boolean): Chart {
    const { crosshair, highlight } = this;
    return availabilityChart(this.#data(), {
      width: standalone ? 860 : this.room,
      standalone,
      ...(crosshair === undefined || standalone ? {} : { crosshair }),
      ...(highlight === '' ? {} : { highlight }),
    });
  }

  #data(): AvailabilityData {
    const data = availabilityData(this.result);
    const { stretch } = this;
    return stretch ? { ...data, fromSeconds: stretch.from, durationSeconds: stretch.to } : data;
  }

  #overlay(): TemplateResult | typeof nothing {
    const axis = this.#axis;
    if (!axis) return nothing;
    const { crosshair, drag } = this;
    return html`<div
        class="plot"
        style="left: ${axis.start}px; width: ${axis.end - axis.start}px"
        tabindex="0"
        role="slider"
        aria-label="Point in time"
        aria-valuemin=${axis.from}
        aria-valuemax=${axis.to}
        aria-valuenow=${Math.round(crosshair ?? axis.from)}
        aria-valuetext=${this.#valueText(crosshair ?? axis.from)}
        @pointerdown=${this.#begin}
        @pointermove=${this.#move}
        @pointerup=${this.#end}
        @pointerleave=${this.#leave}
        @keydown=${this.#key}
        @dblclick=${() => this.#look(undefined)}
      ></div>
      ${
        drag
          ? html`<div
              class="chosen"
              style="left: ${pixelAt(axis, Math.min(drag.from, drag.to))}px; width: ${Math.abs(pixelAt(axis, drag.to) - pixelAt(axis, drag.from))}px"
            ></div>`
          : nothing
      }`;
  }

  /** What the crosshair says, for those who do not see it. */
  #valueText(seconds: number): string {
    const values = this.#data().strategies.map(({ name, middle, bucketSeconds }) => {
      const share = middle[Math.floor(seconds / bucketSeconds)] ?? null;
      return `${name} ${share === null ? 'no requests' : formatShare(share)}`;
    });
    return `${formatSeconds(seconds)}: ${values.join(', ')}`;
  }

  #zoom(): TemplateResult {
    const { durationSeconds } = this.result.scenario;
    const { from, to } = this.stretch ?? { from: 0, to: durationSeconds };
    const field = (
      label: string,
      value: number,
      change: (seconds: number) => Stretch,
    ): TemplateResult => html`<label
      >${label}
      <input
        .value=${formatDuration(Math.round(value) * SECOND)}
        autocomplete="off"
        @change=${(event: Event) => this.#write(event.target as HTMLInputElement, value, change)}
    /></label>`;
    return html`<div class="row zoom" role="group" aria-label="Zoom">
      ${field('From', from, (seconds) => ({ from: seconds, to }))} ${field('to', to, (seconds) => ({ from, to: seconds }))}
      <button type="button" @click=${() => this.#look(this.#aroundFault())}>Around the fault</button>
      <button type="button" ?disabled=${!this.stretch} @click=${() => this.#look(undefined)}>Whole run</button>
    </div>`;
  }

  #aroundFault(): Stretch | undefined {
    const { durationSeconds } = this.result.scenario;
    const fault = availabilityData(this.result).marks[0];
    if (!fault) return undefined;
    const length = durationSeconds / 6;
    const from = Math.max(0, fault.atSeconds - length / 8);
    return { from, to: Math.min(durationSeconds, from + length) };
  }

  #write(input: HTMLInputElement, before: number, change: (seconds: number) => Stretch): void {
    const micros = parseDuration(input.value);
    if (micros === undefined) input.value = formatDuration(Math.round(before) * SECOND);
    else this.#look(change(micros / SECOND));
  }

  #look(stretch: Stretch | undefined): void {
    const { durationSeconds } = this.result.scenario;
    const from = Math.max(0, Math.min(stretch?.from ?? 0, durationSeconds));
    const to = Math.max(0, Math.min(stretch?.to ?? durationSeconds, durationSeconds));
    if (to <= from) return;
    const isWhole = from === 0 && to === durationSeconds;
    this.dispatchEvent(new StretchEvent(isWhole ? undefined : { from, to }));
  }

  #timeAt(event: PointerEvent): number {
    return valueAt(this.#axis!, pointIn(event, this.picture).x);
  }

  readonly #begin = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    (event.target as Element).setPointerCapture(event.pointerId);
    const at = this.#timeAt(event);
    this.drag = { from: at, to: at };
  };

  readonly #move = (event: PointerEvent): void => {
    const at = this.#timeAt(event);
    this.crosshair = at;
    if (this.drag) this.drag = { ...this.drag, to: at };
  };

  readonly #end = (): void => {
    const { drag } = this;
    this.drag = undefined;
    if (!drag) return;
    const pixels = Math.abs(pixelAt(this.#axis!, drag.to) - pixelAt(this.#axis!, drag.from));
    if (pixels >= LEAST_DRAG)
      this.#look({ from: Math.min(drag.from, drag.to), to: Math.max(drag.from, drag.to) });
  };

  readonly #leave = (event: PointerEvent): void => {
    if (this.drag || (event.target as Element).matches(':focus-visible')) return;
    this.crosshair = undefined;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { strategies, durationSeconds, fromSeconds = 0 } = this.#data();
    const bucket = strategies[0]?.bucketSeconds ?? 1;
    const step = bucket * (event.shiftKey ? 10 : 1);
    const now = this.crosshair ?? fromSeconds;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: now + step,
      ArrowUp: now + step,
      ArrowLeft: now - step,
      ArrowDown: now - step,
      Home: fromSeconds,
      End: durationSeconds,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.crosshair = Math.max(fromSeconds, Math.min(to, durationSeconds - bucket));
  };
}
