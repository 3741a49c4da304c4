/**
 * Colours and strokes of charts, for light and dark grounds through `light-dark()`: whoever sets `color-scheme`
 * decides. Line colours have a contrast of at least 3:1 with their ground (WCAG 2.2, 1.4.11) and come from the
 * palette of Okabe and Ito for colour-blind readers, darkened where white asks for it. Colour is never alone:
 * strategies also differ by dashes, markers and labels, and forced colours leave those.
 */

/** Strategies beyond so many share a colour, never the dashes and the marker. */
export const HUES = 5;
/** Strategies that look different. */
export const LOOKS = 8;

const TOKENS: Readonly<Record<string, readonly [light: string, dark: string, forced: string]>> = {
  ink: ['#1a1f24', '#e8edf2', 'CanvasText'],
  quiet: ['#56606b', '#a3afba', 'CanvasText'],
  grid: ['#dde2e7', '#313a43', 'GrayText'],
  line: ['#8b96a1', '#6f7b87', 'CanvasText'],
  ground: ['#ffffff', '#14181d', 'Canvas'],
  fault: ['#b42318', '#ff8a7a', 'CanvasText'],
  good: ['#00795a', '#35c79a', 'CanvasText'],
  hue0: ['#0072b2', '#56b4e9', 'CanvasText'],
  hue1: ['#d55e00', '#e69f00', 'CanvasText'],
  hue2: ['#00795a', '#2fbf92', 'CanvasText'],
  hue3: ['#a8558a', '#d68bb5', 'CanvasText'],
  hue4: ['#9a6700', '#f0e442', 'CanvasText'],
};

/** Dashes by strategy; the first is a solid line. */
const DASHES: readonly string[] = ['', '7 3', '2 3', '10 3 2 3', '14 4', '4 2', '1 4', '10 3 2 3 2 3'];

function tokens(pick: (values: readonly [string, string, string]) => string): string {
  return Object.entries(TOKENS)
    .map(([name, values]) => `--chart-${name}:${pick(values)};`)
    .join('');
}

function hueRules(): string {
  return Array.from({ length: HUES }, (_, hue) => {
    const colour = `var(--chart-hue${hue})`;
    return `.chart .h${hue}{--own:${colour}}`;
  }).join('');
}

function dashRules(): string {
  return DASHES.map((dash, look) => (dash === '' ? '' : `.chart .d${look}{stroke-dasharray:${dash}}`)).join(
    '',
  );
}

/** The rules of all charts. One copy serves every chart of a page. */
export const CHART_STYLE: string = [
  `.chart{${tokens(([light, dark]) => `light-dark(${light},${dark})`)}`,
  'display:block;width:100%;height:auto;font:12px/1.2 system-ui,-apple-system,"Segoe UI",sans-serif}',
  '.chart text{fill:var(--chart-ink);font-variant-numeric:tabular-nums}',
  '.chart .quiet{fill:var(--chart-quiet)}',
  '.chart .strong{font-weight:600}',
  '.chart .ground{fill:var(--chart-ground)}',
  '.chart .grid{stroke:var(--chart-grid);fill:none}',
  '.chart .axis{stroke:var(--chart-line);fill:none}',
  '.chart .plate{fill:var(--chart-ground);fill-opacity:.86}',
  '.chart .fault{fill:var(--chart-fault)}',
  '.chart .shade{fill:var(--chart-fault);fill-opacity:.09}',
  '.chart .change{fill:var(--chart-quiet)}',
  '.chart .reaction{fill:var(--chart-good)}',
  '.chart .missing{stroke:var(--chart-fault);stroke-width:1.5}',
  '.chart .slo{fill:var(--chart-good);fill-opacity:.12;stroke:var(--chart-good);stroke-dasharray:4 3}',
  '.chart .front{fill:none;stroke:var(--chart-line);stroke-width:1.5;stroke-dasharray:5 4}',
  '.chart .crosshair{stroke:var(--chart-ink);stroke-dasharray:3 3}',
  '.chart .rule{stroke:var(--chart-ink);stroke-width:1}',
  '.chart .curve{fill:none;stroke:var(--own);stroke-width:2;stroke-linejoin:round}',
  '.chart .band{fill:var(--own);fill-opacity:.2;stroke:none}',
  '.chart .whisker{stroke:var(--own);stroke-width:1.5;fill:none}',
  '.chart .marker{fill:var(--own);stroke:var(--chart-ground);stroke-width:1}',
  '.chart .hollow{fill:var(--chart-ground);stroke:var(--own);stroke-width:1.75}',
  '.chart .bar{fill:var(--own);fill-opacity:.85}',
  '.chart .edge{fill:none;stroke:var(--own);stroke-width:1.5}',
  '.chart .faded{opacity:.25}',
  hueRules(),
  dashRules(),
  `@media (forced-colors:active){.chart{${tokens(([, , forced]) => forced)}forced-color-adjust:none}`,
  '.chart .band{fill-opacity:.12}.chart .shade{fill-opacity:.06}.chart .bar{fill-opacity:.5;stroke:CanvasText}}',
].join('');

/** The rules with a ground and both colour schemes, for a picture in a file of its own. */
export const STANDALONE_STYLE: string = `svg{color-scheme:light dark}${CHART_STYLE}`;
