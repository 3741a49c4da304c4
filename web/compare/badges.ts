/** Expectations of every strategy: met or missed, with what was observed. */
import { html, nothing, type TemplateResult } from 'lit';
import type { StrategyResult } from '../../src/measure/result.ts';
import { formatObserved } from '../../src/report/observed.ts';

/** @param actions stand below the list */
export function badges(strategies: readonly StrategyResult[], actions: unknown): TemplateResult {
  const all = strategies.flatMap(({ expectations }) => expectations);
  const missed = all.filter(({ passed }) => !passed).length;
  const summary = missed === 0 ? `All ${all.length} met.` : `${missed} of ${all.length} missed.`;
  return html`<div class="badges">
    <h2>Expectations</h2>
    <p class="small ${missed > 0 ? 'bad' : ''}">${all.length === 0 ? 'This scenario expects nothing yet.' : summary}</p>
    ${strategies.map(({ name, expectations }) => (expectations.length === 0 ? nothing : list(name, expectations)))}
    ${actions}
  </div>`;
}

function list(name: string, expectations: StrategyResult['expectations']): TemplateResult {
  return html`<h3>${name}</h3>
    <ul>
      ${expectations.map(
        (expectation) =>
          html`<li class=${expectation.passed ? 'met' : 'missed'}>
            <span aria-hidden="true">${expectation.passed ? '✓' : '✗'}</span>
            <span><span class="hidden">${expectation.passed ? 'met:' : 'missed:'}</span> <code>${expectation.text}</code>
            <span class="quiet">observed ${formatObserved(expectation)}</span></span>
          </li>`,
      )}
    </ul>`;
}
