/** Every effective value of a scenario and where it comes from, one line each, so that it can be searched. */
import { describeSource, type EffectiveValue } from '../scenario/effective.ts';
import { toAscii } from './ascii.ts';
import { clean, finish, padEnd, width } from './layout.ts';
import { PLAIN } from './style.ts';
import type { TextOptions } from './text.ts';

/** Longer paths and values push what follows to the right instead of being cut. */
const PATH_ROOM = 44;
const VALUE_ROOM = 20;

/** `path  value  source` per line, ending in a newline. */
export function renderExplanation(values: readonly EffectiveValue[], options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const pathRoom = roomFor(
    values.map(({ path }) => path),
    PATH_ROOM,
  );
  const valueRoom = roomFor(
    values.map(({ value }) => value),
    VALUE_ROOM,
  );
  const lines = values.map(({ path, value, from }) => {
    const name = padEnd(clean(path), pathRoom);
    return `${name}  ${style.strong(padEnd(clean(value), valueRoom))}  ${style.dim(clean(describeSource(from)))}`;
  });
  const text = finish(lines);
  return options.unicode === false ? toAscii(text) : text;
}

function roomFor(texts: readonly string[], atMost: number): number {
  return Math.min(atMost, Math.max(0, ...texts.map((text) => width(clean(text)))));
}
