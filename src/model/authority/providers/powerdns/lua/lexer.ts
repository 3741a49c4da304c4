/** Code to tokens: names, numbers, strings and signs of Lua 5.1, comments left out. */
import { LuaError, type Spot } from './values.ts';

export interface LuaToken {
  /** A keyword or a sign is its own kind. */
  readonly kind: 'name' | 'number' | 'string' | 'end of code' | (string & {});
  /** Name, or contents of a string. */
  readonly text: string;
  readonly value: number;
  readonly spot: Spot;
}

const KEYWORDS = new Set(
  'and break do else elseif end false for function if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
);

/** Longer signs before those they begin with. */
const SIGNS = /^(\.\.\.|\.\.|==|~=|<=|>=|[-+*/%^#<>=(){}[\];:,.])/;
const NUMBER = /^(0[xX][\da-fA-F]+|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The tokens of `code`, the last of kind `end of code`. @throws LuaError */
export function tokensOf(code: string): LuaToken[] {
  const lexer = new Lexer(code);
  const tokens: LuaToken[] = [];
  do tokens.push(lexer.next());
  while (tokens.at(-1)!.kind !== 'end of code');
  return tokens;
}

class Lexer {
  readonly #code: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(code: string) {
    this.#code = code;
  }

  next(): LuaToken {
    this.#skip();
    const spot = this.#spot();
    const rest = this.#code.slice(this.#at);
    if (rest === '') return { kind: 'end of code', text: '', value: 0, spot };
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (name !== undefined) return this.#take(name.length, KEYWORDS.has(name) ? name : 'name', name, spot);
    const number = NUMBER.exec(rest)?.[0];
    if (number !== undefined) return this.#take(number.length, 'number', number, spot, Number(number));
    if (rest[0] === '"' || rest[0] === "'") return this.#quoted(rest[0], spot);
    if (rest.startsWith('[[')) return this.#long(spot);
    const sign = SIGNS.exec(rest)?.[0];
    if (sign === undefined) throw new LuaError(`unexpected symbol near '${rest[0]}'`, spot);
    return this.#take(sign.length, sign, sign, spot);
  }

  #take(length: number, kind: string, text: string, spot: Spot, value = 0): LuaToken {
    this.#at += length;
    return { kind, text, value, spot };
  }

  #spot(): Spot {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** Passes white space and comments. */
  #skip(): void {
    for (;;) {
      const found = /^(\s+|--\[\[[\s\S]*?\]\]|--[^\n]*)/.exec(this.#code.slice(this.#at))?.[0];
      if (found === undefined) return;
      this.#advance(found.length);
    }
  }

  /** Moves on and keeps count of lines. */
  #advance(length: number): void {
    const end = this.#at + length;
    for (; this.#at < end; this.#at++) {
      if (this.#code[this.#at] !== '\n') continue;
      this.#line++;
      this.#lineStart = this.#at + 1;
    }
  }

  #long(spot: Spot): LuaToken {
    const end = this.#code.indexOf(']]', this.#at);
    if (end < 0) throw new LuaError('unfinished long string', spot);
    const text = this.#code.slice(this.#at + 2, end).replace(/^\n/, '');
    this.#advance(end + 2 - this.#at);
    return { kind: 'string', text, value: 0, spot };
  }

  #quoted(mark: string, spot: Spot): LuaToken {
    let text = '';
    this.#at++;
    for (;;) {
      const letter = this.#code[this.#at];
      if (letter === undefined || letter === '\n') throw new LuaError('unfinished string', spot);
      this.#at++;
      if (letter === mark) return { kind: 'string', text, value: 0, spot };
      text += letter === '\\' ? this.#escape(spot) : letter;
    }
  }

  #escape(spot: Spot): string {
    const rest = this.#code.slice(this.#at);
    const digits = /^\d{1,3}/.exec(rest)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      if (Number(digits) > 255) throw new LuaError('escape sequence too large', spot);
      return String.fromCharCode(Number(digits));
    }
    if (rest === '') throw new LuaError('unfinished string', spot);
    this.#advance(1);
    return ESCAPES[rest[0]!] ?? rest[0]!;
  }
}
