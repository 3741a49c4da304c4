/** Lines and steps through points, as SVG path data with a tenth of a pixel. */

export type Point = readonly [x: number, y: number];

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Straight from point to point. */
export function polyline(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('');
}

/** Each value holds until the next point. */
export function steps(points: readonly Point[]): string {
  return points.map(([x, y], index) => (index === 0 ? `M${at(x)} ${at(y)}` : `H${at(x)}V${at(y)}`)).join('');
}

/** A line closed against a level, for filling. */
export function filled(path: string, points: readonly Point[], level: number): string {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? `${path}V${at(level)}H${at(first[0])}Z` : '';
}

/** Cuts a series at its gaps: each stretch of known values by itself. */
export function stretches<T>(items: readonly T[], known: (item: T) => boolean): readonly (readonly T[])[] {
  const found: T[][] = [];
  let open: T[] | undefined;
  for (const item of items) {
    if (!known(item)) open = undefined;
    else if (open) open.push(item);
    else {
      open = [item];
      found.push(open);
    }
  }
  return found;
}
