/** How far a comparison is, how to go on or stop, and which strategies take part. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatShare } from '../../src/report/numbers.ts';
import { type Comparing, PRECISE, ROUND, STRATEGIES_AT_MOST } from './comparing.ts';

export function progressPart(comparing: Comparing): TemplateResult {
  const { isRunning, fraction, names, progressText } = comparing;
  return html`<div class="card progress">
    <div>
      <p class="small">${progressText}</p>
      <progress max="1" .value=${fraction} aria-label="Runs played"></progress>
    </div>
    <div class="row">
      ${isRunning ? html`<button type="button" @click=${() => comparing.stop()}>Stop</button>` : goingOn(comparing)}
    </div>
    ${names.length > 1 ? strategies(comparing) : nothing}
  </div>`;
}

function goingOn(comparing: Comparing): TemplateResult {
  const { phase, done } = comparing;
  return html`<button type="button" @click=${() => void comparing.more(done < ROUND ? ROUND : done + ROUND)}>
      ${phase === 'stopped' ? 'Go on' : `${ROUND} more runs`}
    </button>
    <button type="button" ?disabled=${comparing.isPrecise} @click=${() => void comparing.untilPrecise()}>
      Until ±${formatShare(PRECISE)}
    </button>`;
}

function strategies(comparing: Comparing): TemplateResult {
  const { names, chosen } = comparing;
  const isFull = chosen.length >= STRATEGIES_AT_MOST;
  return html`<div class="row strategies" role="group" aria-label="Strategies compared, at most ${STRATEGIES_AT_MOST}">
    ${names.map((name, index) => {
      const isChosen = chosen.includes(index);
      const isLast = isChosen && chosen.length === 1;
      return html`<label
        ><input
          type="checkbox"
          .checked=${isChosen}
          ?disabled=${isLast || (!isChosen && isFull)}
          @change=${() => comparing.toggle(index)}
        />${name}</label
      >`;
    })}
  </div>`;
}
