/**
 * The one error thrown by everything that reads presentation format below a master file.
 *
 * Readers of whole files catch it once per entry and turn it into an `Issue`; code that reads a constant of
 * its own may let it escape.
 */
export class TextError extends Error {
  /** Stable machine name without a prefix, for example `label-too-long`. */
  readonly code: string;
  /** What to do about it; absent where the message says it all. */
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.name = 'TextError';
    this.code = code;
    this.hint = hint;
  }
}
