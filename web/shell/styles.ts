/** Styles that the elements of the shell and of Play share. */
import { type CSSResult, css } from 'lit';

export const BASE: CSSResult = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2,
  h3 {
    font-size: 0.9375rem;
    line-height: 1.4;
    font-weight: 650;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .quiet {
    color: var(--quiet);
  }
  svg {
    display: block;
  }
`;

export const BUTTONS: CSSResult = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.375rem;
    min-height: 2.25rem;
    padding: 0 0.75rem;
    border: 1px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
    font: inherit;
    font-size: 0.875rem;
    line-height: 1.2;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover:not(:disabled),
  .button:hover {
    border-color: var(--accent);
  }
  button:disabled {
    border-color: var(--line);
    color: var(--quiet);
    cursor: default;
  }
  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.primary:disabled {
    border-color: var(--line);
    background: var(--sunk);
    color: var(--quiet);
  }
  button.plain {
    border-color: transparent;
    background: none;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      border-color: Highlight;
      outline: 2px solid Highlight;
    }
  }
  select,
  input[type='number'],
  input[type='text'],
  input[type='search'] {
    min-height: 2.25rem;
    max-width: 100%;
    padding: 0 0.5rem;
    border: 1px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
    font: inherit;
    font-size: 0.875rem;
  }
  input[type='range'] {
    min-height: 1.75rem;
    margin: 0;
    accent-color: var(--accent);
  }
`;

export const TABLES: CSSResult = css`
  table {
    border-collapse: collapse;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: start;
  }
  th,
  td {
    padding: 0.1875rem 0.75rem 0.1875rem 0;
    text-align: start;
    font-weight: 400;
    vertical-align: top;
  }
  thead th {
    color: var(--quiet);
  }
  td.number,
  th.number {
    text-align: end;
  }
  details > summary {
    display: inline-flex;
    align-items: center;
    min-height: 1.75rem;
    color: var(--quiet);
    font-size: 0.8125rem;
    cursor: pointer;
  }
  details > summary::before {
    content: '▸';
    width: 1rem;
  }
  details[open] > summary::before {
    content: '▾';
  }
  .scrolls {
    max-width: 100%;
    overflow-x: auto;
  }
`;

/** What stands around the places. */
export const SHELL: CSSResult = css`
  .skip {
    position: absolute;
    z-index: 40;
    inset-inline-start: 0.5rem;
    inset-block-start: -4rem;
  }
  .skip:focus {
    inset-block-start: 0.5rem;
  }
  main:focus {
    outline: none;
  }
  .problem {
    padding: 0.5rem clamp(0.5rem, 2cqi, 1.25rem);
    background: var(--bad-soft);
    color: var(--bad);
  }
`;
