/** Scales of the pictures in Play: data to pixels and back, and ticks people expect. */

export interface Scale {
  readonly at: (value: number) => number;
  readonly valueAt: (pixel: number) => number;
}

export function linear(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return {
    at: (value) => start + ((value - from) / span) * (end - start),
    valueAt: (pixel) => from + ((pixel - start) / (end - start || 1)) * span,
  };
}

/** @param from positive */
export function logarithmic(from: number, to: number, start: number, end: number): Scale {
  const span = Math.log(to / from) || 1;
  return {
    at: (value) => start + (Math.log(Math.max(value, from) / from) / span) * (end - start),
    valueAt: (pixel) => from * Math.exp(((pixel - start) / (end - start || 1)) * span),
  };
}

/** Times people count in, seconds. */
const ROUND_SECONDS: readonly number[] = [
  1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800,
  345_600, 604_800, 1_209_600, 2_592_000,
];

/** Round times inside a range, thinned until they stand `apart` pixels from each other. */
export function timeTicks(from: number, to: number, scale: Scale, apart: number): readonly number[] {
  const kept: number[] = [];
  for (const seconds of ROUND_SECONDS) {
    if (seconds < from || seconds > to) continue;
    const last = kept.at(-1);
    if (last === undefined || scale.at(seconds) - scale.at(last) >= apart) kept.push(seconds);
  }
  return kept;
}

/** Multiples of a round time that divide a stretch into at most `most` parts. */
export function stepTicks(from: number, to: number, most: number): readonly number[] {
  const step = ROUND_SECONDS.find((seconds) => (to - from) / seconds <= most) ?? (to - from) / most;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
}

/** The shortest round time of at least `seconds`. */
export function roundUp(seconds: number): number {
  return ROUND_SECONDS.find((round) => round >= seconds) ?? seconds;
}
