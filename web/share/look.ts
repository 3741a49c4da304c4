/** How the compare, trace and edit places look: controls, tables, messages. Colours come from the page's tokens. */
import { type CSSResult, css } from 'lit';

export const LOOK: CSSResult = css`
  :host {
    --hover: color-mix(in srgb, var(--ink) 7%, transparent);
    --tint: var(--accent-soft);
    display: block;
    color: var(--ink);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3 {
    margin: 0;
    line-height: 1.3;
    text-wrap: balance;
  }
  h1 {
    font-size: 1.25rem;
  }
  h2 {
    font-size: 1rem;
  }
  h3 {
    font-size: 0.875rem;
  }
  p {
    margin: 0;
    text-wrap: pretty;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  button,
  .button,
  select,
  input:not([type='checkbox'], [type='radio'], [type='range'], [type='file']) {
    min-height: 2rem;
    border: 1px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
    font: inherit;
    font-size: 0.875rem;
  }
  button,
  .button {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    justify-content: center;
    padding: 0.25rem 0.75rem;
    cursor: pointer;
  }
  button:enabled:hover,
  .button:hover {
    background-color: var(--panel);
    background-image: linear-gradient(var(--hover), var(--hover));
  }
  button:disabled {
    border-color: var(--line);
    color: var(--quiet);
    cursor: default;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background-color: var(--tint);
    background-image: none;
  }
  button.main {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.main:disabled {
    border-color: var(--line);
    background: var(--sunk);
    color: var(--quiet);
  }
  button.main:enabled:hover {
    background-image: linear-gradient(#fff2, #fff2);
  }
  button.plain {
    border-color: transparent;
    background-color: transparent;
  }
  button.plain:enabled:hover {
    border-color: var(--line);
  }
  button.square {
    min-width: 2rem;
    padding: 0.25rem;
  }
  select,
  input:not([type='checkbox'], [type='radio'], [type='range'], [type='file']) {
    width: 100%;
    min-width: 0;
    padding: 0.25rem 0.5rem;
  }
  [aria-invalid='true'] {
    border-color: var(--bad) !important;
    border-width: 2px !important;
  }
  input::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  label {
    font-size: 0.875rem;
  }
  .quiet {
    color: var(--quiet);
  }
  .small {
    font-size: 0.875rem;
  }
  .bad {
    color: var(--bad);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .card {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
  }
  .scrolls {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0.25rem 0.75rem 0.25rem 0;
    border-bottom: 1px solid var(--line);
    text-align: start;
    vertical-align: baseline;
  }
  th {
    font-weight: 600;
  }
  td.number,
  th.number {
    text-align: end;
  }
  summary {
    min-height: 1.5rem;
    cursor: pointer;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  code,
  .mono {
    font-family: var(--mono);
    font-size: 0.875em;
  }
  @media print {
    .card,
    figure {
      break-inside: avoid;
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
