/** How the trace place is laid out. */
import { type CSSResult, css } from 'lit';

export const PLACE: CSSResult = css`
  .stack {
    max-width: 80rem;
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
    opacity: 0.75;
  }
`;
