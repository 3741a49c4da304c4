/**
 * Patterns of Lua 5.1 (manual §5.4.1): classes, sets, `*`, `+`, `-`, `?`, captures, anchors, `%1`, `%bxy`.
 *
 * A matcher that walks back, as Lua's own. Not in it: `%f`.
 */
import { LuaError, type LuaValue } from './values.ts';

const CLASSES: Readonly<Record<string, (letter: string) => boolean>> = {
  a: (letter) => /[A-Za-z]/.test(letter),
  c: (letter) => letter < ' ' || letter === '\x7f',
  d: (letter) => /\d/.test(letter),
  l: (letter) => /[a-z]/.test(letter),
  p: (letter) => /[!-/:-@[-`{-~]/.test(letter),
  s: (letter) => /\s/.test(letter),
  u: (letter) => /[A-Z]/.test(letter),
  w: (letter) => /[A-Za-z0-9]/.test(letter),
  x: (letter) => /[A-Fa-f0-9]/.test(letter),
};

/** Steps one match may take, so that no pattern runs for ever. */
const MOST_STEPS = 100_000;

interface Capture {
  readonly start: number;
  /** Undefined while open; -1 for a capture of a position. */
  end: number | undefined;
}

export interface PatternMatch {
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  /** Texts, or positions from 1 for `()`. */
  readonly captures: readonly LuaValue[];
}

/** The first match from `init` (from 0) on. @throws LuaError for a malformed pattern */
export function findPattern(text: string, pattern: string, init: number): PatternMatch | undefined {
  const isAnchored = pattern.startsWith('^');
  for (let start = init; start <= text.length; start++) {
    const found = new Matcher(text, pattern).at(start, isAnchored ? 1 : 0);
    if (found) return found;
    if (isAnchored) return undefined;
  }
  return undefined;
}

class Matcher {
  readonly #text: string;
  readonly #pattern: string;
  #captures: Capture[] = [];
  #steps = 0;

  constructor(text: string, pattern: string) {
    this.#text = text;
    this.#pattern = pattern;
  }

  at(start: number, patternStart: number): PatternMatch | undefined {
    const end = this.#match(start, patternStart);
    if (end === undefined) return undefined;
    const captures = this.#captures.map(({ start: from, end: to }) => {
      if (to === undefined) throw new LuaError('unfinished capture');
      return to < 0 ? from + 1 : this.#text.slice(from, to);
    });
    return { start, end, captures };
  }

  /** Where the rest of the pattern, matched from `at` on, ends. */
  #match(at: number, rest: number): number | undefined {
    if (++this.#steps > MOST_STEPS) throw new LuaError('pattern too complex');
    const sign = this.#pattern[rest];
    if (sign === undefined) return at;
    if (sign === '(') return this.#open(at, rest);
    if (sign === ')') return this.#close(at, rest);
    if (sign === '$' && rest === this.#pattern.length - 1) return at === this.#text.length ? at : undefined;
    if (sign === '%') {
      const next = this.#pattern[rest + 1];
      if (next === 'b') return this.#balanced(at, rest);
      if (next !== undefined && next >= '1' && next <= '9') return this.#again(at, rest, Number(next));
    }
    return this.#repeated(at, rest);
  }

  #repeated(at: number, rest: number): number | undefined {
    const end = this.#singleEnd(rest);
    switch (this.#pattern[end]) {
      case '?': {
        const taken = this.#fits(at, rest, end) ? this.#match(at + 1, end + 1) : undefined;
        return taken ?? this.#match(at, end + 1);
      }
      case '*':
        return this.#greedy(at, rest, end, 0);
      case '+':
        return this.#greedy(at, rest, end, 1);
      case '-':
        return this.#lazy(at, rest, end);
      default:
        return this.#fits(at, rest, end) ? this.#match(at + 1, end) : undefined;
    }
  }

  #greedy(at: number, rest: number, end: number, least: number): number | undefined {
    let count = 0;
    while (this.#fits(at + count, rest, end)) count++;
    for (; count >= least; count--) {
      const found = this.#match(at + count, end + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #lazy(at: number, rest: number, end: number): number | undefined {
    for (let count = 0; ; count++) {
      const found = this.#match(at + count, end + 1);
      if (found !== undefined) return found;
      if (!this.#fits(at + count, rest, end)) return undefined;
    }
  }

  #open(at: number, rest: number): number | undefined {
    const isPosition = this.#pattern[rest + 1] === ')';
    this.#captures.push({ start: at, end: isPosition ? -1 : undefined });
    const found = this.#match(at, rest + (isPosition ? 2 : 1));
    if (found === undefined) this.#captures.pop();
    return found;
  }

  #close(at: number, rest: number): number | undefined {
    const open = this.#captures.findLast((capture) => capture.end === undefined);
    if (!open) throw new LuaError('invalid pattern capture');
    open.end = at;
    const found = this.#match(at, rest + 1);
    if (found === undefined) open.end = undefined;
    return found;
  }

  #again(at: number, rest: number, number: number): number | undefined {
    const capture = this.#captures[number - 1];
    if (capture?.end === undefined) throw new LuaError('invalid capture index');
    const wanted = this.#text.slice(capture.start, capture.end);
    return this.#text.startsWith(wanted, at) ? this.#match(at + wanted.length, rest + 2) : undefined;
  }

  #balanced(at: number, rest: number): number | undefined {
    const [open, close] = [this.#pattern[rest + 2], this.#pattern[rest + 3]];
    if (open === undefined || close === undefined) throw new LuaError('missing arguments to %b');
    if (this.#text[at] !== open) return undefined;
    let depth = 1;
    for (let end = at + 1; end < this.#text.length; end++) {
      if (this.#text[end] === close) depth--;
      else if (this.#text[end] === open) depth++;
      if (depth === 0) return this.#match(end + 1, rest + 4);
    }
    return undefined;
  }

  /** Behind the class, set or character that begins at `from`. */
  #singleEnd(from: number): number {
    const pattern = this.#pattern;
    if (pattern[from] === '%') {
      if (from + 1 >= pattern.length) throw new LuaError("malformed pattern (ends with '%')");
      return from + 2;
    }
    if (pattern[from] !== '[') return from + 1;
    let at = from + (pattern[from + 1] === '^' ? 2 : 1);
    do {
      if (at >= pattern.length) throw new LuaError("malformed pattern (missing ']')");
      at += pattern[at] === '%' ? 2 : 1;
    } while (pattern[at] !== ']');
    return at + 1;
  }

  #fits(at: number, from: number, end: number): boolean {
    const letter = this.#text[at];
    if (letter === undefined) return false;
    const sign = this.#pattern[from]!;
    if (sign === '.') return true;
    if (sign === '%') return inClass(letter, this.#pattern[from + 1]!);
    return sign === '[' ? this.#inSet(letter, from, end - 1) : sign === letter;
  }

  #inSet(letter: string, from: number, close: number): boolean {
    const isNegated = this.#pattern[from + 1] === '^';
    let hit = false;
    for (let at = from + (isNegated ? 2 : 1); at < close; at++) {
      const sign = this.#pattern[at]!;
      if (sign === '%') hit ||= inClass(letter, this.#pattern[++at]!);
      else if (this.#pattern[at + 1] === '-' && at + 2 < close) {
        hit ||= letter >= sign && letter <= this.#pattern[at + 2]!;
        at += 2;
      } else hit ||= sign === letter;
    }
    return hit !== isNegated;
  }
}

/** `%d` and its like; in capitals the opposite; any other letter stands for itself. */
function inClass(letter: string, name: string): boolean {
  const known = CLASSES[name.toLowerCase()];
  if (!known || !/[A-Za-z]/.test(name)) return letter === name;
  return known(letter) === (name === name.toLowerCase());
}
