/** The other charts of a comparison: what broke requests, where the time went, load hop by hop. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunResult } from '../../src/measure/result.ts';
import type { Chart } from '../../src/report/charts/chart.ts';
import { chartsOf } from '../../src/report/charts/from-result.ts';
import { ChartElement } from './chart-element.ts';

@customElement('dnsdrill-more-charts')
export class MoreChartsElement extends ChartElement {
  @property({ attribute: false }) accessor result!: RunResult;
  /** Name of the chart. */
  @property() accessor name = '';

  protected override render(): TemplateResult | typeof nothing {
    if (this.width === 0) return nothing;
    const chart = this.draw(false);
    return html`${this.figure(chart)}`;
  }

  protected override draw(standalone: boolean): Chart {
    const charts = chartsOf(this.result, { width: standalone ? 860 : this.room, standalone });
    return charts.find(({ name }) => name === this.name)!;
  }
}

/** Names of the charts a result has besides the three of the comparison, one of which weighs cost as well as load. */
export function moreCharts(result: RunResult): string[] {
  const shown = ['availability', 'recovery', 'pareto', 'pareto-cost'];
  return chartsOf(result).flatMap(({ name }) => (shown.includes(name) ? [] : [name]));
}
