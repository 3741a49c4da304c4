/** What the terminal can show, decided by options, environment and the kind of stream. */
import { ANSI, PLAIN, type Style } from '../report/style.ts';
import type { TextOptions } from '../report/text.ts';

export interface Surroundings {
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Colour, by precedence: `--color` or `--no-color`; `NO_COLOR` (no-color.org: set and not empty);
 * `FORCE_COLOR` (0 or false: off); else whether the stream is a terminal that is not `dumb`.
 */
export function wantsColour(option: boolean | undefined, { isTerminal, env }: Surroundings): boolean {
  if (option !== undefined) return option;
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** A terminal whose locale (POSIX: LC_ALL, else LC_CTYPE, else LANG) is not UTF-8 gets plain ASCII. */
export function wantsUnicode({ isTerminal, env }: Surroundings): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return !isTerminal || locale === undefined || /utf-?8/i.test(locale);
}

/** How text for this stream is set. */
export function textOptionsFor(
  colour: boolean | undefined,
  surroundings: Surroundings,
): Required<Pick<TextOptions, 'style' | 'unicode'>> {
  const style: Style = wantsColour(colour, surroundings) ? ANSI : PLAIN;
  return { style, unicode: wantsUnicode(surroundings) };
}
