/** The form beside the text of a scenario: the knobs that are turned most. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LOOK } from '../share/look.ts';
import type { Checked } from './check.ts';
import { checksPart } from './form/checks.ts';
import { eventsPart } from './form/events.ts';
import { Form } from './form/form.ts';
import { clientsPart, resolversPart } from './form/people.ts';
import { runPart } from './form/run.ts';
import { ttlsPart } from './form/ttls.ts';
import { expectationsPart, strategiesPart } from './form/variants.ts';

/** Fired when the form has changed the text. `said` is for those who do not see it, empty when focus says it. */
export class FormEvent extends Event {
  readonly text: string;
  readonly said: string;

  constructor(text: string, said: string) {
    super('dnsdrill-form');
    this.text = text;
    this.said = said;
  }
}

@customElement('dnsdrill-edit-form')
export class EditFormElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      .part {
        border-bottom: 1px solid var(--line);
      }
      .part > summary {
        display: flex;
        gap: 0.5rem;
        align-items: baseline;
        padding: 0.625rem 0.75rem;
      }
      .part > summary::before {
        content: '▸';
        width: 0.75rem;
        color: var(--quiet);
      }
      .part[open] > summary::before {
        content: '▾';
      }
      .part > summary::-webkit-details-marker {
        display: none;
      }
      .body {
        display: grid;
        gap: 0.75rem;
        padding: 0 0.75rem 1rem;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(9.5rem, 100%), 1fr));
        gap: 0.625rem 0.75rem;
        align-items: end;
      }
      .grid:has([aria-invalid]) {
        align-items: start;
      }
      fieldset {
        position: relative;
        display: grid;
        gap: 0.5rem;
        min-width: 0;
        margin: 0;
        padding: 0.25rem 0.75rem 0.75rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
      }
      legend {
        max-width: calc(100% - 2.5rem);
        padding: 0 0.25rem;
        font-size: 0.875rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      fieldset > .square {
        position: absolute;
        inset-block-start: -1.375rem;
        inset-inline-end: 0.375rem;
        background: var(--panel);
      }
      .field {
        display: grid;
        gap: 0.125rem;
        align-content: start;
        min-width: 0;
      }
      .field label {
        color: var(--quiet);
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
      .field label.path {
        font-family: var(--mono);
        font-size: 0.75rem;
      }
      .note {
        display: none;
        color: var(--quiet);
        font-size: 0.75rem;
        overflow-wrap: anywhere;
      }
      .field:focus-within .note {
        display: block;
      }
      .nowrap {
        flex-wrap: nowrap;
      }
      .grows {
        flex: 1;
        min-width: 8rem;
      }
      .adder select {
        width: auto;
        flex: 1;
      }
    `,
  ];

  @property() accessor text = '';
  @property({ attribute: false }) accessor checked: Checked = { issues: [], effective: [], strategies: [] };

  protected override render(): TemplateResult {
    const { effective, issues, words } = this.checked;
    const form = new Form(this.text, effective, issues, (text, said) => {
      this.dispatchEvent(new FormEvent(text, said));
    });
    if (!form.outline.sound || !words) {
      return html`<p class="body quiet">The form is back once the text can be read as YAML.</p>`;
    }
    return html`
      ${runPart(form)} ${clientsPart(form, words)} ${resolversPart(form, words)} ${ttlsPart(form)}
      ${checksPart(form)} ${eventsPart(form, words.targets)} ${strategiesPart(form)}
      ${expectationsPart(form, words.metrics)}
    `;
  }
}
