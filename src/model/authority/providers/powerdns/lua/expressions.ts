/** Expressions by precedence (Lua 5.1 manual §2.5.6). */
import type { Expression, TableField } from './syntax.ts';
import type { TokenStream } from './token-stream.ts';
import type { Spot } from './values.ts';

/** How strongly a binary operator binds to its left and to its right. */
const BINDING: Readonly<Record<string, readonly [left: number, right: number]>> = {
  or: [1, 1],
  and: [2, 2],
  '<': [3, 3],
  '>': [3, 3],
  '<=': [3, 3],
  '>=': [3, 3],
  '~=': [3, 3],
  '==': [3, 3],
  '..': [5, 4],
  '+': [6, 6],
  '-': [6, 6],
  '*': [7, 7],
  '/': [7, 7],
  '%': [7, 7],
  '^': [10, 9],
};
const UNARY_BINDING = 8;
const UNARY: readonly string[] = ['not', '-', '#'];

/** @throws LuaError */
export function parseExpression(tokens: TokenStream, weakest = 0): Expression {
  return tokens.deeper(() => {
    let left = parseOperand(tokens);
    for (;;) {
      const sign = tokens.token.kind;
      const binding = BINDING[sign];
      if (binding === undefined || binding[0] <= weakest) return left;
      const { spot: at } = tokens.take();
      left = { kind: 'binary', at, sign, left, right: parseExpression(tokens, binding[1]) };
    }
  });
}

/** One or more, with commas between them. @throws LuaError */
export function parseList(tokens: TokenStream): Expression[] {
  const list = [parseExpression(tokens)];
  while (tokens.accept(',')) list.push(parseExpression(tokens));
  return list;
}

function parseOperand(tokens: TokenStream): Expression {
  const { kind, spot: at } = tokens.token;
  if (!UNARY.includes(kind)) return parseSimple(tokens);
  tokens.take();
  return { kind: 'unary', at, sign: kind, of: parseExpression(tokens, UNARY_BINDING) };
}

function parseSimple(tokens: TokenStream): Expression {
  const { kind, text, value, spot: at } = tokens.token;
  const constant = { nil: undefined, true: true, false: false, number: value, string: text };
  if (kind in constant) {
    tokens.take();
    return { kind: 'constant', at, value: constant[kind as keyof typeof constant] };
  }
  if (kind === '{') return parseTable(tokens);
  if (kind === 'function') {
    tokens.take();
    return tokens.functionBody(tokens, at);
  }
  return parseSuffixed(tokens);
}

/** A name or a bracket, with all indexes and calls behind it. @throws LuaError */
export function parseSuffixed(tokens: TokenStream): Expression {
  let found = parsePrimary(tokens);
  for (;;) {
    const next = parseSuffix(tokens, found);
    if (next === undefined) return found;
    found = next;
  }
}

function parsePrimary(tokens: TokenStream): Expression {
  const { kind, text, spot: at } = tokens.token;
  if (kind === 'name') {
    tokens.take();
    return { kind: 'name', at, name: text };
  }
  if (!tokens.accept('(')) throw tokens.unexpected();
  const of = parseExpression(tokens);
  tokens.expect(')');
  return { kind: 'first', at, of };
}

function parseSuffix(tokens: TokenStream, before: Expression): Expression | undefined {
  const { spot: at } = tokens;
  if (tokens.accept('.')) {
    const { text } = tokens.expect('name');
    return { kind: 'index', at, table: before, key: { kind: 'constant', at, value: text } };
  }
  if (tokens.accept('[')) {
    const key = parseExpression(tokens);
    tokens.expect(']');
    return { kind: 'index', at, table: before, key };
  }
  if (tokens.accept(':')) {
    const { text: name } = tokens.expect('name');
    const args = parseArguments(tokens);
    if (args === undefined) throw tokens.unexpected('function arguments expected');
    return { kind: 'method', at, object: before, name, args };
  }
  const args = parseArguments(tokens);
  return args && { kind: 'call', at, callee: before, args };
}

function parseArguments(tokens: TokenStream): readonly Expression[] | undefined {
  const { kind, text, spot: at } = tokens.token;
  if (kind === 'string') {
    tokens.take();
    return [{ kind: 'constant', at, value: text }];
  }
  if (kind === '{') return [parseTable(tokens)];
  if (!tokens.accept('(')) return undefined;
  if (tokens.accept(')')) return [];
  const list = parseList(tokens);
  tokens.expect(')');
  return list;
}

function parseTable(tokens: TokenStream): Expression {
  const { spot: at } = tokens.expect('{');
  const fields: TableField[] = [];
  while (!tokens.is('}')) {
    fields.push(parseField(tokens));
    if (!tokens.accept(',') && !tokens.accept(';')) break;
  }
  tokens.expect('}');
  return { kind: 'table', at, fields };
}

function parseField(tokens: TokenStream): TableField {
  if (tokens.accept('[')) {
    const key = parseExpression(tokens);
    tokens.expect(']');
    tokens.expect('=');
    return { key, value: parseExpression(tokens) };
  }
  const value = parseExpression(tokens);
  if (value.kind !== 'name' || !tokens.is('=')) return { key: undefined, value };
  tokens.take();
  return { key: textAt(value.name, value.at), value: parseExpression(tokens) };
}

function textAt(value: string, at: Spot): Expression {
  return { kind: 'constant', at, value };
}
