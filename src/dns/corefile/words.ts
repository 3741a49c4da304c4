/**
 * Words of a Corefile: split at white space, `#` begins a comment, quotes hold a word together (the Caddyfile
 * format, coredns/caddy caddyfile/lexer.go). Environment placeholders (`{$NAME}`, `{%NAME%}`) are left out: a
 * scenario must not depend on the machine it is read on.
 */
import type { Issue, Place } from '../../base/issue.ts';

/** A word and where it begins. */
export interface Word extends Place {
  readonly text: string;
  /** Quoted braces are no braces. */
  readonly quoted: boolean;
}

const PLACEHOLDER = /\{\$[^{}\s]+\}|\{%[^{}\s]+%\}/g;

/** Every word of the text in order. Placeholders are reported. @param file as messages name it */
export function wordsOf(text: string, file: string, issues: Issue[]): Word[] {
  const words: Word[] = [];
  const scan = new Scan(text, file);
  for (let word = scan.next(); word; word = scan.next()) words.push(withoutPlaceholders(word, issues));
  if (scan.openQuote) {
    const { file: at, line, column } = scan.openQuote;
    issues.push(problem({ file: at, line, column }, 'corefile-open-quote', 'the quote is never closed'));
  }
  return words.filter(({ text: kept, quoted }) => kept !== '' || quoted);
}

class Scan {
  openQuote: Place | undefined;
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #line = 1;
  #column = 1;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  next(): Word | undefined {
    this.#skip();
    if (this.#at >= this.#text.length) return undefined;
    const place = { file: this.#file, line: this.#line, column: this.#column };
    if (this.#text[this.#at] === '"') return { ...place, text: this.#quotedText(place), quoted: true };
    let text = '';
    while (this.#at < this.#text.length && !/\s/.test(this.#text[this.#at]!)) text += this.#take();
    return { ...place, text, quoted: false };
  }

  #skip(): void {
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] === '#') {
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#take();
      } else if (/\s/.test(this.#text[this.#at]!)) this.#take();
      else return;
    }
  }

  #quotedText(place: Place): string {
    this.#take();
    let text = '';
    while (this.#at < this.#text.length) {
      const letter = this.#take();
      if (letter === '"') return text;
      text += letter === '\\' && this.#text[this.#at] === '"' ? this.#take() : letter;
    }
    this.openQuote = place;
    return text;
  }

  #take(): string {
    const letter = this.#text[this.#at++]!;
    if (letter === '\n') {
      this.#line++;
      this.#column = 1;
    } else this.#column++;
    return letter;
  }
}

function withoutPlaceholders(word: Word, issues: Issue[]): Word {
  const found = word.text.match(PLACEHOLDER);
  if (!found) return word;
  const message = `the environment variable ${found[0]} is left out`;
  const hint = 'write its value instead';
  issues.push(problem(word, 'corefile-environment', message, { hint, severity: 'warning' }));
  return { ...word, text: word.text.replaceAll(PLACEHOLDER, '') };
}

/** A problem at a word. */
export function problem(
  { file, line, column }: Place,
  code: string,
  message: string,
  notes: { readonly hint?: string | undefined; readonly severity?: Issue['severity'] } = {},
): Issue {
  const { hint, severity = 'error' } = notes;
  return {
    severity,
    code,
    message,
    place: { file, line, column },
    ...(hint === undefined ? {} : { hint }),
  };
}
