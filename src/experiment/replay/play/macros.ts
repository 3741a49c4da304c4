/** Macros of scripts: `$name`, `${a + b}`; operators are applied from left to right, all of the same rank. */

/** An expression that cannot be evaluated. */
export class MacroError extends Error {}

/** What expressions can refer to. */
export interface MacroContext {
  readonly variables: ReadonlyMap<string, number>;
  /** Virtual time, seconds. */
  readonly time: number;
  /** Time until the next timer is due, seconds. */
  readonly timeout: number;
}

/** Deepest nesting of `${...}`. */
const DEEPEST = 50;

/** Evaluates a number, `$name` or `${...}`. @throws MacroError */
export function evaluate(text: string, context: MacroContext): number {
  const tokens = text.match(/\$\{|\$\w+|\d+(?:\.\d+)?|[a-z]+|\S/g) ?? [];
  const reader = new Evaluator(tokens, context);
  const value = reader.expression(0);
  if (!reader.atEnd) throw new MacroError(`'${text}' is no expression`);
  return value;
}

class Evaluator {
  readonly #tokens: readonly string[];
  readonly #context: MacroContext;
  #at = 0;

  constructor(tokens: readonly string[], context: MacroContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  get atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  expression(depth: number): number {
    let value = this.#operand(depth);
    while (/^[-+*/]$/.test(this.#tokens[this.#at] ?? '')) {
      const operator = this.#tokens[this.#at++]!;
      value = apply(operator, value, this.#operand(depth));
    }
    return value;
  }

  #operand(depth: number): number {
    if (depth > DEEPEST) throw new MacroError('the expression is nested too deeply');
    const token = this.#tokens[this.#at++] ?? '';
    if (token === '${') return this.#braced(depth);
    if (/^\d/.test(token)) return Number(token);
    if (token.startsWith('$')) return this.#variable(token.slice(1));
    if (token === 'time') return this.#context.time;
    if (token === 'timeout') return this.#context.timeout;
    if (token === 'range') return this.#range(depth);
    throw new MacroError(`'${token}' has no value`);
  }

  #braced(depth: number): number {
    const value = this.expression(depth + 1);
    if (this.#tokens[this.#at++] !== '}') throw new MacroError('a brace is not closed');
    return value;
  }

  #variable(name: string): number {
    const value = this.#context.variables.get(name);
    if (value === undefined) throw new MacroError(`nothing was assigned to $${name}`);
    return value;
  }

  /** `range low x high`: x, which must lie between the two. */
  #range(depth: number): number {
    const [low, value, high] = [this.#operand(depth + 1), this.#operand(depth + 1), this.#operand(depth + 1)];
    if (value < low || value > high) throw new MacroError(`${value} does not lie between ${low} and ${high}`);
    return value;
  }
}

function apply(operator: string, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (right === 0) throw new MacroError('division by zero');
  return left / right;
}
