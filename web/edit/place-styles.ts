/** How the edit place is laid out. */
import { type CSSResult, css } from 'lit';

export const PLACE: CSSResult = css`
  .bar {
    margin-bottom: 0.75rem;
  }
  .turned {
    margin-bottom: 0.75rem;
    padding: 0.5rem 0.75rem;
    overflow-wrap: anywhere;
  }
  .panes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-items: start;
  }
  .text {
    display: grid;
    gap: 0.5rem;
    min-width: 0;
  }
  .code {
    height: max(24rem, calc(100vh / var(--zoom) - 8.5rem));
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  /* What is wrong must be seen without scrolling. */
  .text:has(.problems) .code {
    height: max(18rem, calc(100vh / var(--zoom) - 19rem));
  }
  pre {
    max-height: calc(60vh / var(--zoom));
    margin: 0.5rem 0 0;
    padding: 0.75rem;
    overflow: auto;
    background: var(--sunk);
    font: 0.75rem / 1.5 var(--mono);
  }
  details.read {
    padding: 0.5rem 0.75rem;
  }
  .problems {
    max-height: 10rem;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
    font-size: 0.875rem;
  }
  .problems li > * {
    display: flex;
    gap: 0.5rem;
    justify-content: start;
    width: 100%;
    padding: 0.25rem 0.5rem;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .mark {
    font-weight: 700;
  }
  .mark.error {
    color: var(--bad);
  }
  .mark.warning {
    color: var(--warn);
  }
  .grows {
    flex: 1 1 12rem;
  }
  .drop {
    position: fixed;
    inset: 0;
    z-index: 10;
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--ground) 85%, transparent);
    pointer-events: none;
  }
  .drop p {
    padding: 1.5rem 2rem;
    border: 3px dashed var(--accent);
    border-radius: var(--radius);
    background: var(--panel);
    font-weight: 600;
  }
  @container (min-width: 48rem) {
    .panes {
      grid-template-columns: minmax(0, 3fr) minmax(17rem, 2fr);
    }
    .text {
      position: sticky;
      inset-block-start: var(--sticky-top, 0.5rem);
    }
  }
`;
