/**
 * Domain names.
 *
 * A `Name` is always absolute, lower-cased and in presentation form with one canonical spelling, so two names
 * are equal exactly when the strings are equal (RFC 4343: comparison ignores ASCII case; dnsdrill does not
 * preserve the case that was written). `.` is the root; every other name ends in a dot. Inside a label, a dot
 * and a backslash are escaped as `\.` and `\\`, other non-printing octets as `\DDD` (RFC 1035 §5.1). Characters
 * with a meaning in master files (`" ( ) ; @ $`) are escaped too, so a name can be written to one as it is.
 */
import { escapeLength, escapeWith, unescapeText } from './octet-text.ts';
import { TextError } from './text-error.ts';

export type Name = string & { readonly __brand: 'Name' };

export const ROOT: Name = '.' as Name;

/** Octets a label may have (RFC 1035 §2.3.4). */
export const MAX_LABEL_OCTETS = 63;
/** Octets a whole name may have in wire form, length octets and root included (RFC 1035 §2.3.4). */
export const MAX_NAME_OCTETS = 255;

const PLAIN = /^(?:[A-Za-z0-9_*-]{1,63}\.)*[A-Za-z0-9_*-]{0,63}$/;
const SPECIAL = '.\\"();@$';

/**
 * Reads a name. Text without a final dot is relative to `origin`; `@` alone is the origin itself.
 * @throws TextError `empty-name`, `relative-name` (no origin given), `empty-label`, `label-too-long`,
 * `name-too-long`, `bad-escape`, `bad-character`
 */
export function parseName(text: string, origin?: Name): Name {
  if (text === '.') return ROOT;
  if (text === '@' && origin !== undefined) return origin;
  if (text === '') throw new TextError('empty-name', 'a name is missing', 'write . for the root');
  const plain = text.length <= MAX_NAME_OCTETS && PLAIN.test(text);
  const own = plain ? text.toLowerCase() : canonicalText(text);
  const name = (endsInDot(own) ? own : `${own}.${suffix(text, origin)}`) as Name;
  const octets =
    plain && (origin === undefined || !origin.includes('\\')) ? name.length + 1 : wireLength(name);
  if (octets > MAX_NAME_OCTETS) {
    throw new TextError('name-too-long', `the name has ${octets} octets; ${MAX_NAME_OCTETS} are allowed`);
  }
  return name;
}

function suffix(text: string, origin: Name | undefined): string {
  if (origin === undefined) {
    throw new TextError(
      'relative-name',
      `'${text}' is not absolute and no origin is known`,
      `write '${text}.'`,
    );
  }
  return origin === ROOT ? '' : origin;
}

/** Lower-cases and respells every label of a text with escapes; a final dot stays. */
function canonicalText(text: string): string {
  const parts = splitLabels(text);
  const absolute = parts.length > 1 && parts[parts.length - 1] === '';
  const labelTexts = (absolute ? parts.slice(0, -1) : parts).map(canonicalLabel);
  return labelTexts.join('.') + (absolute ? '.' : '');
}

/** Text between unescaped dots, escapes untouched. */
function splitLabels(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let position = 0; position < text.length; position++) {
    if (text[position] === '\\') position += escapeLength(text, position) - 1;
    else if (text[position] === '.') {
      parts.push(text.slice(start, position));
      start = position + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function canonicalLabel(label: string): string {
  if (/[^!-~]/.test(label.replaceAll(/\\./g, ''))) {
    const hint = 'write an internationalised name as its A-label (xn--...), other octets as \\DDD';
    throw new TextError(
      'bad-character',
      `the label '${label}' has a character that does not print as ASCII`,
      hint,
    );
  }
  return labelFromOctets(unescapeText(label));
}

/** One label in canonical spelling from its octets (an octet string, see octet-text.ts).
 * @throws TextError `empty-label`, `label-too-long` */
export function labelFromOctets(octets: string): string {
  if (octets === '') throw new TextError('empty-label', 'two dots in a row leave an empty label');
  if (octets.length > MAX_LABEL_OCTETS) {
    const message = `a label has ${octets.length} octets; ${MAX_LABEL_OCTETS} are allowed`;
    throw new TextError('label-too-long', message);
  }
  // Not toLowerCase on the whole: it would touch octets beyond ASCII (RFC 4343 §3).
  return escapeWith(octets, SPECIAL, false).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A name from labels given as octet strings, root label left out. @throws TextError as `parseName` */
export function nameFromLabels(labelOctets: readonly string[]): Name {
  return parseName(`${labelOctets.map(labelFromOctets).join('.')}.`);
}

/** Label texts from left to right, the root label left out: none for the root. */
export function labels(name: Name): string[] {
  if (name === ROOT) return [];
  const body = name.slice(0, -1);
  return body.includes('\\') ? splitLabels(body) : body.split('.');
}

/** The octets of one label text, as an octet string. */
export function labelOctets(label: string): string {
  return unescapeText(label);
}

/** Number of labels, the root label not counted. */
export function depth(name: Name): number {
  if (name === ROOT) return 0;
  let count = 0;
  for (let dot = nextDot(name, 0); dot >= 0; dot = nextDot(name, dot + 1)) count++;
  return count;
}

/** The name without its first label; `undefined` for the root. */
export function parent(name: Name): Name | undefined {
  if (name === ROOT) return undefined;
  const dot = nextDot(name, 0);
  return dot === name.length - 1 ? ROOT : (name.slice(dot + 1) as Name);
}

/** Whether `child` is `ancestor` or lies below it. */
export function isSubdomain(child: Name, ancestor: Name): boolean {
  if (child.length === ancestor.length) return child === ancestor;
  return isBelow(child, ancestor);
}

/** Whether `child` lies strictly below `ancestor`. */
export function isBelow(child: Name, ancestor: Name): boolean {
  if (ancestor === ROOT) return child !== ROOT;
  const dot = child.length - ancestor.length - 1;
  return dot > 0 && child.endsWith(ancestor) && child.charCodeAt(dot) === DOT && !isEscaped(child, dot);
}

/** The lowest name that both lie at or below. */
export function commonAncestor(a: Name, b: Name): Name {
  let candidate = a;
  while (!isSubdomain(b, candidate)) candidate = parent(candidate)!;
  return candidate;
}

/** Octets of the name in wire form without compression, length octets and root included. */
export function wireLength(name: Name): number {
  if (name === ROOT) return 1;
  if (!name.includes('\\')) return name.length + 1;
  let octets = 1;
  for (let position = 0; position < name.length; octets++) {
    position += name[position] === '\\' ? escapeLength(name, position) : 1;
  }
  return octets;
}

/**
 * Canonical order (RFC 4034 §6.1): by labels from the right, each as unsigned octets, absence first.
 * @returns negative, 0 or positive as for `Array.prototype.sort`
 */
export function compareNames(a: Name, b: Name): number {
  if (a === b) return 0;
  const left = labels(a);
  const right = labels(b);
  for (let back = 1; back <= left.length && back <= right.length; back++) {
    const x = left[left.length - back]!;
    const y = right[right.length - back]!;
    if (x !== y) return labelOctets(x) < labelOctets(y) ? -1 : 1;
  }
  return left.length - right.length;
}

/** Whether the first label is a lone `*` (RFC 4592 §2.1.1). */
export function isWildcard(name: Name): boolean {
  return name.startsWith('*.');
}

/**
 * Puts a name's labels in front of another: `prepend('www', 'example.com.')`.
 * @param front relative text in canonical spelling, as `relativize` and `labels` give it; `@` adds nothing
 * @returns `undefined` when the result is longer than a name may be
 */
export function prepend(front: string, name: Name): Name | undefined {
  if (front === '@') return name;
  const joined = (name === ROOT ? `${front}.` : `${front}.${name}`) as Name;
  return wireLength(joined) <= MAX_NAME_OCTETS ? joined : undefined;
}

/** Text relative to `origin` for display: `www` below it, `@` for the origin itself, else the full name. */
export function relativize(name: Name, origin: Name): string {
  if (name === origin) return '@';
  if (origin === ROOT) return name.slice(0, -1);
  return isBelow(name, origin) ? name.slice(0, name.length - origin.length - 1) : name;
}

/** The name with its `from` ending replaced by `to` (RFC 6672 §2.2). `undefined` when too long.
 * @param name must lie below `from` */
export function replaceSuffix(name: Name, from: Name, to: Name): Name | undefined {
  return prepend(relativize(name, from), to);
}

const DOT = 46;
const BACKSLASH = 92;

function endsInDot(text: string): boolean {
  return text.endsWith('.') && !isEscaped(text, text.length - 1);
}

/** Whether the character at `position` is escaped: an odd number of backslashes stands before it. */
function isEscaped(text: string, position: number): boolean {
  let start = position;
  while (start > 0 && text.charCodeAt(start - 1) === BACKSLASH) start--;
  return (position - start) % 2 === 1;
}

/** Index of the next label-ending dot at or after `from`; -1 when there is none. */
function nextDot(text: string, from: number): number {
  let dot = text.indexOf('.', from);
  while (dot > 0 && isEscaped(text, dot)) dot = text.indexOf('.', dot + 1);
  return dot;
}
