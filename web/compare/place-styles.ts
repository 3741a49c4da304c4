/** How the compare place is laid out. */
import { type CSSResult, css } from 'lit';

export const PLACE: CSSResult = css`
  .progress {
    display: grid;
    gap: 0.5rem 1rem;
    align-items: center;
    padding: 0.625rem 0.75rem;
  }
  .progress progress {
    width: 100%;
    height: 0.5rem;
    accent-color: var(--accent);
  }
  .strategies {
    grid-column: 1 / -1;
  }
  .strategies label {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    min-height: 1.75rem;
    padding-inline-end: 0.5rem;
  }
  input[type='checkbox'] {
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--accent);
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-items: start;
  }
  .grid > * {
    padding: 0.75rem;
  }
  .badges {
    display: grid;
    gap: 0.5rem;
  }
  .badges ul {
    display: grid;
    gap: 0.25rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.875rem;
  }
  .badges li {
    display: flex;
    gap: 0.5rem;
    overflow-wrap: anywhere;
  }
  .met > :first-child {
    color: var(--good);
    font-weight: 700;
  }
  .missed > :first-child {
    color: var(--bad);
    font-weight: 700;
  }
  .others > summary {
    padding: 0.5rem 0;
    font-weight: 600;
  }
  @container (min-width: 40rem) {
    .progress {
      grid-template-columns: minmax(0, 1fr) auto;
    }
  }
  @container (min-width: 68rem) {
    .grid {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .wide {
      grid-column: 1 / -1;
    }
  }
`;
