/** Looks of Play. */
import { type CSSResult, css } from 'lit';

export const PLAY_STYLES: CSSResult = css`
  :host {
    padding-bottom: 1rem;
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem 2rem;
    padding: 0.875rem clamp(0.5rem, 2cqi, 1.25rem) 0.75rem;
  }
  h1 {
    margin: 0;
    color: var(--quiet);
    font-size: 0.875rem;
    font-weight: 500;
    line-height: 1.4;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.875rem;
  }
  .name button {
    min-height: 1.5rem;
    padding: 0;
    color: var(--accent);
    font-size: 0.8125rem;
  }
  .sentence {
    min-height: 2.6em;
    font-size: clamp(1.125rem, 0.9rem + 1.1cqi, 1.625rem);
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: pretty;
  }
  .sub {
    min-height: 1.5em;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .sub b {
    color: var(--ink);
    font-weight: 600;
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-top: 0.5rem;
  }
  .presets button {
    min-height: 1.75rem;
    padding: 0 0.625rem;
    border-radius: 999px;
    font-size: 0.8125rem;
  }
  .columns[hidden],
  .dock[hidden] {
    display: none;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    align-items: start;
    padding: 0 clamp(0.5rem, 2cqi, 1.25rem);
  }
  .card {
    min-width: 0;
    padding: 0.75rem;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--panel);
    box-shadow: var(--shadow);
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    min-width: 0;
  }
  .sim {
    outline-offset: 4px;
    border-radius: 10px;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 1rem;
    margin-bottom: 0.5rem;
  }
  .title p {
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .astray {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    margin-top: 0.5rem;
    padding-top: 0.5rem;
    border-top: 1px solid var(--line);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .astray p {
    flex: 1 1 14rem;
    min-height: 1.5em;
  }
  .astray button {
    min-height: 1.75rem;
  }
  .why {
    margin-top: 0.75rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }
  .injected {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    margin: 0.5rem 0 0;
    padding: 0;
    list-style: none;
  }
  .injected li {
    display: inline-flex;
    align-items: center;
    padding-inline-start: 0.625rem;
    border: 1px solid var(--line);
    border-radius: 999px;
    font-size: 0.8125rem;
  }
  .injected button {
    min-height: 1.75rem;
    padding: 0 0.5rem;
  }
  .numbers {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 0.75rem;
  }
  .number.wide {
    grid-column: 1 / -1;
  }
  .number b {
    display: block;
    font-size: 1.375rem;
    font-weight: 650;
    line-height: 1.25;
    font-variant-numeric: tabular-nums;
  }
  .number small {
    display: block;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .finding {
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .causes {
    display: grid;
    gap: 0.5rem;
    margin: 0.5rem 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.8125rem;
    line-height: 1.4;
  }
  .causes li {
    display: grid;
    grid-template-columns: 3.25rem minmax(0, 1fr);
    column-gap: 0.5rem;
  }
  .causes .bar {
    grid-column: 1 / -1;
    height: 4px;
    margin-bottom: 2px;
    border-radius: 2px;
    background: linear-gradient(to right, var(--lost) calc(100% * var(--share)), var(--line) 0);
  }
  .doors {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, max(10.5rem, 50% - 1rem)), 1fr));
    gap: 0.5rem;
  }
  .doors button {
    justify-content: space-between;
    min-height: 2.75rem;
  }
  .ghost-line {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
  }
  .ghost-line button {
    min-height: 1.5rem;
    padding: 0 0.375rem;
  }
  .problems {
    margin: 0 clamp(0.5rem, 2cqi, 1.25rem) 0.75rem;
    padding: 0.75rem;
    border: 1px solid var(--bad);
    border-radius: 10px;
    background: var(--bad-soft);
  }
  .problems ul {
    margin: 0.25rem 0 0;
    padding-inline-start: 1.25rem;
    font-size: 0.875rem;
  }
  .dock {
    position: sticky;
    z-index: 10;
    inset-block-end: 0;
    margin-top: 0.75rem;
    padding: 0.375rem clamp(0.5rem, 2cqi, 1.25rem) 0.5rem;
    border-top: 1px solid var(--line);
    background: var(--panel);
  }
  .column {
    display: contents;
  }
  .left {
    order: 1;
  }
  .further {
    order: 2;
  }
  @media print {
    .dock {
      position: static;
    }
    .card,
    .dock {
      break-inside: avoid;
    }
    .doors,
    .name button,
    .astray button,
    dnsdrill-bet {
      display: none;
    }
  }
  @container (min-width: 44rem) {
    .top {
      grid-template-columns: minmax(0, 3fr) minmax(16rem, 2fr);
      align-items: start;
    }
    .sub {
      min-height: 1.5em;
    }
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(18rem, 22rem);
    }
    .column {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
    }
  }
  @container (min-width: 75rem) {
    .columns {
      grid-template-columns: 16.5rem minmax(0, 1fr) 23rem;
      grid-template-rows: auto 1fr;
    }
    .column {
      display: contents;
    }
    .left {
      grid-column: 1;
      grid-row: 1 / span 2;
    }
    .sim {
      grid-column: 2;
      grid-row: 1;
    }
    .further {
      grid-column: 2;
      grid-row: 2;
    }
    .results {
      grid-column: 3;
      grid-row: 1 / span 2;
    }
  }
`;
