/**
 * Times of signatures (RFC 4034 §3.2): `YYYYMMDDHHmmSS` in UTC against seconds since 1970 in 32 bits.
 *
 * Calendar arithmetic is done here, as nothing below the command line may ask the platform's clock or calendar.
 * Not modelled: serial arithmetic of times after 2106 (RFC 4034 §3.1.5); such times are errors.
 */

/** The shape of the long form, for hints. */
export const DIGITS_TIME = 'YYYYMMDDHHmmSS';

const DAY_SECONDS = 86_400;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Seconds since 1970-01-01 UTC of either form; `undefined` when the text is no such time or beyond 32 bits. */
export function parseTime(text: string): number | undefined {
  if (/^\d{1,10}$/.test(text)) return inRange(Number(text));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > monthDays(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const days = daysBeforeYear(year) + daysBeforeMonth(year, month) + day - 1;
  return inRange(days * DAY_SECONDS + hour * 3600 + minute * 60 + second);
}

/** The long form of seconds since 1970. */
export function formatTime(seconds: number): string {
  let days = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - days * DAY_SECONDS;
  let year = 1970 + Math.floor(days / 366);
  while (daysBeforeYear(year + 1) <= days) year++;
  days -= daysBeforeYear(year);
  let month = 1;
  while (daysBeforeMonth(year, month + 1) <= days && month < 12) month++;
  const day = days - daysBeforeMonth(year, month) + 1;
  const parts = [month, day, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  return `${year}${parts.map((part) => String(part).padStart(2, '0')).join('')}`;
}

function inRange(seconds: number): number | undefined {
  return seconds <= 0xffffffff ? seconds : undefined;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function monthDays(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1]!;
}

/** Days from 1970-01-01 to the first of January of `year`. */
function daysBeforeYear(year: number): number {
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  return (year - 1970) * 365 + leaps;
}

function daysBeforeMonth(year: number, month: number): number {
  let days = 0;
  for (let earlier = 1; earlier < month; earlier++) days += monthDays(year, earlier);
  return days;
}
