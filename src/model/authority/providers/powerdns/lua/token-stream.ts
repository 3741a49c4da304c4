/** Walks the tokens of some code: what both halves of the parser share. */
import { type LuaToken, tokensOf } from './lexer.ts';
import type { Expression } from './syntax.ts';
import { LuaError, type Spot } from './values.ts';

/** How deep code may nest, as in Lua (LUAI_MAXCCALLS). */
const DEEPEST = 200;

export class TokenStream {
  readonly #tokens: readonly LuaToken[];
  #at = 0;
  #depth = 0;

  /** Functions are expressions that hold statements: how their bodies are parsed is handed in. */
  readonly functionBody: (tokens: TokenStream, at: Spot) => Expression;

  /** @throws LuaError when the code is no sequence of tokens */
  constructor(code: string, functionBody: (tokens: TokenStream, at: Spot) => Expression) {
    this.functionBody = functionBody;
    this.#tokens = tokensOf(code);
  }

  get token(): LuaToken {
    return this.#tokens[this.#at]!;
  }

  get spot(): Spot {
    return this.token.spot;
  }

  is(kind: string): boolean {
    return this.token.kind === kind;
  }

  take(): LuaToken {
    const { token } = this;
    if (token.kind !== 'end of code') this.#at++;
    return token;
  }

  /** Takes the token if it is of this kind. */
  accept(kind: string): boolean {
    if (!this.is(kind)) return false;
    this.take();
    return true;
  }

  /** @throws LuaError unless the next token is of this kind */
  expect(kind: string): LuaToken {
    if (this.is(kind)) return this.take();
    throw this.unexpected(`'${kind}' expected`);
  }

  unexpected(what = 'unexpected symbol'): LuaError {
    return new LuaError(`${what} near '${this.token.text || this.token.kind}'`, this.spot);
  }

  /** Parses one level further down. @throws LuaError when that is too deep */
  deeper<T>(parse: () => T): T {
    if (++this.#depth > DEEPEST) throw new LuaError('code has too many nested levels', this.spot);
    const parsed = parse();
    this.#depth--;
    return parsed;
  }
}
