/** `string.*` as records use it (Lua 5.1 manual §5.4). Not in it: `dump`. */
import { numberAt, tableAt, textAt } from './arguments.ts';
import { LONGEST_TEXT } from './operators.ts';
import { findPattern, type PatternMatch } from './patterns.ts';
import { LuaError, type LuaFunction, LuaTable, type LuaValue, toText } from './values.ts';

/** A position counted from 1, or from the end when negative, as an index from 0. */
function indexOf(position: number, length: number): number {
  return position < 0 ? Math.max(0, length + position) : Math.max(0, position - 1);
}

function sub(args: readonly LuaValue[]): readonly LuaValue[] {
  const text = textAt(args, 0);
  const to = numberAt(args, 2, -1);
  const end = to < 0 ? text.length + to + 1 : to;
  return [text.slice(indexOf(numberAt(args, 1, 1), text.length), Math.max(0, end))];
}

/** The captures, or the whole match where there are none. */
function captured({ captures, start, end }: PatternMatch, text: string): readonly LuaValue[] {
  return captures.length > 0 ? captures : [text.slice(start, end)];
}

function find(args: readonly LuaValue[]): readonly LuaValue[] {
  const [text, pattern] = [textAt(args, 0), textAt(args, 1)];
  const init = indexOf(numberAt(args, 2, 1), text.length);
  if (args[3]) {
    const at = text.indexOf(pattern, init);
    return at < 0 ? [undefined] : [at + 1, at + pattern.length];
  }
  const found = findPattern(text, pattern, init);
  return found ? [found.start + 1, found.end, ...found.captures] : [undefined];
}

function match(args: readonly LuaValue[]): readonly LuaValue[] {
  const text = textAt(args, 0);
  const found = findPattern(text, textAt(args, 1), indexOf(numberAt(args, 2, 1), text.length));
  return found ? captured(found, text) : [undefined];
}

function gmatch(args: readonly LuaValue[]): readonly LuaValue[] {
  const [text, pattern] = [textAt(args, 0), textAt(args, 1)];
  let at = 0;
  return [
    () => {
      const found = at > text.length ? undefined : findPattern(text, pattern, at);
      if (!found) return [undefined];
      at = found.end > found.start ? found.end : found.end + 1;
      return captured(found, text);
    },
  ];
}

function gsub(args: readonly LuaValue[]): readonly LuaValue[] {
  const [text, pattern] = [textAt(args, 0), textAt(args, 1)];
  const most = numberAt(args, 3, Number.POSITIVE_INFINITY);
  let [result, at, count] = ['', 0, 0];
  while (count < most && at <= text.length) {
    const found = findPattern(text, pattern, at);
    if (!found) break;
    count++;
    result += text.slice(at, found.start) + replacementOf(args, found, text);
    if (found.end === found.start) result += text.slice(found.end, found.end + 1);
    at = found.end > found.start ? found.end : found.end + 1;
    if (result.length > LONGEST_TEXT) throw new LuaError('resulting string too large');
    if (pattern.startsWith('^')) break;
  }
  return [result + text.slice(at), count];
}

/** By the third argument: a text with `%1`, a table, or a function. */
function replacementOf(args: readonly LuaValue[], found: PatternMatch, text: string): string {
  const whole = text.slice(found.start, found.end);
  const captures = captured(found, text);
  const by = args[2];
  if (typeof by === 'string' || typeof by === 'number') {
    return toText(by).replace(/%(.)/g, (_, sign: string) => {
      if (sign === '0') return whole;
      return /\d/.test(sign) ? toText(captures[Number(sign) - 1]) : sign;
    });
  }
  const value = typeof by === 'function' ? by(captures)[0] : tableAt(args, 2).get(captures[0]);
  return value === undefined || value === false ? whole : toText(value);
}

const DIRECTIVE = /%([-+ #0]*)(\d{0,2})(?:\.(\d{0,2}))?([%a-zA-Z])/g;

function format(args: readonly LuaValue[]): readonly LuaValue[] {
  let at = 0;
  const text = textAt(args, 0).replace(
    DIRECTIVE,
    (_, flags: string, width: string, digits: string | undefined, letter: string) => {
      if (letter === '%') return '%';
      at++;
      return pad(formatted(args, at, letter, digits), flags, Number(width), letter);
    },
  );
  return [text];
}

function formatted(args: readonly LuaValue[], at: number, letter: string, digits?: string): string {
  const count = digits === undefined ? undefined : Number(digits);
  switch (letter) {
    case 'd':
    case 'i':
    case 'u':
      return Math.trunc(numberAt(args, at))
        .toFixed(0)
        .padStart(count ?? 0, '0');
    case 'x':
      return Math.trunc(numberAt(args, at))
        .toString(16)
        .padStart(count ?? 0, '0');
    case 'X':
      return Math.trunc(numberAt(args, at))
        .toString(16)
        .toUpperCase()
        .padStart(count ?? 0, '0');
    case 'o':
      return Math.trunc(numberAt(args, at)).toString(8);
    case 'c':
      return String.fromCharCode(numberAt(args, at));
    case 'f':
      return numberAt(args, at).toFixed(count ?? 6);
    case 'g':
      return String(Number(numberAt(args, at).toPrecision(count || 6)));
    case 's':
      return toText(args[at]).slice(0, count);
    case 'q':
      return `"${toText(args[at]).replace(/(["\\\n])/g, '\\$1')}"`;
    default:
      throw new LuaError(`invalid option '%${letter}' to 'format'`);
  }
}

function pad(text: string, flags: string, width: number, letter: string): string {
  const isNumber = 'diufgxX'.includes(letter);
  const signed = isNumber && flags.includes('+') && !text.startsWith('-') ? `+${text}` : text;
  if (flags.includes('-')) return signed.padEnd(width);
  if (!isNumber || !flags.includes('0')) return signed.padStart(width);
  const sign = /^[-+]/.exec(signed)?.[0] ?? '';
  return sign + signed.slice(sign.length).padStart(width - sign.length, '0');
}

function rep(args: readonly LuaValue[]): readonly LuaValue[] {
  const [text, count] = [textAt(args, 0), Math.max(0, Math.floor(numberAt(args, 1)))];
  if (text.length * count > LONGEST_TEXT) throw new LuaError('resulting string too large');
  return [text.repeat(count)];
}

function byte(args: readonly LuaValue[]): readonly LuaValue[] {
  const text = textAt(args, 0);
  const from = numberAt(args, 1, 1);
  const part = textAt(sub([text, from, numberAt(args, 2, from)]), 0);
  return [...part].map((letter) => letter.charCodeAt(0));
}

const FUNCTIONS: Readonly<Record<string, LuaFunction>> = {
  sub,
  find,
  match,
  gmatch,
  gsub,
  format,
  rep,
  byte,
  char: (args) => [args.map((_, at) => String.fromCharCode(numberAt(args, at))).join('')],
  len: (args) => [textAt(args, 0).length],
  lower: (args) => [textAt(args, 0).toLowerCase()],
  upper: (args) => [textAt(args, 0).toUpperCase()],
  reverse: (args) => [[...textAt(args, 0)].reverse().join('')],
};

/** The table `string`. */
export function stringLibrary(): LuaTable {
  return LuaTable.frozen(FUNCTIONS);
}
