/**
 * Runs the syntax tree of a record's code, step by step and within a limit of steps.
 *
 * A step is a statement or an expression. PowerDNS counts instructions of Lua's virtual machine, of which a step
 * makes about one; code near the limit may pass here and not there. Not in the language: coroutines, metatables,
 * variable arguments (`...`), `goto`, and the libraries `io`, `os`, `debug` and `package`.
 */
import { BINARY, UNARY } from './operators.ts';
import { Scope } from './scope.ts';
import type { Block, Expression, Statement } from './syntax.ts';
import {
  isTrue,
  LuaError,
  type LuaFunction,
  LuaObject,
  LuaTable,
  type LuaValue,
  type Spot,
  toNumber,
  typeName,
} from './values.ts';

/** How a block ended: run through, left by `break`, or by `return` with values. */
type Ending = undefined | 'break' | readonly LuaValue[];

/** Calls inside calls. */
const DEEPEST_CALL = 200;

export class Interpreter {
  /** Methods of texts (`('x'):rep(3)`). */
  readonly #textMethods: LuaTable | undefined;
  readonly #globals: Scope;
  #stepsLeft: number;
  #depth = 0;

  /**
   * @param provided globals of the host, which code can hide but not change
   * @param limit steps until the code is given up
   */
  constructor(provided: ReadonlyMap<string, LuaValue>, limit: number) {
    this.#globals = new Scope(undefined, provided);
    const library = provided.get('string');
    this.#textMethods = library instanceof LuaTable ? library : undefined;
    this.#stepsLeft = limit;
  }

  /** Sets a global. */
  define(name: string, value: LuaValue): void {
    this.#globals.declare(name, value);
  }

  /** Runs code and returns what it returns. Globals it sets stay. @throws LuaError */
  run(code: Block): readonly LuaValue[] {
    const ending = this.#block(code, new Scope(this.#globals));
    return Array.isArray(ending) ? ending : [];
  }

  #step(at: Spot): void {
    if (this.#stepsLeft-- <= 0) throw new LuaError('Script took too long', at, true);
  }

  #block(block: Block, scope: Scope): Ending {
    for (const statement of block) {
      const ending = this.#statement(statement, scope);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  #statement(statement: Statement, scope: Scope): Ending {
    this.#step(statement.at);
    switch (statement.kind) {
      case 'local':
        return this.#local(statement, scope);
      case 'assign':
        return this.#assign(statement, scope);
      case 'evaluate':
        this.#several(statement.call, scope);
        return undefined;
      case 'do':
        return this.#block(statement.body, new Scope(scope));
      case 'if':
        return this.#if(statement, scope);
      case 'while':
      case 'repeat':
        return this.#loop(statement, scope);
      case 'count':
        return this.#count(statement, scope);
      case 'each':
        return this.#each(statement, scope);
      case 'return':
        return this.#list(statement.values, scope);
      case 'break':
        return 'break';
    }
  }

  #local({ names, values, recursive }: Extract<Statement, { kind: 'local' }>, scope: Scope): Ending {
    if (recursive) scope.declare(names[0]!, undefined);
    const found = this.#list(values, scope);
    for (const [index, name] of names.entries()) scope.declare(name, found[index]);
    return undefined;
  }

  #assign({ targets, values }: Extract<Statement, { kind: 'assign' }>, scope: Scope): Ending {
    const found = this.#list(values, scope);
    for (const [index, target] of targets.entries()) this.#store(target, found[index], scope);
    return undefined;
  }

  #store(target: Expression, value: LuaValue, scope: Scope): void {
    if (target.kind === 'name') {
      scope.assign(target.name, value);
      return;
    }
    if (target.kind !== 'index') throw new LuaError('cannot assign', target.at);
    const table = this.#value(target.table, scope);
    const key = this.#value(target.key, scope);
    if (!(table instanceof LuaTable)) throw this.#noIndex(target.table, table);
    placed(target.at, () => table.set(key, value));
  }

  #if({ arms, otherwise }: Extract<Statement, { kind: 'if' }>, scope: Scope): Ending {
    const arm = arms.find(({ condition }) => isTrue(this.#value(condition, scope)));
    const body = arm?.body ?? otherwise;
    return body && this.#block(body, new Scope(scope));
  }

  #loop(loop: Extract<Statement, { kind: 'while' | 'repeat' }>, scope: Scope): Ending {
    const isWhile = loop.kind === 'while';
    for (;;) {
      this.#step(loop.at);
      if (isWhile && !isTrue(this.#value(loop.condition, scope))) return undefined;
      const inside = new Scope(scope);
      const ending = this.#block(loop.body, inside);
      if (ending !== undefined) return ending === 'break' ? undefined : ending;
      if (!isWhile && isTrue(this.#value(loop.condition, inside))) return undefined;
    }
  }

  #count(loop: Extract<Statement, { kind: 'count' }>, scope: Scope): Ending {
    const [from, to, step] = [loop.from, loop.to, loop.step].map((part) =>
      part ? toNumber(this.#value(part, scope)) : 1,
    );
    if (from === undefined || to === undefined || !step)
      throw new LuaError("'for' limits and step must be numbers, the step not 0", loop.at);
    for (let at = from; step > 0 ? at <= to : at >= to; at += step) {
      this.#step(loop.at);
      const inside = new Scope(scope);
      inside.declare(loop.name, at);
      const ending = this.#block(loop.body, inside);
      if (ending !== undefined) return ending === 'break' ? undefined : ending;
    }
    return undefined;
  }

  #each(loop: Extract<Statement, { kind: 'each' }>, scope: Scope): Ending {
    const [iterator, state, first] = this.#list(loop.values, scope);
    let control = first;
    for (;;) {
      this.#step(loop.at);
      const found = this.#call(iterator, [state, control], loop.at, 'iterator');
      if (found[0] === undefined) return undefined;
      control = found[0];
      const inside = new Scope(scope);
      for (const [index, name] of loop.names.entries()) inside.declare(name, found[index]);
      const ending = this.#block(loop.body, inside);
      if (ending !== undefined) return ending === 'break' ? undefined : ending;
    }
  }

  /** All values of a list: only its last expression gives more than one. */
  #list(expressions: readonly Expression[], scope: Scope): LuaValue[] {
    return expressions.flatMap((one, index) =>
      index === expressions.length - 1 ? this.#several(one, scope) : [this.#value(one, scope)],
    );
  }

  /** All values of a call, the one of anything else. */
  #several(expression: Expression, scope: Scope): readonly LuaValue[] {
    if (expression.kind === 'call') {
      this.#step(expression.at);
      const callee = this.#value(expression.callee, scope);
      const args = this.#list(expression.args, scope);
      return this.#call(callee, args, expression.at, nameOf(expression.callee));
    }
    if (expression.kind === 'method') return this.#method(expression, scope);
    return [this.#value(expression, scope)];
  }

  #method(expression: Extract<Expression, { kind: 'method' }>, scope: Scope): readonly LuaValue[] {
    this.#step(expression.at);
    const object = this.#value(expression.object, scope);
    const args = this.#list(expression.args, scope);
    const callee = this.#member(object, expression.name, expression.object);
    return this.#call(callee, [object, ...args], expression.at, `method '${expression.name}'`);
  }

  #call(callee: LuaValue, args: readonly LuaValue[], at: Spot, name: string): readonly LuaValue[] {
    if (typeof callee !== 'function')
      throw new LuaError(`attempt to call a ${typeName(callee)} value (${name})`, at);
    if (this.#depth >= DEEPEST_CALL) throw new LuaError('stack overflow', at);
    this.#depth++;
    try {
      return placed(at, () => callee(args));
    } finally {
      this.#depth--;
    }
  }

  #value(expression: Expression, scope: Scope): LuaValue {
    const { kind, at } = expression;
    if (kind === 'call' || kind === 'method') return this.#several(expression, scope)[0];
    this.#step(at);
    switch (kind) {
      case 'constant':
        return expression.value;
      case 'name':
        return scope.find(expression.name);
      case 'first':
        return this.#value(expression.of, scope);
      case 'index': {
        const table = this.#value(expression.table, scope);
        return this.#member(table, this.#value(expression.key, scope), expression.table);
      }
      case 'function':
        return this.#closure(expression, scope);
      case 'unary': {
        const value = this.#value(expression.of, scope);
        return placed(at, () => UNARY[expression.sign]!(value));
      }
      case 'binary':
        return this.#binary(expression, scope);
      case 'table':
        return this.#table(expression, scope);
    }
  }

  #member(of: LuaValue, key: LuaValue, written: Expression): LuaValue {
    if (of instanceof LuaTable) return of.get(key);
    if (of instanceof LuaObject && typeof key === 'string')
      return Object.hasOwn(of.methods, key) ? of.methods[key] : undefined;
    if (typeof of === 'string' && this.#textMethods) return this.#textMethods.get(key);
    throw this.#noIndex(written, of);
  }

  #noIndex(written: Expression, value: LuaValue): LuaError {
    return new LuaError(`attempt to index a ${typeName(value)} value (${nameOf(written)})`, written.at);
  }

  #binary({ sign, left, right, at }: Extract<Expression, { kind: 'binary' }>, scope: Scope): LuaValue {
    const first = this.#value(left, scope);
    if (sign === 'and') return isTrue(first) ? this.#value(right, scope) : first;
    if (sign === 'or') return isTrue(first) ? first : this.#value(right, scope);
    const second = this.#value(right, scope);
    return placed(at, () => BINARY[sign]!(first, second));
  }

  #table({ fields }: Extract<Expression, { kind: 'table' }>, scope: Scope): LuaTable {
    const table = new LuaTable();
    let next = 1;
    for (const [index, { key, value }] of fields.entries()) {
      if (key) {
        const name = this.#value(key, scope);
        placed(key.at, () => table.set(name, this.#value(value, scope)));
      } else {
        const isLast = index === fields.length - 1;
        const found = isLast ? this.#several(value, scope) : [this.#value(value, scope)];
        for (const one of found) table.set(next++, one);
      }
    }
    return table;
  }

  #closure({ params, body }: Extract<Expression, { kind: 'function' }>, scope: Scope): LuaFunction {
    return (args) => {
      const inside = new Scope(scope);
      for (const [index, name] of params.entries()) inside.declare(name, args[index]);
      const ending = this.#block(body, inside);
      return Array.isArray(ending) ? ending : [];
    };
  }
}

/** Gives errors that have no place yet this one. */
function placed<T>(at: Spot, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof LuaError) error.spot ??= at;
    throw error;
  }
}

/** How people call what an expression stands for, for messages. */
function nameOf(expression: Expression): string {
  if (expression.kind === 'name') return `'${expression.name}'`;
  const isField = expression.kind === 'index' && expression.key.kind === 'constant';
  return isField ? `field '${String((expression.key as { value: unknown }).value)}'` : 'a value';
}
