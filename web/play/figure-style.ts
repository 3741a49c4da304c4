/** Looks of the pictures in Play. */
import { type CSSResult, css } from 'lit';

export const FIGURE_STYLE: CSSResult = css`
  svg {
    max-width: 100%;
    overflow: visible;
  }
  text {
    fill: var(--ink);
    font: 12px var(--sans);
    font-variant-numeric: tabular-nums;
  }
  .tick {
    fill: var(--quiet);
    font-size: 11px;
  }
  .grid {
    fill: none;
    stroke: var(--line);
  }
  .curve {
    fill: none;
    stroke: var(--curve);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  .curve.thin {
    stroke-width: 1.5;
  }
  .below {
    fill: var(--curve);
    fill-opacity: 0.1;
  }
  .ghost {
    fill: none;
    stroke: var(--ghost);
    stroke-width: 1.75;
    stroke-dasharray: 5 4;
  }
  .dot {
    fill: var(--panel);
    stroke: var(--curve);
    stroke-width: 2.5;
  }
  .drop {
    fill: none;
    stroke: var(--curve);
    stroke-dasharray: 2 3;
  }
  .mark {
    font-weight: 600;
    paint-order: stroke;
    stroke: var(--panel);
    stroke-width: 3px;
  }
  .guess {
    fill: none;
    stroke: var(--guess);
    stroke-width: 2;
  }
  .guess-flag,
  .guess-name {
    fill: var(--guess);
  }
  .guess-name {
    font-weight: 600;
    paint-order: stroke;
    stroke: var(--panel);
    stroke-width: 3px;
  }
  .served {
    fill: none;
    stroke: var(--curve);
    stroke-width: 1.75;
  }
  .lost {
    fill: var(--lost);
    fill-opacity: 0.35;
  }
  .fault {
    fill: var(--bad);
  }
  .fault-shade {
    fill: var(--bad);
    fill-opacity: 0.06;
  }
  .change {
    fill: var(--warn);
  }
  .change-shade {
    fill: var(--warn);
    fill-opacity: 0.4;
  }
  .reaction {
    fill: var(--panel);
    stroke: var(--ink);
    stroke-width: 1.25;
  }
  @media (forced-colors: active) {
    text,
    .tick,
    .mark,
    .guess-name {
      fill: CanvasText;
      stroke: none;
    }
    .curve,
    .ghost,
    .served,
    .dot,
    .drop,
    .guess,
    .reaction {
      stroke: CanvasText;
    }
    .grid {
      stroke: GrayText;
    }
    .fault,
    .change,
    .guess-flag {
      fill: CanvasText;
    }
  }
`;
