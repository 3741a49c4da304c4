/** Patterns of Go (RE2) as JavaScript reads them. Not modelled: classes by Unicode name, and that RE2 never hangs. */

/** The pattern, or `undefined` when it cannot be read. */
export function goPattern(text: string): RegExp | undefined {
  const flags = /^\(\?([is]+)\)/.exec(text);
  const rest = flags ? text.slice(flags[0].length) : text;
  try {
    return new RegExp(rest.replaceAll('(?P<', '(?<'), flags?.[1] ?? '');
  } catch {
    return undefined;
  }
}

/** `{1}.svc.{2}` with the groups of a match put in. */
export function filledIn(text: string, match: readonly (string | undefined)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (whole, at: string) => match[Number(at)] ?? whole);
}
