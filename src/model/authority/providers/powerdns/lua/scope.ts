/** Variables by name, in blocks inside blocks; the outermost scope holds the globals. */
import type { LuaValue } from './values.ts';

export class Scope {
  readonly #outer: Scope | undefined;
  readonly #provided: ReadonlyMap<string, LuaValue> | undefined;
  readonly #values: Map<string, LuaValue> = new Map();

  /** @param provided what a scope without an outer one finds where nothing is set; never changed */
  constructor(outer: Scope | undefined, provided?: ReadonlyMap<string, LuaValue>) {
    this.#outer = outer;
    this.#provided = provided;
  }

  /** A new variable of this block. */
  declare(name: string, value: LuaValue): void {
    this.#values.set(name, value);
  }

  /** The closest variable of this name; nil where there is none. */
  find(name: string): LuaValue {
    let scope: Scope = this;
    while (!scope.#values.has(name) && scope.#outer) scope = scope.#outer;
    return scope.#values.has(name) ? scope.#values.get(name) : scope.#provided?.get(name);
  }

  /** Sets the closest variable of this name, or a global. */
  assign(name: string, value: LuaValue): void {
    let scope: Scope = this;
    while (!scope.#values.has(name) && scope.#outer) scope = scope.#outer;
    scope.#values.set(name, value);
  }
}
