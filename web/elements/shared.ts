/** Styles that several elements share. */
import { type CSSResult, css } from 'lit';

export const SHARED: CSSResult = css`
  :host {
    display: block;
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  h2 {
    margin: 0 0 0.5rem;
    font-size: 1.125rem;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  button {
    min-height: 2.5rem;
    padding: 0 1rem;
    border: 1px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
    font: inherit;
    cursor: pointer;
  }
  button:disabled {
    color: var(--quiet);
    cursor: default;
  }
`;
