/**
 * `$GENERATE range owner [TTL] [class] type rdata` as BIND understands it (BIND 9 Administrator Reference
 * Manual, "BIND Primary File Extension: the $GENERATE Directive").
 *
 * `$` stands for the counter, `$$` and `\$` for a dollar sign, `${offset,width,base}` for a changed counter with
 * base d, o, x, X, or n and N for reversed nibbles with dots between. Differs from BIND: RDATA of several words
 * need no quotes, and a counter that an offset makes negative is an error.
 */
import { TextError } from '../../data/text-error.ts';
import type { Token, TokenCursor } from '../../data/token.ts';

/** Steps one directive may have. */
const MAX_STEPS = 65_536;
/** Records all directives of a zone may make together. */
export const MAX_GENERATED = 262_144;
/** Digits a counter may be padded to: more would fit into no name. */
const MAX_WIDTH = 255;
const MAX_COUNTER = 2_147_483_647;

/** The text of one record for every step of the range. @throws TextError `bad-generate` */
export function* expandGenerate(tokens: TokenCursor): Generator<string> {
  const { start, stop, step } = readRange(tokens.takeBare('range'));
  const owner = template(tokens.takeBare('owner name'));
  const rest = template(restOf(tokens));
  for (let counter = start; counter <= stop; counter += step) yield `${owner(counter)} ${rest(counter)}`;
}

function readRange(text: string): { start: number; stop: number; step: number } {
  const match = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(text);
  if (!match) throw bad(`'${text}' is no range`, 'write start-stop or start-stop/step, as in 1-100/2');
  const [start, stop, step] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 1)];
  if (start > stop || stop > MAX_COUNTER || step < 1) {
    throw bad(
      `the range '${text}' is empty or too large`,
      'start must not exceed stop, and a step is at least 1',
    );
  }
  const count = Math.floor((stop - start) / step) + 1;
  if (count > MAX_STEPS)
    throw bad(`the range '${text}' has ${count} steps`, `at most ${MAX_STEPS} are allowed`);
  return { start, stop, step };
}

/** TTL, class, type and RDATA as one text. A lone quoted RDATA is read as words, as BIND does. */
function restOf(tokens: TokenCursor): string {
  const words: Token[] = [];
  while (tokens.peek() !== undefined) words.push(tokens.take('type'));
  const lastWord = words.at(-1);
  const bareBefore = words.slice(0, -1).every((word) => !word.quoted);
  if (lastWord?.quoted && bareBefore && endsInType(words.slice(0, -1))) {
    return [...words.slice(0, -1).map(({ text }) => text), lastWord.text.replaceAll('\\"', '"')].join(' ');
  }
  return words.map(({ text, quoted }) => (quoted ? `"${text}"` : text)).join(' ');
}

/** Whether the words are at most TTL, class and type: the first that is neither TTL nor class is the last. */
function endsInType(words: readonly Token[]): boolean {
  const firstOther = words.findIndex(({ text }) => !/^\d|^IN$|^CLASS1$/i.test(text));
  return firstOther >= 0 && firstOther === words.length - 1;
}

/** The text with its counters left open. */
function template(text: string): (counter: number) => string {
  const pieces: (string | ((counter: number) => string))[] = [];
  const pattern = /\\.|\$\$|\$\{([^}]*)(\}?)|\$|[^\\$]+|\\$/gs;
  for (const [piece, modifier, close] of text.matchAll(pattern)) {
    if (piece === '$$') pieces.push('\\$');
    else if (piece === '$') pieces.push(String);
    else if (modifier === undefined) pieces.push(piece);
    else if (close === '') throw bad(`'${piece}' lacks its closing brace`);
    else pieces.push(counterFormat(modifier));
  }
  return (counter) => pieces.map((piece) => (typeof piece === 'string' ? piece : piece(counter))).join('');
}

function counterFormat(modifier: string): (counter: number) => string {
  const match = /^(-?\d{1,10})(?:,(\d{1,3})(?:,([doxXnN]))?)?$/.exec(modifier);
  const width = Number(match?.[2] ?? 0);
  if (!match || width > MAX_WIDTH) {
    throw bad(
      `'\${${modifier}}' cannot be read`,
      'write offset, width and one of d, o, x, X, n, N with commas between',
    );
  }
  const print = PRINT[match[3] ?? 'd']!;
  return (counter) => {
    const value = counter + Number(match[1]);
    if (value < 0 || value > MAX_COUNTER) throw bad(`the offset ${match[1]} moves ${counter} out of range`);
    return print(value, width);
  };
}

const PRINT: Readonly<Record<string, (value: number, width: number) => string>> = {
  d: (value, width) => String(value).padStart(width, '0'),
  o: (value, width) => value.toString(8).padStart(width, '0'),
  x: (value, width) => value.toString(16).padStart(width, '0'),
  X: (value, width) => value.toString(16).toUpperCase().padStart(width, '0'),
  n: nibbles,
  N: (value, width) => nibbles(value, width).toUpperCase(),
};

/** Hexadecimal digits from the last to the first with dots between; `width` counts both and may end in a dot. */
function nibbles(value: number, width: number): string {
  let text = [...value.toString(16)].reverse().join('.');
  while (text.length < width) text += text.length % 2 === 1 ? '.' : '0';
  return text;
}

function bad(message: string, hint?: string): TextError {
  return new TextError('bad-generate', message, hint);
}
