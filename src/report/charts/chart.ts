/**
 * What every chart is: a picture, a title, one generated sentence, and a table with the same numbers.
 *
 * Charts are pure functions from plain data to SVG text; they need no document. Marks carry `data-strategy`,
 * `data-x` and the like, and `plots` says where data coordinates lie, so that a page can point, zoom and draw the
 * chart again with other options. Pictures use classes only, no style attributes, so that a strict content
 * security policy holds; the rules are in `theme.ts`.
 */

/** How numbers of a column are written. */
export type Format = 'seconds' | 'share' | 'count' | 'exact' | 'rate' | 'money';

export interface Chart {
  /** Stable name such as `availability`; also the prefix of ids unless the options name another. */
  readonly name: string;
  readonly title: string;
  /** What the picture shows, one sentence. */
  readonly finding: string;
  readonly svg: string;
  readonly table: ChartTable;
  readonly plots: readonly PlotArea[];
}

export interface ChartTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface TableColumn {
  readonly heading: string;
  /** How a number of this column is written; absent for texts. */
  readonly format?: Format;
}

/** `null`: not known, or beyond the end of the run where the column has times. */
export type Cell = string | number | null;

export interface ChartOptions {
  /** Width of the picture in pixels, at least 280; default 860. */
  readonly width?: number;
  /** Height where the chart can choose; default by content. */
  readonly height?: number;
  /** Prefix of every id in the picture. */
  readonly id?: string;
  /** Name of a strategy to bring out; the others fade. */
  readonly highlight?: string;
  /** Where to draw the crosshair, in the units of the x axis. */
  readonly crosshair?: number;
  /** True: the style sheet is put into the picture, as a file of its own needs it. */
  readonly standalone?: boolean;
}

/** One axis of a plot: data from `from` to `to` over pixels `start` to `end`. */
export interface PlotAxis {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly isLog: boolean;
}

/** Where data coordinates lie in the picture. */
export interface PlotArea {
  /** Name of the strategy drawn there; absent where all are. */
  readonly strategy?: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
}

export const DEFAULT_WIDTH = 860;
/** Narrower pictures cannot hold their labels. */
export const LEAST_WIDTH = 280;

/** The data value under a pixel, kept inside the axis. */
export function valueAt({ from, to, start, end, isLog }: PlotAxis, pixel: number): number {
  const part = Math.max(0, Math.min(1, (pixel - start) / (end - start || 1)));
  return isLog ? from * (to / from) ** part : from + part * (to - from);
}

/** The width to draw at. */
export function widthOf({ width = DEFAULT_WIDTH }: ChartOptions): number {
  return Math.max(LEAST_WIDTH, Math.round(width));
}
