/** What a run showed: the sentence, the chart, the whole report, and files to keep. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Report } from '../engine/messages.ts';
import { SHARED } from './shared.ts';

@customElement('dnsdrill-report')
export class ReportElement extends LitElement {
  static override styles = [
    SHARED,
    css`
      .verdict {
        margin: 0 0 var(--gap);
        font-size: 1.25rem;
        line-height: 1.4;
        text-wrap: pretty;
      }
      .scrolls {
        margin: 0 0 var(--gap);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        overflow-x: auto;
      }
      svg {
        display: block;
        width: 100%;
        min-width: 40rem;
        height: auto;
      }
      pre {
        padding: 1rem;
        background: var(--panel);
        font: 0.8125rem / 1.3 var(--mono);
      }
      .files {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor report!: Report;

  protected override render(): TemplateResult {
    const { verdict, svg, text, json } = this.report;
    // The chart is markup made by our own renderer, which escapes whatever the scenario says.
    return html`
      <p class="verdict">${verdict}</p>
      <div class="scrolls" tabindex="0" role="region" aria-label="Availability over time">${unsafeHTML(svg)}</div>
      <pre class="scrolls" tabindex="0" role="region" aria-label="Report">${text}</pre>
      <div class="files">
        ${saveButton('Save JSON', 'result.json', 'application/json', json)}
        ${saveButton('Save chart', 'availability.svg', 'image/svg+xml', svg)}
        ${saveButton('Save report', 'report.txt', 'text/plain', text)}
      </div>
    `;
  }
}

function saveButton(label: string, name: string, type: string, content: string): TemplateResult {
  return html`<button type="button" @click=${() => save(name, type, content)}>${label}</button>`;
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
