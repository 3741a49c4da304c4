/** Letting time pass after a request, so that TTLs run out. */
import { html, type TemplateResult } from 'lit';

export interface TimeBar {
  readonly isRunning: boolean;
  /** Virtual seconds per second. */
  readonly speed: number;
  readonly toggle: () => void;
  readonly advance: (micros: number) => void;
  readonly setSpeed: (speed: number) => void;
}

const SPEEDS = [1, 10, 60] as const;
const STEP = 10_000_000;

export function timeBar({ isRunning, speed, toggle, advance, setSpeed }: TimeBar): TemplateResult {
  return html`<div class="row" role="group" aria-label="Let time pass">
    <button type="button" @click=${toggle}>${isRunning ? 'Pause' : 'Let time pass'}</button>
    <button type="button" @click=${() => advance(STEP)}>+10 s</button>
    <label class="row small"
      >Speed
      <select @change=${(event: Event) => setSpeed(Number((event.target as HTMLSelectElement).value))}>
        ${SPEEDS.map((one) => html`<option value=${one} ?selected=${one === speed}>×${one}</option>`)}
      </select></label
    >
  </div>`;
}
