/** Load at the authoritative servers against time to recovery; clicking a point pins it for the comparison of two. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { parseDuration } from '../../src/base/time.ts';
import type { ComparisonResult } from '../../src/measure/comparison.ts';
import type { Chart } from '../../src/report/charts/chart.ts';
import { type ParetoData, paretoChart, paretoData } from '../../src/report/charts/pareto.ts';
import { ChartElement } from './chart-element.ts';

/** Fired when a strategy is pinned. */
export class PinEvent extends Event {
  readonly strategy: string;

  constructor(strategy: string) {
    super('dnsdrill-pin');
    this.strategy = strategy;
  }
}

/** Points nearer to one another than this, in pixels, share their letters. */
const LETTERS_APART = 14;

interface Spot {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

@customElement('dnsdrill-front')
export class FrontElement extends ChartElement {
  static override styles = [
    ChartElement.styles,
    css`
      .spot {
        position: absolute;
        width: 1.75rem;
        height: 1.75rem;
        min-height: 0;
        margin: -0.875rem 0 0 -0.875rem;
        padding: 0;
        border: none;
        border-radius: 50%;
        background: none;
      }
      .spot:hover {
        background: var(--hover);
      }
      .spot.pinned::before {
        content: '';
        position: absolute;
        inset: 5px;
        border-radius: 50%;
        box-shadow: 0 0 0 2px var(--ink);
      }
      .spot span {
        position: absolute;
        inset-block-end: 1rem;
        inset-inline-end: 1.375rem;
        font-weight: 700;
      }
      @media (forced-colors: active) {
        .spot.pinned {
          outline: 2px solid CanvasText;
        }
      }
      .across {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        color: var(--quiet);
      }
      .extra {
        font-size: 0.875rem;
      }
      .extra .row {
        padding-block: 0.5rem;
      }
      .extra label {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        color: var(--quiet);
      }
      .extra input {
        width: 6rem;
      }
      .extra .currency {
        width: 4rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor comparison!: ComparisonResult;
  /** Names of the strategies pinned as A and B. */
  @property({ attribute: false }) accessor pins: readonly string[] = [];
  @property() accessor highlight = '';
  /** Price of a million queries; 0 = shown as queries. */
  @state() accessor price = 0;
  @state() accessor currency = 'EUR';
  /** What would be good enough: seconds. */
  @state() accessor goal = 0;
  /** What stands on the x axis. */
  @state() accessor across: 'load' | 'cost' = 'load';
  @state() accessor spots: readonly Spot[] = [];
  @query('.picture svg') accessor drawn!: SVGElement | null;

  protected override render(): TemplateResult | typeof nothing {
    if (this.width === 0) return nothing;
    return html`${this.figure(this.draw(false), this.#buttons(), this.#axis())} ${this.#extras()}`;
  }

  protected override draw(standalone: boolean): Chart {
    const { highlight } = this;
    return paretoChart(this.#data(), {
      width: standalone ? 860 : this.room,
      standalone,
      ...(highlight === '' ? {} : { highlight }),
    });
  }

  #data(): ParetoData {
    const data = paretoData(this.comparison);
    const { price, currency, goal } = this;
    const isCost = this.across === 'cost' && isPriced(data);
    const amounts = data.points.flatMap(({ load, cost }) => (isCost ? (cost ?? []) : load));
    const most = Math.max(...amounts.map(({ mean, high }) => high ?? mean));
    return {
      ...data,
      lettered: this.pins,
      ...(isCost ? { across: 'cost' as const } : {}),
      ...(price > 0 ? { price: { perMillion: price, currency } } : {}),
      ...(goal > 0 ? { goal: { load: most, seconds: goal } } : {}),
    };
  }

  /** Reads from the picture where the points ended up. */
  protected override updated(): void {
    const spots = this.comparison.strategies.flatMap(({ name }) => spotOf(this.drawn, name));
    if (JSON.stringify(spots) !== JSON.stringify(this.spots)) this.spots = spots;
  }

  #buttons(): TemplateResult[] {
    const letters = this.#letters();
    return this.spots.map(({ name, x, y }) => {
      const letter = ['A', 'B'][this.pins.indexOf(name)] ?? '';
      return html`<button
        type="button"
        class="spot ${letter ? 'pinned' : ''}"
        style="left: ${x}px; top: ${y}px"
        aria-label="${name}${letter ? `, pinned as ${letter}` : ', pin for the comparison of two'}"
        title=${name}
        @click=${() => this.dispatchEvent(new PinEvent(name))}
      >
        <span aria-hidden="true">${letters.get(name) ?? ''}</span>
      </button>`;
    });
  }

  /** The letters of the pins; where both lie on one point they stand there together. */
  #letters(): ReadonlyMap<string, string> {
    const [a, b] = this.pins.map((pin) => this.spots.find(({ name }) => name === pin));
    if (a && b && Math.hypot(a.x - b.x, a.y - b.y) < LETTERS_APART) return new Map([[a.name, 'AB']]);
    return new Map(this.pins.map((pin, index) => [pin, ['A', 'B'][index] ?? '']));
  }

  /** Nothing to choose where no provider has a price list. */
  #axis(): TemplateResult | typeof nothing {
    if (!isPriced(paretoData(this.comparison))) return nothing;
    const { across } = this;
    return html`<label class="across"
      >Against
      <select @change=${this.#setAcross}>
        <option value="load" ?selected=${across === 'load'}>load</option>
        <option value="cost" ?selected=${across === 'cost'}>list price</option>
      </select></label
    >`;
  }

  readonly #setAcross = (event: Event): void => {
    this.across = (event.target as HTMLSelectElement).value === 'cost' ? 'cost' : 'load';
  };

  #extras(): TemplateResult {
    return html`<details class="extra">
      <summary>Price and goal</summary>
      <div class="row">
        <label
          >A million queries cost
          <input type="number" min="0" step="0.01" .value=${String(this.price)} @change=${this.#setPrice} /></label
        ><label
          ><span class="hidden">Currency</span
          ><input class="currency" maxlength="5" .value=${this.currency} @change=${this.#setCurrency}
        /></label>
        <label
          >Good enough within
          <input placeholder="5m" autocomplete="off" @change=${this.#setGoal}
        /></label>
      </div>
    </details>`;
  }

  readonly #setPrice = (event: Event): void => {
    const price = (event.target as HTMLInputElement).valueAsNumber;
    this.price = Number.isFinite(price) && price > 0 ? price : 0;
  };

  readonly #setCurrency = (event: Event): void => {
    this.currency = (event.target as HTMLInputElement).value.trim() || 'EUR';
  };

  readonly #setGoal = (event: Event): void => {
    this.goal = (parseDuration((event.target as HTMLInputElement).value) ?? 0) / 1_000_000;
  };
}

/** A comparison by price needs two prices that differ. */
function isPriced({ points }: ParetoData): boolean {
  return new Set(points.flatMap(({ cost }) => (cost ? [cost.mean] : []))).size > 1;
}

function spotOf(picture: SVGElement | null, name: string): Spot[] {
  const groups = [...(picture?.querySelectorAll<SVGElement>('[data-strategy]') ?? [])];
  const marker = groups
    .filter((group) => group.dataset['strategy'] === name)
    .flatMap((group) => [...group.querySelectorAll('.marker, .hollow')])
    .at(0);
  const [, x, y] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(marker?.getAttribute('transform') ?? '') ?? [];
  return x === undefined || y === undefined ? [] : [{ name, x: Number(x), y: Number(y) }];
}
