/** Looks of places that explain: a sentence, and steps beside one another. */
import { type CSSResult, css } from 'lit';

export const GUIDE: CSSResult = css`
  .stack {
    max-width: 76rem;
  }
  .lead {
    max-width: 46rem;
    font-size: 1.0625rem;
    line-height: 1.5;
  }
  .steps {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
    gap: 0.75rem;
    margin: 0;
    padding: 0;
    list-style: none;
    counter-reset: step;
  }
  .steps li {
    padding: 0.75rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    font-size: 0.9375rem;
    line-height: 1.45;
    counter-increment: step;
  }
  .steps li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    width: 1.5rem;
    height: 1.5rem;
    margin-bottom: 0.375rem;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--ink);
    font-size: 0.8125rem;
    font-weight: 650;
  }
  kbd {
    padding: 0 0.3125rem;
    border: 1px solid var(--field-line);
    border-radius: 4px;
    font: 0.8125rem var(--mono);
  }
`;
