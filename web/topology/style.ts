/** Looks of the topology. */
import { type CSSResult, css } from 'lit';

export const TOPOLOGY_STYLE: CSSResult = css`
  svg {
    max-width: 100%;
    overflow: visible;
  }
  text {
    fill: var(--ink);
    font: 12px var(--sans);
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }
  .name {
    font-weight: 620;
    font-size: 12.5px;
  }
  .detail {
    fill: var(--quiet);
    font-size: 11px;
  }
  .part {
    cursor: pointer;
    outline: none;
  }
  .box {
    fill: var(--panel);
    stroke: var(--field-line);
  }
  .provider > .box {
    fill: var(--sunk);
  }
  .clients > .box,
  .endpoint > .box {
    stroke-width: 1.5;
  }
  .part:hover > .box {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .part:focus-visible > .box {
    stroke: var(--accent);
    stroke-width: 3;
  }
  .lamp {
    fill: var(--good);
  }
  .glyph {
    fill: var(--panel);
    font-size: 10.5px;
    font-weight: 700;
  }
  .affected > .box {
    stroke: var(--warn);
    stroke-dasharray: 4 3;
  }
  .affected > .lamp {
    fill: var(--warn);
  }
  .impaired > .box {
    stroke: var(--warn);
    stroke-width: 2;
  }
  .impaired > .lamp {
    fill: var(--warn);
  }
  .lies > .box {
    fill: light-dark(#f7ebf3, #331c2c);
    stroke: var(--error);
    stroke-width: 2;
  }
  .lies > .lamp {
    fill: var(--error);
  }
  .failed > .box {
    fill: var(--bad-soft);
    stroke: var(--bad);
    stroke-width: 2;
  }
  .failed > .lamp {
    fill: var(--bad);
  }
  .failed > .detail,
  .lies > .detail,
  .impaired > .detail {
    fill: var(--ink);
  }
  .way {
    fill: none;
    stroke: var(--line);
    stroke-width: 1.5;
  }
  .way.names {
    stroke: var(--accent);
    stroke-dasharray: 1 4;
    stroke-linecap: round;
  }
  .way.tells,
  .way.checks {
    stroke: var(--field-line);
    stroke-dasharray: 4 3;
    stroke-width: 1;
  }
  .way.broken {
    stroke: var(--bad);
  }
  .flow {
    fill: none;
    stroke: var(--curve);
    stroke-opacity: 0.75;
    stroke-dasharray: 5 9;
    stroke-linecap: round;
  }
  .flow.uses {
    stroke: var(--good);
  }
  .flow.broken {
    stroke: var(--bad);
  }
  :host([moving]) .flow {
    animation: dnsdrill-flow 1s linear infinite;
  }
  @keyframes dnsdrill-flow {
    to {
      stroke-dashoffset: -28;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host([moving]) .flow {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    text,
    .detail {
      fill: CanvasText;
    }
    .part > .box {
      fill: Canvas;
      stroke: CanvasText;
    }
    .part.failed > .box {
      stroke-width: 3;
    }
    .part > .lamp {
      fill: CanvasText;
    }
    .glyph {
      fill: Canvas;
    }
    .way {
      stroke: GrayText;
    }
    .flow {
      stroke: CanvasText;
    }
    .part:focus-visible > .box {
      stroke: Highlight;
    }
  }
`;
