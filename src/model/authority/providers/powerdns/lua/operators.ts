/** Operators of Lua 5.1 on values (manual §2.5.1 to §2.5.5); there are no metatables. */
import {
  isTrue,
  LuaError,
  LuaObject,
  LuaTable,
  type LuaValue,
  toNumber,
  toText,
  typeName,
} from './values.ts';

type Binary = (left: LuaValue, right: LuaValue) => LuaValue;

/** Both sides must be numbers, or texts that spell numbers. */
function arithmetic(of: (a: number, b: number) => number): Binary {
  return (left, right) => {
    const [a, b] = [toNumber(left), toNumber(right)];
    if (a !== undefined && b !== undefined) return of(a, b);
    const culprit = a === undefined ? left : right;
    throw new LuaError(`attempt to perform arithmetic on a ${typeName(culprit)} value`);
  };
}

/** Two numbers or two texts. */
function ordering(of: (a: number | string, b: number | string) => boolean): Binary {
  return (left, right) => {
    const alike = typeof left === typeof right;
    if (alike && (typeof left === 'number' || typeof left === 'string'))
      return of(left, right as typeof left);
    const [a, b] = [typeName(left), typeName(right)];
    throw new LuaError(a === b ? `attempt to compare two ${a} values` : `attempt to compare ${a} with ${b}`);
  };
}

function concatenate(left: LuaValue, right: LuaValue): string {
  for (const side of [left, right]) {
    if (typeof side === 'string' || typeof side === 'number') continue;
    throw new LuaError(`attempt to concatenate a ${typeName(side)} value`);
  }
  const text = toText(left) + toText(right);
  if (text.length > LONGEST_TEXT) throw new LuaError('resulting string too large');
  return text;
}

/** Longest text code may build: four times the longest RDATA. */
export const LONGEST_TEXT = 262_144;

/** Objects of the host are equal when they print alike. */
function areEqual(left: LuaValue, right: LuaValue): boolean {
  if (left instanceof LuaObject && right instanceof LuaObject)
    return left.type === right.type && left.text === right.text;
  return left === right;
}

/** All binary operators but `and` and `or`, which do not always look at both sides. */
export const BINARY: Readonly<Record<string, Binary>> = {
  '+': arithmetic((a, b) => a + b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a - Math.floor(a / b) * b),
  '^': arithmetic((a, b) => a ** b),
  '..': concatenate,
  '==': areEqual,
  '~=': (left, right) => !areEqual(left, right),
  '<': ordering((a, b) => a < b),
  '<=': ordering((a, b) => a <= b),
  '>': ordering((a, b) => a > b),
  '>=': ordering((a, b) => a >= b),
};

export const UNARY: Readonly<Record<string, (value: LuaValue) => LuaValue>> = {
  not: (value) => !isTrue(value),
  '-': (value) => BINARY['-']!(0, value),
  '#': (value) => {
    if (typeof value === 'string' || value instanceof LuaTable) return value.length;
    throw new LuaError(`attempt to get length of a ${typeName(value)} value`);
  },
};
