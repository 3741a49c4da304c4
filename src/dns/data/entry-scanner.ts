/**
 * Splits master-file text into entries of tokens (RFC 1035 §5.1): comments, quotes, escapes and parentheses.
 *
 * One pass over the text, whatever it holds. A lexical error ends its entry and is reported with it; scanning
 * goes on behind it.
 */
import { TextError } from './text-error.ts';
import type { Token } from './token.ts';

/** One logical line: the tokens up to a line end outside parentheses. */
export interface Entry {
  readonly tokens: readonly Token[];
  /** The line begins with white space: the owner is that of the entry before. */
  readonly blankStart: boolean;
  readonly line: number;
  /** What is wrong with the text itself, at `errorLine` and `errorColumn`. */
  readonly error?: TextError;
  readonly errorLine?: number;
  readonly errorColumn?: number;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const OPEN = 40;
const CLOSE = 41;
const SEMICOLON = 59;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;

export class EntryScanner {
  private readonly text: string;
  private position: number;
  private line = 1;
  private lineStart = 0;
  private tokens: Token[] = [];
  /** Parentheses open at this point; RFC 1035 does not speak of nesting, name servers count. */
  private open = 0;
  /** Where the outermost one stands. */
  private openLine = 0;
  private openColumn = 0;
  private failure: Pick<Entry, 'error' | 'errorLine' | 'errorColumn'> | undefined;

  constructor(text: string) {
    this.text = text;
    this.position = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    this.lineStart = this.position;
  }

  /** The next entry that has tokens or an error; `undefined` at the end of the text. */
  next(): Entry | undefined {
    while (this.position < this.text.length) {
      const entry = this.scanEntry();
      if (entry.tokens.length > 0 || entry.error) return entry;
    }
    return undefined;
  }

  private scanEntry(): Entry {
    const first = this.text.charCodeAt(this.position);
    const start = { blankStart: first === SPACE || first === TAB, line: this.line };
    this.tokens = [];
    this.failure = undefined;
    this.open = 0;
    while (this.scanPiece());
    if (this.open > 0)
      this.fail('open-parenthesis', 'a parenthesis is never closed', this.openLine, this.openColumn);
    return { tokens: this.tokens, ...start, ...this.takeFailure() };
  }

  private takeFailure(): typeof this.failure {
    return this.failure;
  }

  /** Takes one token, space, comment or bracket. @returns whether the entry goes on */
  private scanPiece(): boolean {
    if (this.position >= this.text.length) return false;
    const code = this.text.charCodeAt(this.position);
    if (code === SPACE || code === TAB || code === CARRIAGE_RETURN) this.position++;
    else if (code === LINE_FEED) return this.endLine();
    else if (code === SEMICOLON) this.skipComment();
    else if (code === OPEN) return this.openParenthesis();
    else if (code === CLOSE) return this.closeParenthesis();
    else if (code === QUOTE) return this.scanQuoted();
    else this.scanBare();
    return true;
  }

  private endLine(): boolean {
    this.position++;
    this.line++;
    this.lineStart = this.position;
    return this.open > 0;
  }

  private skipComment(): void {
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end;
  }

  private openParenthesis(): boolean {
    if (this.open++ === 0) {
      this.openLine = this.line;
      this.openColumn = this.column();
    }
    this.position++;
    return true;
  }

  private closeParenthesis(): boolean {
    if (this.open === 0) return this.abandon('stray-parenthesis', 'a closing parenthesis has no opening one');
    this.open--;
    this.position++;
    return true;
  }

  private scanBare(): void {
    const start = this.position;
    let at = start;
    for (; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === BACKSLASH && this.text.charCodeAt(at + 1) !== LINE_FEED) at++;
      else if (endsToken(code)) break;
    }
    this.position = Math.min(at, this.text.length);
    this.push(start, this.position, start, false);
  }

  private scanQuoted(): boolean {
    const start = this.position + 1;
    let at = start;
    for (; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE || code === LINE_FEED) break;
      if (code === BACKSLASH && this.text.charCodeAt(at + 1) !== LINE_FEED) at++;
    }
    if (this.text.charCodeAt(at) !== QUOTE)
      return this.abandon('open-quote', 'a quoted text is not closed on its line');
    this.push(start, at, this.position, true);
    this.position = at + 1;
    return true;
  }

  private push(from: number, to: number, at: number, quoted: boolean): void {
    const joined = at > this.lineStart && !separates(this.text.charCodeAt(at - 1));
    this.tokens.push({
      text: this.text.slice(from, to),
      quoted,
      joined,
      line: this.line,
      column: at - this.lineStart + 1,
    });
  }

  /** Reports an error here and drops the rest of the line. */
  private abandon(code: string, message: string): false {
    this.fail(code, message, this.line, this.column());
    this.open = 0;
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end;
    if (end >= 0) this.endLine();
    return false;
  }

  private fail(code: string, message: string, errorLine: number, errorColumn: number): void {
    this.failure = { error: new TextError(code, message), errorLine, errorColumn };
  }

  private column(): number {
    return this.position - this.lineStart + 1;
  }
}

function separates(code: number): boolean {
  return code === SPACE || code === TAB || code === CARRIAGE_RETURN || code === OPEN || code === CLOSE;
}

function endsToken(code: number): boolean {
  return separates(code) || code === LINE_FEED || code === QUOTE || code === SEMICOLON;
}
