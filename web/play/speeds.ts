/** Speeds of play: virtual seconds per second, each about twice the one before. */
export const SPEEDS: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000];

/** The next speed up or down; the ends stay. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const at = SPEEDS.findIndex((one) => one >= speed);
  const index = Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? SPEEDS.length - 1 : at) + direction));
  return SPEEDS[index]!;
}

/** The speed that plays a stretch in about so many seconds. */
export function speedFor(virtualSeconds: number, realSeconds: number): number {
  const wanted = virtualSeconds / realSeconds;
  return SPEEDS.findLast((speed) => speed <= wanted) ?? SPEEDS[0]!;
}
