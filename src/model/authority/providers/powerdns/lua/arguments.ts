/** What functions of the host demand of their arguments. */
import { LuaError, LuaTable, type LuaValue, toNumber, toText, typeName } from './values.ts';

function wrong(args: readonly LuaValue[], at: number, wanted: string): LuaError {
  const got = at < args.length ? typeName(args[at]) : 'no value';
  return new LuaError(`bad argument #${at + 1} (${wanted} expected, got ${got})`);
}

/** A text or a number as text. @throws LuaError */
export function textAt(args: readonly LuaValue[], at: number): string {
  const value = args[at];
  if (typeof value === 'string' || typeof value === 'number') return toText(value);
  throw wrong(args, at, 'string');
}

/** A number, or a text that spells one. @param fallback where the argument is missing @throws LuaError */
export function numberAt(args: readonly LuaValue[], at: number, fallback?: number): number {
  if (args[at] === undefined && fallback !== undefined) return fallback;
  const value = toNumber(args[at]);
  if (value !== undefined) return value;
  throw wrong(args, at, 'number');
}

/** @throws LuaError */
export function tableAt(args: readonly LuaValue[], at: number): LuaTable {
  const value = args[at];
  if (value instanceof LuaTable) return value;
  throw wrong(args, at, 'table');
}
