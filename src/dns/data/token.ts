/**
 * Tokens of master-file text (RFC 1035 §5.1), and the cursor that RDATA readers take them from.
 *
 * A token keeps its escapes: only the reader of a field knows whether `\.` is part of a name or of a string.
 */
import type { Name } from './name.ts';
import { TextError } from './text-error.ts';

export interface Token {
  /** As written, escapes kept, without the quotes of a quoted string. */
  readonly text: string;
  readonly quoted: boolean;
  /** Follows the token before it without white space, as in `alpn="h2"`. */
  readonly joined: boolean;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
}

/** Walks the tokens of one entry. Every miss names the field that was expected. */
export class TokenCursor {
  /** What relative names in the entry are relative to; without it they are errors. */
  readonly origin: Name | undefined;
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(tokens: readonly Token[], origin?: Name) {
    this.tokens = tokens;
    this.origin = origin;
  }

  /** The token to be taken next; `undefined` at the end. */
  peek(): Token | undefined {
    return this.tokens[this.position];
  }

  /** The token taken last: where an error most likely is. */
  last(): Token | undefined {
    return this.tokens[Math.max(0, this.position - 1)];
  }

  /** The next token, quoted or not. @throws TextError `missing-field` */
  take(field: string): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw new TextError('missing-field', `the ${field} is missing`);
    this.position++;
    return token;
  }

  /** The next token's text, which must not be quoted. @throws TextError `missing-field`, `quoted-field` */
  takeBare(field: string): string {
    const token = this.take(field);
    if (token.quoted) throw new TextError('quoted-field', `the ${field} must not stand in quotes`);
    return token.text;
  }

  /** Steps back over one token. */
  back(): void {
    this.position = Math.max(0, this.position - 1);
  }

  /** @throws TextError `extra-field` unless every token was taken */
  end(): void {
    const extra = this.peek();
    if (extra === undefined) return;
    this.position++;
    throw new TextError('extra-field', `'${extra.text}' is more than the record can hold`);
  }
}
