/** How the trace place is laid out. */
import { type CSSResult, css } from 'lit';

export const PLACE: CSSResult = css`
  :host {
    padding: 1rem clamp(0.5rem, 2vw, 1.25rem) 2rem;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    max-width: 80rem;
    margin: 0 auto;
  }
  .verdict {
    font-size: 1.125rem;
    font-weight: 600;
  }
  .verdict::before {
    content: '✓ ';
    color: var(--good);
  }
  .verdict.failed::before {
    content: '✗ ';
    color: var(--bad);
  }
  .panel {
    overflow: hidden;
    background: var(--panel);
  }
  .bar {
    justify-content: space-between;
    margin-bottom: 0.5rem;
  }
  .bar select {
    width: auto;
  }
  .clock {
    font-variant-numeric: tabular-nums;
  }
  .busy {
    opacity: 0.6;
  }
`;
