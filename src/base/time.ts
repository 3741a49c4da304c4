/**
 * Virtual time: an integer number of microseconds in a double, exact to 2^53 (285 years).
 *
 * Only this file parses and prints durations. TTLs stay whole seconds in their own type (`Seconds`), since
 * DNS counts them down in whole seconds (RFC 1035 §3.2.1).
 */

/** Integer microseconds, an instant since the start of the run or a length of time. */
export type Micros = number;
/** Whole seconds, as TTLs are. */
export type Seconds = number;

export const MILLISECOND: Micros = 1_000;
export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;
export const WEEK: Micros = 7 * DAY;

const UNIT_MICROS: Readonly<Record<string, Micros>> = {
  us: 1,
  ms: MILLISECOND,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: WEEK,
};

/**
 * Reads `90s`, `1h30m`, `1.5s`, `250ms`, `2d`. A bare number is not a duration: the unit must be named.
 * @returns microseconds, or `undefined` when the text is no duration or exceeds 2^53.
 */
export function parseDuration(text: string): Micros | undefined {
  if (!isDurationText(text)) return undefined;
  const compact = text.replaceAll(/\s+/g, '');
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h|d|w)/g)) {
    total += Math.round(Number(amount) * (UNIT_MICROS[unit!] ?? 0));
  }
  return Number.isSafeInteger(total) ? total : undefined;
}

/** Whether a text is written as a duration, however long. */
export function isDurationText(text: string): boolean {
  return /^(\d+(\.\d+)?(us|ms|s|m|h|d|w))+$/.test(text.replaceAll(/\s+/g, ''));
}

/** Exact text of a duration, largest units first: `1h30m`, `2.5s`, `250ms`, `0s`. Reads back to the same value. */
export function formatDuration(micros: Micros): string {
  if (micros < 0) return `-${formatDuration(-micros)}`;
  if (micros === 0) return '0s';
  if (micros < MILLISECOND) return `${micros}us`;
  if (micros < SECOND) return `${micros / MILLISECOND}ms`;
  let rest = micros;
  let text = '';
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return rest > 0 ? `${text}${rest / SECOND}s` : text;
}

/** A duration for people, two leading units at most: `2 m 31 s`, `5 h 26 min`, `640 ms`. */
export function describeDuration(micros: Micros): string {
  if (micros < 0) return `-${describeDuration(-micros)}`;
  if (micros < MILLISECOND) return micros === 0 ? '0 s' : `${micros} µs`;
  if (micros < SECOND) return `${Math.round(micros / MILLISECOND)} ms`;
  if (micros < 10 * SECOND) return `${(micros / SECOND).toFixed(1).replace(/\.0$/, '')} s`;
  if (micros < MINUTE) return `${Math.round(micros / SECOND)} s`;
  if (micros < HOUR) return twoUnits(Math.round(micros / SECOND), 60, 'min', 's');
  if (micros < 2 * DAY) return twoUnits(Math.round(micros / MINUTE), 60, 'h', 'min');
  return twoUnits(Math.round(micros / HOUR), 24, 'd', 'h');
}

function twoUnits(count: number, per: number, large: string, small: string): string {
  const whole = Math.floor(count / per);
  const rest = count - whole * per;
  return rest === 0 ? `${whole} ${large}` : `${whole} ${large} ${rest} ${small}`;
}
