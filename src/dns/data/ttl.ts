/** Times to live in text: whole seconds, or BIND's units as in `1h30m` (weeks, days, hours, minutes, seconds). */
import type { Seconds } from '../../base/time.ts';

/** Largest TTL (RFC 2181 §8). */
export const MAX_TTL: Seconds = 2_147_483_647;

const UNIT_SECONDS: Readonly<Record<string, Seconds>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

/**
 * Reads `3600`, `1h`, `1h30m`, `2W`. Every unit may stand once, the larger before the smaller is not required.
 * @returns seconds, unbounded; `undefined` when the text is neither
 */
export function parseTtl(text: string): Seconds | undefined {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  if (!/^(?:\d{1,10}[wdhms])+$/i.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.toLowerCase().matchAll(/(\d+)([wdhms])/g)) {
    total += Number(amount) * UNIT_SECONDS[unit!]!;
  }
  return total;
}
