/** The problems of a scenario, each leading to its place in the text. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Issue, Place } from '../../src/index.ts';
import { SHARED } from './shared.ts';

/** Fired when a problem is chosen. */
export class PlaceEvent extends Event {
  readonly place: Place;

  constructor(place: Place) {
    super('dnsdrill-place');
    this.place = place;
  }
}

@customElement('dnsdrill-problems')
export class ProblemsElement extends LitElement {
  static override styles = [
    SHARED,
    css`
      p {
        margin: 0;
        color: var(--quiet);
      }
      ul {
        max-height: 14rem;
        margin: 0.5rem 0 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      button {
        display: block;
        width: 100%;
        height: auto;
        padding: 0.5rem 0.75rem;
        border-color: transparent;
        background: none;
        text-align: start;
        overflow-wrap: anywhere;
      }
      button:enabled:hover {
        border-color: var(--line);
      }
      .place,
      .hint {
        display: block;
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .place {
        font-family: var(--mono);
      }
      .error .place::before {
        content: '✗ ';
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) accessor issues: readonly Issue[] = [];

  protected override render(): TemplateResult {
    return html`
      <p role="status">${summary(this.issues)}</p>
      ${this.issues.length > 0 ? html`<ul>${this.issues.map((issue) => this.#item(issue))}</ul>` : nothing}
    `;
  }

  #item(issue: Issue): TemplateResult {
    const { severity, place, message, hint } = issue;
    return html`<li class=${severity}>
      <button type="button" ?disabled=${!place} @click=${() => place && this.dispatchEvent(new PlaceEvent(place))}>
        <span class="place">${place ? `${place.file}:${place.line}:${place.column}` : severity}</span>
        ${message} ${hint ? html`<span class="hint">${hint}</span>` : nothing}
      </button>
    </li>`;
  }
}

function summary(issues: readonly Issue[]): string {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const parts = [count(errors, 'problem'), count(warnings, 'warning')].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'No problems found.';
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
