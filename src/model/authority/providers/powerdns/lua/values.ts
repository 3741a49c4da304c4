/** Values of Lua: what they are called, how they print, and tables. */

export type LuaValue = undefined | boolean | number | string | LuaTable | LuaFunction | LuaObject;

/** Takes and returns lists of values, as functions in Lua do. @throws LuaError */
export type LuaFunction = (args: readonly LuaValue[]) => readonly LuaValue[];

/** Where something stands in the code; both count from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** An error of the code: in its syntax, or while it runs. */
export class LuaError extends Error {
  spot: Spot | undefined;
  /** The limit on instructions was reached, which `pcall` does not catch. */
  readonly final: boolean;

  constructor(message: string, spot?: Spot, final = false) {
    super(message);
    this.spot = spot;
    this.final = final;
  }

  /** `attempt to call a nil value at 1:12`. */
  get report(): string {
    return this.spot ? `${this.message} at ${this.spot.line}:${this.spot.column}` : this.message;
  }
}

/** A value of the host: an address, a name. Its methods are called with a colon. */
export class LuaObject {
  readonly type: string;
  /** What `tostring` makes of it. */
  readonly text: string;
  readonly methods: Readonly<Record<string, LuaFunction>>;

  constructor(type: string, text: string, methods: Readonly<Record<string, LuaFunction>> = {}) {
    this.type = type;
    this.text = text;
    this.methods = { tostring: () => [text], toString: () => [text], ...methods };
  }
}

/** A table. Keys are walked in the order in which they were first set, where Lua's own order is arbitrary. */
export class LuaTable {
  readonly #entries: Map<LuaValue, LuaValue> = new Map();
  #isFrozen = false;

  /** The table of the host with these fields, which code cannot change. */
  static frozen(fields: Readonly<Record<string, LuaValue>>): LuaTable {
    const table = new LuaTable();
    for (const [name, value] of Object.entries(fields)) table.set(name, value);
    table.#isFrozen = true;
    return table;
  }

  /** The table `{ ...items }`. */
  static of(items: readonly LuaValue[]): LuaTable {
    const table = new LuaTable();
    items.forEach((item, at) => {
      table.set(at + 1, item);
    });
    return table;
  }

  get(key: LuaValue): LuaValue {
    return this.#entries.get(key);
  }

  /** @throws LuaError for a key of nil or NaN */
  set(key: LuaValue, value: LuaValue): void {
    if (key === undefined || Number.isNaN(key)) throw new LuaError('table index is nil or NaN');
    if (this.#isFrozen) throw new LuaError('attempt to change a library');
    if (value === undefined) this.#entries.delete(key);
    else this.#entries.set(key, value);
  }

  /** How many items stand from 1 on without a gap. */
  get length(): number {
    let length = 0;
    while (this.#entries.has(length + 1)) length++;
    return length;
  }

  /** The items from 1 on without a gap. */
  list(): LuaValue[] {
    return Array.from({ length: this.length }, (_, at) => this.#entries.get(at + 1));
  }

  entries(): [LuaValue, LuaValue][] {
    return [...this.#entries];
  }
}

export function typeName(value: LuaValue): string {
  if (value === undefined) return 'nil';
  if (value instanceof LuaTable) return 'table';
  return value instanceof LuaObject ? 'userdata' : typeof value;
}

/** As Lua 5.1 prints: whole numbers without a point, others with 14 digits. */
export function toText(value: LuaValue): string {
  if (typeof value === 'number') return numberText(value);
  if (value instanceof LuaObject) return value.text;
  if (value === undefined) return 'nil';
  return value instanceof LuaTable || typeof value === 'function' ? typeName(value) : String(value);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(14)));
}

/** A number, or a text that spells one. */
export function toNumber(value: LuaValue): number | undefined {
  if (typeof value === 'number') return value;
  if (
    typeof value !== 'string' ||
    !/^\s*[-+]?(0[xX][\da-fA-F]+|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)\s*$/.test(value)
  )
    return undefined;
  const text = value.trim();
  return /^-0[xX]/.test(text) ? -Number(text.slice(1)) : Number(text.replace(/^\+/, ''));
}

/** Everything but nil and false. */
export function isTrue(value: LuaValue): boolean {
  return value !== undefined && value !== false;
}
