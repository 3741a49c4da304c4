/** Variables by name, in blocks inside blocks; the outermost scope holds the globals. */
import type { LuaValue } from './values.ts';

export class Scope {
  readonly #outer: Scope | undefined;
  readonly #values: Map<string, LuaValue> = new Map();

  constructor(outer: Scope | undefined) {
    this.#outer = outer;
  }

  /** A new variable of this block. */
  declare(name: string, value: LuaValue): void {
    this.#values.set(name, value);
  }

  /** The closest variable of this name; nil where there is none. */
  find(name: string): LuaValue {
    let scope: Scope = this;
    while (!scope.#values.has(name) && scope.#outer) scope = scope.#outer;
    return scope.#values.get(name);
  }

  /** Sets the closest variable of this name, or a global. */
  assign(name: string, value: LuaValue): void {
    let scope: Scope = this;
    while (!scope.#values.has(name) && scope.#outer) scope = scope.#outer;
    scope.#values.set(name, value);
  }
}
