/** Paints the cache field on a canvas: squares batched by colour, then glyphs batched by state. */
import { CACHE_STATES, type CacheState, GLYPHS } from './cache-states.ts';

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** From one square to the next, in pixels. */
  readonly pitch: number;
}

export interface Colours {
  readonly states: Readonly<Record<CacheState, string>>;
  /** Of glyphs. */
  readonly glyph: string;
  readonly ring: string;
  /** Forced colours: outlines and glyphs only. */
  readonly outlined: boolean;
}

const WIDEST_PITCH = 32;
const NARROWEST_PITCH = 4;
/** Smaller squares have no room for a glyph. */
const LEAST_FOR_GLYPH = 8;

/** The largest squares with which the field stays inside a width and about a height, in rows as even as can be. */
export function gridFor(places: number, width: number, height: number): Grid {
  const rowsAt = (pitch: number): number => Math.ceil(places / Math.max(1, Math.floor(width / pitch)));
  let pitch = WIDEST_PITCH;
  while (pitch > NARROWEST_PITCH && rowsAt(pitch) * pitch > height) pitch -= 1;
  const rows = rowsAt(pitch);
  return { columns: Math.max(1, Math.ceil(places / Math.max(1, rows))), rows, pitch };
}

/** The square under a point; undefined beside the field. */
export function placeAt({ columns, pitch }: Grid, places: number, x: number, y: number): number | undefined {
  const column = Math.floor(x / pitch);
  const place = Math.floor(y / pitch) * columns + column;
  return column < 0 || column >= columns || place < 0 || place >= places ? undefined : place;
}

export function paintField(
  context: CanvasRenderingContext2D,
  states: Uint8Array,
  grid: Grid,
  colours: Colours,
  chosen: number | undefined,
): void {
  context.clearRect(0, 0, grid.columns * grid.pitch, grid.rows * grid.pitch);
  CACHE_STATES.forEach((state, code) => {
    paintSquares(context, states, code, grid, colours, state);
    if (grid.pitch >= LEAST_FOR_GLYPH) paintGlyphs(context, states, code, grid, colours, state);
  });
  if (chosen !== undefined) paintRing(context, chosen, grid, colours);
}

function paintSquares(
  context: CanvasRenderingContext2D,
  states: Uint8Array,
  code: number,
  { columns, pitch }: Grid,
  { states: fills, outlined }: Colours,
  state: CacheState,
): void {
  const size = pitch - Math.max(1, Math.round(pitch / 9));
  const hollow = outlined || state === 'empty';
  context.fillStyle = fills[state];
  context.strokeStyle = fills[state];
  context.lineWidth = 1;
  for (let place = 0; place < states.length; place++) {
    if (states[place] !== code) continue;
    const x = (place % columns) * pitch;
    const y = Math.floor(place / columns) * pitch;
    if (hollow) context.strokeRect(x + 1.5, y + 1.5, size - 2, size - 2);
    else context.fillRect(x + 1, y + 1, size, size);
  }
}

function paintGlyphs(
  context: CanvasRenderingContext2D,
  states: Uint8Array,
  code: number,
  { columns, pitch }: Grid,
  { glyph, outlined, states: fills }: Colours,
  state: CacheState,
): void {
  const strokes = GLYPHS[state];
  if (strokes.length === 0) return;
  context.beginPath();
  for (let place = 0; place < states.length; place++) {
    if (states[place] !== code) continue;
    const x = (place % columns) * pitch;
    const y = Math.floor(place / columns) * pitch;
    for (const stroke of strokes) trace(context, stroke, x, y, pitch);
  }
  context.strokeStyle = outlined ? fills[state] : glyph;
  context.lineWidth = Math.max(1.25, pitch / 10);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
}

function trace(
  context: CanvasRenderingContext2D,
  stroke: readonly number[],
  x: number,
  y: number,
  pitch: number,
): void {
  for (let at = 0; at < stroke.length; at += 2) {
    const px = x + 0.5 + stroke[at]! * (pitch - 1);
    const py = y + 0.5 + stroke[at + 1]! * (pitch - 1);
    if (at === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
}

function paintRing(
  context: CanvasRenderingContext2D,
  place: number,
  { columns, pitch }: Grid,
  { ring }: Colours,
): void {
  context.strokeStyle = ring;
  context.lineWidth = 2.5;
  context.strokeRect((place % columns) * pitch, Math.floor(place / columns) * pitch, pitch, pitch);
}
