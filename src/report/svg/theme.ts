/**
 * Colours of charts, light and dark. Curve colours follow Okabe and Ito's palette for colour-blind readers,
 * darkened or lightened for contrast with the ground; curves also differ by dashes from the fifth on.
 */

/** Curves beyond this many reuse colours. */
export const CURVE_COLOURS = 6;

const LIGHT = ['#0072b2', '#c2410c', '#00785a', '#9d3c78', '#7a5d00', '#4b5563'];
const DARK = ['#56b4e9', '#ff9d5c', '#2fd6a5', '#f0a3d0', '#f0d442', '#c3c9d1'];

function curveRules(colours: readonly string[]): string {
  return colours
    .map((colour, index) => `.curve-${index}{stroke:${colour}}.name-${index}{fill:${colour}}`)
    .join('');
}

/** The style sheet of a chart. */
export const STYLE_SHEET: string = [
  'text{font:13px system-ui,sans-serif;fill:#1f2328}',
  '.title{font-size:17px;font-weight:600}',
  '.quiet{fill:#57606a}',
  '.ground{fill:#fff}',
  '.grid{stroke:#d8dee4}',
  '.curve{fill:none;stroke-width:2;stroke-linejoin:round}',
  '.dashed{stroke-dasharray:6 4}',
  '.leader{stroke:#8c959f;fill:none}',
  '.fault{fill:#cf222e}',
  '.shade{fill:#cf222e;fill-opacity:.08}',
  '.change{fill:#57606a}',
  curveRules(LIGHT),
  '@media (prefers-color-scheme:dark){',
  'text{fill:#e6edf3}.quiet{fill:#9da7b3}.ground{fill:#0d1117}.grid{stroke:#30363d}',
  '.fault{fill:#ff7b72}.shade{fill:#ff7b72;fill-opacity:.14}.change{fill:#9da7b3}',
  curveRules(DARK),
  '}',
].join('');
