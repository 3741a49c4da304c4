/** The problems of a scenario as a list, each leading to its place in the text. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Issue, Place } from '../../src/index.ts';

/** `2 problems, 1 warning`, or that there are none. */
export function summaryOf(issues: readonly Issue[]): string {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const parts = [count(errors, 'problem'), count(issues.length - errors, 'warning')].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'No problems.';
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/** @param lead follows a place in this file; absent where the text is not shown */
export function problemList(
  issues: readonly Issue[],
  file: string,
  lead?: (place: Place) => void,
): TemplateResult | typeof nothing {
  if (issues.length === 0) return nothing;
  return html`<ul class="problems">
    ${issues.map((issue) => {
      const { place } = issue;
      const leads = lead && place && place.file === file;
      const body = html`<span class="mark ${issue.severity}" aria-hidden="true">${issue.severity === 'error' ? '✗' : '!'}</span>
        <span><span class="mono quiet">${place ? `${place.file === file ? 'line' : place.file} ${place.line}:${place.column}` : (issue.path ?? '')}</span>
        <span class="hidden">${issue.severity}:</span> ${issue.message}${issue.hint ? html` <span class="quiet">– ${issue.hint}</span>` : nothing}</span>`;
      return html`<li>${leads ? html`<button type="button" class="plain" @click=${() => lead(place)}>${body}</button>` : html`<div>${body}</div>`}</li>`;
    })}
  </ul>`;
}
