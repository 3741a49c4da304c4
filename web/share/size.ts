/** How long a link may be before programs on its way begin to cut it. */

/** What to tell the sender about a link. */
export interface SizeAdvice {
  readonly level: 'fine' | 'long' | 'too long';
  readonly text: string;
}

/** Older mail and chat programs cut links here. */
const SHORT_ENOUGH = 2_000;
/** Browsers take more, most servers and chat programs do not. */
const LONG = 8_000;

/** @param length characters of the whole link */
export function sizeAdvice(length: number): SizeAdvice {
  const size = `${length.toString().replaceAll(/\B(?=(\d{3})+$)/g, ',')} characters`;
  if (length <= SHORT_ENOUGH) return { level: 'fine', text: `${size}: fits everywhere.` };
  if (length <= LONG) {
    return { level: 'long', text: `${size}: some mail and chat programs cut links this long.` };
  }
  return {
    level: 'too long',
    text: `${size}: too long for most mail and chat programs. Save the YAML and send the file instead.`,
  };
}
