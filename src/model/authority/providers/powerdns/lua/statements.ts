/** Statements and blocks (Lua 5.1 manual §2.4). */
import { parseExpression, parseList, parseSuffixed } from './expressions.ts';
import type { Block, Expression, Statement } from './syntax.ts';
import { TokenStream } from './token-stream.ts';
import type { Spot } from './values.ts';

/** The code of a record. @throws LuaError with the place of a mistake in its syntax */
export function parseLua(code: string): Block {
  const tokens = new TokenStream(code, parseFunctionBody);
  const block = parseBlock(tokens);
  if (!tokens.is('end of code')) throw tokens.unexpected();
  return block;
}

const BLOCK_ENDS: readonly string[] = ['end of code', 'end', 'else', 'elseif', 'until'];

function parseBlock(tokens: TokenStream): Block {
  return tokens.deeper(() => {
    const statements: Statement[] = [];
    while (!BLOCK_ENDS.includes(tokens.token.kind)) {
      if (tokens.accept(';')) continue;
      const statement = parseStatement(tokens);
      statements.push(statement);
      tokens.accept(';');
      if (statement.kind === 'return') break;
    }
    return statements;
  });
}

type StatementParser = (tokens: TokenStream, at: Spot) => Statement;

const PARSERS: Readonly<Record<string, StatementParser>> = {
  local: parseLocal,
  function: parseNamedFunction,
  if: parseIf,
  for: parseFor,
  return: parseReturn,
  break: (_, at) => ({ kind: 'break', at }),
  do: (tokens, at) => ({ kind: 'do', at, body: parseUntilEnd(tokens) }),
  while: (tokens, at) => {
    const condition = parseExpression(tokens);
    tokens.expect('do');
    return { kind: 'while', at, condition, body: parseUntilEnd(tokens) };
  },
  repeat: (tokens, at) => {
    const body = parseBlock(tokens);
    tokens.expect('until');
    return { kind: 'repeat', at, condition: parseExpression(tokens), body };
  },
};

function parseStatement(tokens: TokenStream): Statement {
  const { kind, spot: at } = tokens.token;
  const parse = PARSERS[kind];
  if (!parse) return parseAssignmentOrCall(tokens, at);
  tokens.take();
  return parse(tokens, at);
}

function parseUntilEnd(tokens: TokenStream): Block {
  const body = parseBlock(tokens);
  tokens.expect('end');
  return body;
}

function parseNames(tokens: TokenStream): string[] {
  const names = [tokens.expect('name').text];
  while (tokens.accept(',')) names.push(tokens.expect('name').text);
  return names;
}

function parseLocal(tokens: TokenStream, at: Spot): Statement {
  if (tokens.accept('function')) {
    const names = [tokens.expect('name').text];
    return { kind: 'local', at, names, values: [parseFunctionBody(tokens, at)], recursive: true };
  }
  const names = parseNames(tokens);
  const values = tokens.accept('=') ? parseList(tokens) : [];
  return { kind: 'local', at, names, values, recursive: false };
}

function parseNamedFunction(tokens: TokenStream, at: Spot): Statement {
  let target: Expression = { kind: 'name', at, name: tokens.expect('name').text };
  while (tokens.accept('.')) {
    const key: Expression = { kind: 'constant', at, value: tokens.expect('name').text };
    target = { kind: 'index', at, table: target, key };
  }
  return { kind: 'assign', at, targets: [target], values: [parseFunctionBody(tokens, at)] };
}

/** Parameters and body of a function, up to its `end`. */
function parseFunctionBody(tokens: TokenStream, at: Spot): Expression {
  tokens.expect('(');
  const params = tokens.is(')') ? [] : parseNames(tokens);
  tokens.expect(')');
  return { kind: 'function', at, params, body: parseUntilEnd(tokens) };
}

function parseIf(tokens: TokenStream, at: Spot): Statement {
  const arms: { condition: Expression; body: Block }[] = [];
  do {
    const condition = parseExpression(tokens);
    tokens.expect('then');
    arms.push({ condition, body: parseBlock(tokens) });
  } while (tokens.accept('elseif'));
  const otherwise = tokens.accept('else') ? parseBlock(tokens) : undefined;
  tokens.expect('end');
  return { kind: 'if', at, arms, otherwise };
}

function parseFor(tokens: TokenStream, at: Spot): Statement {
  const names = parseNames(tokens);
  if (names.length === 1 && tokens.accept('=')) {
    const from = parseExpression(tokens);
    tokens.expect(',');
    const to = parseExpression(tokens);
    const step = tokens.accept(',') ? parseExpression(tokens) : undefined;
    tokens.expect('do');
    return { kind: 'count', at, name: names[0]!, from, to, step, body: parseUntilEnd(tokens) };
  }
  tokens.expect('in');
  const values = parseList(tokens);
  tokens.expect('do');
  return { kind: 'each', at, names, values, body: parseUntilEnd(tokens) };
}

function parseReturn(tokens: TokenStream, at: Spot): Statement {
  const isBare = BLOCK_ENDS.includes(tokens.token.kind) || tokens.is(';');
  return { kind: 'return', at, values: isBare ? [] : parseList(tokens) };
}

function parseAssignmentOrCall(tokens: TokenStream, at: Spot): Statement {
  const first = parseSuffixed(tokens);
  if (!tokens.is(',') && !tokens.is('=')) {
    if (first.kind === 'call' || first.kind === 'method') return { kind: 'evaluate', at, call: first };
    throw tokens.unexpected();
  }
  const targets = [first];
  while (tokens.accept(',')) targets.push(parseSuffixed(tokens));
  if (targets.some(({ kind }) => kind !== 'name' && kind !== 'index')) throw tokens.unexpected();
  tokens.expect('=');
  return { kind: 'assign', at, targets, values: parseList(tokens) };
}
