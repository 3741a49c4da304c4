/** What paired runs say about strategies against one of them, and what they do not. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type ComparisonResult,
  differencesBetween,
  isBetterLow,
  type PairedDifference,
  quantileMetric,
} from '../../src/measure/comparison.ts';
import { differenceSentence, differenceText } from '../../src/report/compare/difference.ts';
import { LOOK } from '../share/look.ts';

/** Fired when a strategy is chosen as A or B. */
export class PairEvent extends Event {
  readonly a: string;
  readonly b: string;

  constructor(a: string, b: string) {
    super('dnsdrill-pair');
    this.a = a;
    this.b = b;
  }
}

const METRICS = [
  'recovery.p50',
  'recovery.max',
  'user-minutes',
  'availability.min',
  'availability.mean',
  'load.authorities',
  'cost.month',
];
const LABELS: Readonly<Record<string, string>> = {
  'recovery.p50': 'half are back',
  'recovery.max': 'the last is back',
  'user-minutes': 'user-minutes lost',
  'availability.min': 'worst availability',
  'availability.mean': 'requests served',
  'load.authorities': 'load at authorities',
  'cost.month': 'DNS a month, list prices',
};

@customElement('dnsdrill-differences')
export class DifferencesElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        container-type: inline-size;
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
        gap: 0.5rem;
        align-items: end;
      }
      .pair label {
        display: grid;
        gap: 0.125rem;
        color: var(--quiet);
      }
      .sentence {
        font-size: 1.0625rem;
        font-weight: 600;
      }
      th:first-child {
        min-width: 7rem;
      }
      tbody th {
        font-weight: 400;
      }
      .better {
        color: var(--good);
        font-weight: 600;
      }
      .worse {
        color: var(--bad);
        font-weight: 600;
      }
      .range {
        display: block;
        position: relative;
        width: 7rem;
        height: 1rem;
      }
      .range::before {
        content: '';
        position: absolute;
        inset-block: 0;
        left: 50%;
        border-inline-start: 1px solid var(--field-line);
      }
      .whisker {
        position: absolute;
        inset-block-start: calc(50% - 1px);
        height: 2px;
        min-width: 2px;
        background: currentColor;
      }
      .dot {
        position: absolute;
        inset-block-start: calc(50% - 4px);
        width: 8px;
        height: 8px;
        margin-inline-start: -4px;
        border-radius: 50%;
        background: currentColor;
      }
      table {
        width: 100%;
      }
      .judgement {
        font-weight: 400;
        font-size: 0.8125rem;
      }
      @container (max-width: 30rem) {
        thead {
          display: none;
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          padding-block: 0.375rem;
          border-bottom: 1px solid var(--line);
        }
        th,
        td {
          padding-block: 0;
          border: none;
        }
        td:nth-of-type(2),
        td:nth-of-type(3) {
          grid-column: 1 / -1;
        }
      }
      @media (forced-colors: active) {
        .whisker,
        .dot {
          background: CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor comparison!: ComparisonResult;
  @property() accessor a = '';
  @property() accessor b = '';

  protected override render(): TemplateResult | typeof nothing {
    const { comparison, a, b } = this;
    const names = comparison.strategies.map(({ name }) => name);
    if (names.length < 2) return nothing;
    const pairs = new Map(differencesBetween(comparison, a, b).map((pair) => [pair.metric, pair]));
    const chosen = quantileMetric(comparison.quantile);
    const headline = pairs.get(chosen);
    const rows = [...new Set([chosen, ...METRICS])].flatMap((metric) => pairs.get(metric) ?? []);
    return html`
      <h2>Two strategies on the same random draws</h2>
      <div class="pair">
        ${this.#select('A', a, names, (name) => new PairEvent(name, name === b ? a : b))}
        <button
          type="button"
          class="square"
          aria-label="Swap A and B"
          title="Swap A and B"
          @click=${() => this.dispatchEvent(new PairEvent(b, a))}
        >
          ⇄
        </button>
        ${this.#select('B', b, names, (name) => new PairEvent(name === a ? b : a, name))}
      </div>
      ${headline ? html`<p class="sentence">${differenceSentence(headline, a, b)}</p>` : nothing}
      <div>
        <table>
          <caption class="hidden">B less A, ${comparison.replications} paired runs</caption>
          <thead>
            <tr>
              <th scope="col">B against A</th>
              <th scope="col"><span class="hidden">Interval</span></th>
              <th scope="col">difference</th>
              <th scope="col">95 % interval, or what is missing</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((pair) => row(pair, chosen))}
          </tbody>
        </table>
      </div>
    `;
  }

  #select(
    label: string,
    chosen: string,
    names: readonly string[],
    event: (name: string) => PairEvent,
  ): TemplateResult {
    return html`<label
      >${label}
      <select @change=${({ target }: Event) => this.dispatchEvent(event((target as HTMLSelectElement).value))}>
        ${names.map((name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`)}
      </select></label
    >`;
  }
}

function row(pair: PairedDifference, chosen: string): TemplateResult {
  const { finding, detail } = differenceText(pair);
  const label = LABELS[pair.metric] ?? `${pair.metric.replace('recovery.p', '')} % are back`;
  const isBetter = (pair.evidence === 'lower') === isBetterLow(pair.metric);
  const judgement = pair.evidence === 'none' ? '' : isBetter ? 'better' : 'worse';
  return html`<tr>
    <th scope="row">${pair.metric === chosen ? html`<strong>${label}</strong>` : label}</th>
    <td class=${judgement}>${interval(pair)}</td>
    <td class=${judgement}>${finding} ${judgement === '' ? nothing : html`<span class="judgement">(${judgement})</span>`}</td>
    <td>${breakable(detail)}</td>
  </tr>`;
}

/** A line may end after the dash of a range. */
function breakable(range: string): string {
  return range.replaceAll('–\u00a0', '– ');
}

/** The interval around nothing, as wide as its further end needs. */
function interval({ difference }: PairedDifference): TemplateResult | typeof nothing {
  if (difference?.low === undefined || difference.high === undefined) return nothing;
  const { mean, low, high } = difference;
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (most === 0) return nothing;
  const place = (value: number): number => 50 + (value / most) * 46;
  return html`<span class="range" aria-hidden="true"
    ><span class="whisker" style="left: ${place(low)}%; width: ${place(high) - place(low)}%"></span
    ><span class="dot" style="left: ${place(mean)}%"></span
  ></span>`;
}
