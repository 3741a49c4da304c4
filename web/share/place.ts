/** How the compare, trace and edit places lie in the page: their margins, their parts below one another, the result first. */
import { type CSSResult, css } from 'lit';

export const PLACE_FRAME: CSSResult = css`
  :host {
    padding: 1rem clamp(0.5rem, 2cqi, 1.25rem) 2rem;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    max-width: 100rem;
    margin: 0 auto;
  }
  .verdict {
    font-size: 1.125rem;
    font-weight: 600;
  }
`;
