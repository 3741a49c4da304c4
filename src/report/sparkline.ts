/** Availability over the horizon as rows of blocks. */
import type { AvailabilityResult } from '../measure/result.ts';

const BLOCKS = ' ▁▂▃▄▅▆▇█';
const STEPS = BLOCKS.length - 1;
/** Marks a stretch without requests. */
const NOTHING = '·';
/** The full block is kept for what rounds to 100 %. */
const WHOLE = 0.9995;

/** Means of the buckets that each of `columns` equal parts of the horizon meets; `null` without requests. */
export function resample(
  availability: AvailabilityResult,
  durationSeconds: number,
  columns: number,
): (number | null)[] {
  const { series, bucketSeconds } = availability;
  const bucketAt = (column: number): number => (column * durationSeconds) / columns / bucketSeconds;
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor(bucketAt(column) + 1e-9);
    const to = Math.max(from + 1, Math.ceil(bucketAt(column + 1) - 1e-9));
    return meanKnown(bucketSeconds > 0 ? series.slice(from, to) : []);
  });
}

function meanKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Rows of blocks from top to bottom, one character per share. */
export function drawShares(shares: readonly (number | null)[], rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * STEPS;
    return shares.map((share) => cell(share, below, rows)).join('');
  });
}

function cell(share: number | null, below: number, rows: number): string {
  if (share === null) return below === 0 ? NOTHING : ' ';
  return BLOCKS[Math.max(0, Math.min(STEPS, level(share, rows * STEPS) - below))]!;
}

/** Nothing only for 0, all only for 1. */
function level(share: number, top: number): number {
  if (share >= WHOLE) return top;
  return share <= 0 ? 0 : Math.max(1, Math.min(top - 1, Math.round(share * top)));
}
