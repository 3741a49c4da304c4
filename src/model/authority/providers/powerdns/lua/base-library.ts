/** Functions every record can call: the basic ones, `table.*` and `math.*` (Lua 5.1 manual §5.1, §5.5, §5.6). */
import { numberAt, tableAt, textAt } from './arguments.ts';
import { BINARY } from './operators.ts';
import { stringLibrary } from './string-library.ts';
import {
  isTrue,
  LuaError,
  type LuaFunction,
  LuaTable,
  type LuaValue,
  toNumber,
  toText,
  typeName,
} from './values.ts';

function pcall([run, ...args]: readonly LuaValue[]): readonly LuaValue[] {
  try {
    if (typeof run !== 'function') throw new LuaError(`attempt to call a ${typeName(run)} value`);
    return [true, ...run(args)];
  } catch (error) {
    if (!(error instanceof LuaError) || error.final) throw error;
    return [false, error.report];
  }
}

function readNumber(args: readonly LuaValue[]): number | undefined {
  if (args[1] === undefined) return toNumber(args[0]);
  const value = Number.parseInt(textAt(args, 0).trim(), numberAt(args, 1));
  return Number.isNaN(value) ? undefined : value;
}

/** All pairs of a table, as they stood when the loop began. */
function pairs(args: readonly LuaValue[]): readonly LuaValue[] {
  const table = tableAt(args, 0);
  const left = table.entries().values();
  return [
    () => {
      const { value } = left.next();
      return value ?? [undefined];
    },
    table,
    undefined,
  ];
}

function ipairs(args: readonly LuaValue[]): readonly LuaValue[] {
  const table = tableAt(args, 0);
  return [
    (step) => {
      const at = numberAt(step, 1) + 1;
      const value = table.get(at);
      return value === undefined ? [undefined] : [at, value];
    },
    table,
    0,
  ];
}

const BASE: Readonly<Record<string, LuaFunction>> = {
  pcall,
  pairs,
  ipairs,
  tostring: ([value]) => [toText(value)],
  tonumber: (args) => [readNumber(args)],
  type: ([value]) => [typeName(value)],
  unpack: (args) => tableAt(args, 0).list(),
  error: ([message]) => {
    throw new LuaError(toText(message));
  },
  assert: (args) => {
    if (isTrue(args[0])) return args;
    throw new LuaError(args[1] === undefined ? 'assertion failed!' : toText(args[1]));
  },
};

function insert(args: readonly LuaValue[]): readonly LuaValue[] {
  const table = tableAt(args, 0);
  const list = table.list();
  const at = args.length > 2 ? numberAt(args, 1) : list.length + 1;
  list.splice(at - 1, 0, args.length > 2 ? args[2] : args[1]);
  refill(table, list);
  return [];
}

function remove(args: readonly LuaValue[]): readonly LuaValue[] {
  const table = tableAt(args, 0);
  const list = table.list();
  const [gone] = list.splice(numberAt(args, 1, list.length) - 1, 1);
  table.set(list.length + 1, undefined);
  refill(table, list);
  return [gone];
}

function sort(args: readonly LuaValue[]): readonly LuaValue[] {
  const table = tableAt(args, 0);
  const by = args[1];
  const isLess = (a: LuaValue, b: LuaValue): boolean =>
    isTrue(typeof by === 'function' ? by([a, b])[0] : BINARY['<']!(a, b));
  const sorted = table.list().sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
  refill(table, sorted);
  return [];
}

function refill(table: LuaTable, list: readonly LuaValue[]): void {
  for (const [at, value] of list.entries()) table.set(at + 1, value);
}

const TABLE: Readonly<Record<string, LuaFunction>> = {
  insert,
  remove,
  sort,
  concat: (args) => [
    tableAt(args, 0)
      .list()
      .map(toText)
      .join(args[1] === undefined ? '' : textAt(args, 1)),
  ],
  getn: (args) => [tableAt(args, 0).length],
  unpack: (args) => tableAt(args, 0).list(),
};

function over(of: (...values: number[]) => number): LuaFunction {
  return (args) => [of(...args.map((_, at) => numberAt(args, at)))];
}

const MATH: Readonly<Record<string, LuaFunction>> = {
  floor: over(Math.floor),
  ceil: over(Math.ceil),
  abs: over(Math.abs),
  max: over(Math.max),
  min: over(Math.min),
  sqrt: over(Math.sqrt),
  fmod: over((a, b) => a % b!),
};

/** The globals that Lua itself provides. @param draw decides `math.random` */
export function baseLibrary(draw: (choices: number) => number): Map<string, LuaValue> {
  const random: LuaFunction = (args) => {
    const from = args.length > 1 ? numberAt(args, 0) : 1;
    const to = args.length > 1 ? numberAt(args, 1) : numberAt(args, 0, 1);
    if (to < from) throw new LuaError('interval is empty');
    return [from + draw(to - from + 1)];
  };
  return new Map<string, LuaValue>([
    ...Object.entries(BASE),
    ['string', stringLibrary()],
    ['table', LuaTable.frozen(TABLE)],
    ['math', LuaTable.frozen({ ...MATH, random, huge: Number.POSITIVE_INFINITY, pi: Math.PI })],
  ]);
}
