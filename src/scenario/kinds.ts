/**
 * The small parsers behind every scalar of a scenario: how a duration, a share, a name ... is written, read and
 * shown again. `show` gives text that reads back to the same value.
 */
import { parseAddress } from '../base/address.ts';
import { didYouMean } from '../base/suggest.ts';
import {
  DAY,
  formatDuration,
  isDurationText,
  type Micros,
  parseDuration,
  SECOND,
  type Seconds,
} from '../base/time.ts';
import { type Name, parseName } from '../dns/data/name.ts';
import { type RrType, TYPE_MNEMONICS, typeFromText, typeToText } from '../dns/data/rrtype.ts';
import { TextError } from '../dns/data/text-error.ts';

/** Why a value cannot be read, and what to write instead. */
export class Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    this.code = code;
    this.message = message;
    this.hint = hint;
  }
}

/** One kind of scalar: how it is called, described to editors (JSON Schema), read and shown. */
export interface Kind<T> {
  readonly noun: string;
  readonly json: Readonly<Record<string, unknown>>;
  read(raw: unknown): T | Problem;
  show(value: T): string;
}

/** Longer texts are cut in messages. */
const QUOTED_AT_MOST = 80;

/** The value as a person would quote it. */
export function quote(raw: unknown): string {
  if (Array.isArray(raw)) return 'a list';
  if (typeof raw === 'object' && raw !== null) return 'a map';
  if (raw === null) return 'an empty value';
  const text = String(raw);
  return `'${text.length > QUOTED_AT_MOST ? `${text.slice(0, QUOTED_AT_MOST)}…` : text}'`;
}

function wrong(code: string, raw: unknown, noun: string, hint?: string): Problem {
  return new Problem(code, `${quote(raw)} is not ${noun}`, hint);
}

/** Longest duration accepted, 100 years: keeps every sum of durations an exact integer. */
const LONGEST: Micros = 36_500 * DAY;

/** `90s`, `1h30m`, `250ms`. @param least smallest value allowed, microseconds */
export function durationKind(least: Micros = 0): Kind<Micros> {
  const code = 'scenario-bad-duration';
  return {
    noun: 'a duration',
    json: { type: 'string', pattern: '^\\s*(\\d+(\\.\\d+)?\\s*(us|ms|s|m|h|d|w)\\s*)+$' },
    read(raw) {
      if (typeof raw !== 'string' || !isDurationText(raw))
        return wrong(code, raw, 'a duration', durationHint(raw));
      const value = parseDuration(raw);
      if (value === undefined || value > LONGEST)
        return new Problem(code, `${quote(raw)} is longer than 100 years`, 'write at most 36500d');
      return value < least
        ? new Problem(code, `'${raw}' is too short`, `write at least ${formatDuration(least)}`)
        : value;
    },
    show: formatDuration,
  };
}

/** Units as people also write them, by how they begin. */
const OTHER_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(msec|milli)/, 'ms'],
  [/^m(?!o)/, 'm'],
  [/^s/, 's'],
  [/^h/, 'h'],
  [/^d/, 'd'],
  [/^w/, 'w'],
];

function durationHint(raw: unknown): string {
  const text = String(raw).trim();
  if (/^\d+(\.\d+)?$/.test(text)) return `write ${text}s or ${text}m`;
  if (/^-\s*\d/.test(text)) return 'durations and times are never negative';
  const [, amount, word = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  const unit = OTHER_UNITS.find(([begin]) => begin.test(word.toLowerCase()))?.[1];
  if (amount !== undefined && unit !== undefined) return `write ${amount}${unit}`;
  return 'write 90s, 1h30m, 250ms or 365d';
}

const LARGEST_TTL = 2 ** 31 - 1;

/** A TTL: a duration of whole seconds, 0 to 2^31−1 (RFC 2181 §8). */
export const ttlKind: Kind<Seconds> = {
  noun: 'a TTL',
  json: durationKind().json,
  read(raw) {
    const micros = durationKind().read(raw);
    if (micros instanceof Problem)
      return new Problem('scenario-bad-ttl', micros.message.replace('a duration', 'a TTL'), micros.hint);
    const seconds = micros / SECOND;
    if (!Number.isInteger(seconds))
      return wrong('scenario-bad-ttl', raw, 'a TTL', 'a TTL is whole seconds (RFC 1035 §3.2.1)');
    if (seconds > LARGEST_TTL)
      return wrong('scenario-bad-ttl', raw, 'a TTL', 'the longest TTL is 2^31-1 seconds (RFC 2181 §8)');
    return seconds;
  },
  show: (value) => `${value}s`,
};

/** `30%` or 0.3: a number from 0 to 1. */
export const shareKind: Kind<number> = {
  noun: 'a share',
  json: { type: ['string', 'number'], minimum: 0, maximum: 1, pattern: '^\\s*\\d+(\\.\\d+)?\\s*%\\s*$' },
  read(raw) {
    const percent = typeof raw === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(raw)?.[1] : undefined;
    const value = percent === undefined ? raw : Number(percent) / 100;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    return wrong('scenario-bad-share', raw, 'a share', 'write 30% or 0.3, from 0 to 100%');
  },
  show: (value) => `${Number((value * 100).toPrecision(12))}%`,
};

/** For digits with separators, quotation marks or a unit around them. */
function numberHint(raw: unknown): string | undefined {
  const [, digits, unit = ''] = /^([\d_,' ]*\d(?:\.\d+)?) *([kKmMgG]?)$/.exec(String(raw)) ?? [];
  if (typeof raw !== 'string' || digits === undefined) return undefined;
  const factor = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[unit.toLowerCase()] ?? 1;
  return `write the number in digits only: ${Number(digits.replaceAll(/[_,' ]/g, '')) * factor}`;
}

/** A whole number of at least `least` and at most `most`. */
export function wholeKind(least: number, most: number = Number.MAX_SAFE_INTEGER): Kind<number> {
  const bound = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return {
    noun: 'a whole number',
    json: { type: 'integer', minimum: least, maximum: most },
    read(raw) {
      if (Number.isSafeInteger(raw) && (raw as number) >= least && (raw as number) <= most)
        return raw as number;
      return wrong('scenario-bad-number', raw, `a whole number ${bound}`, numberHint(raw));
    },
    show: String,
  };
}

/** A number of at least `least`. @param unit for the message, for example ` per second` */
export function numberKind(least: number, unit = ''): Kind<number> {
  return {
    noun: `a number${unit}`,
    json: { type: 'number', minimum: least },
    read(raw) {
      if (typeof raw === 'number' && Number.isFinite(raw) && raw >= least) return raw;
      return wrong('scenario-bad-number', raw, `a number${unit} of at least ${least}`, numberHint(raw));
    },
    show: String,
  };
}

/** Queries per second, or `unlimited` (Infinity). */
export const capacityKind: Kind<number> = {
  noun: 'a capacity',
  json: { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { const: 'unlimited' }] },
  read(raw) {
    if (raw === 'unlimited') return Number.POSITIVE_INFINITY;
    if (typeof raw === 'number' && Number.isFinite(raw) && raw > 0) return raw;
    return wrong(
      'scenario-bad-number',
      raw,
      'a capacity',
      'write queries per second, for example 1000, or unlimited',
    );
  },
  show: (value) => (value === Number.POSITIVE_INFINITY ? 'unlimited' : String(value)),
};

/** A duration, or `never` (Infinity). */
export const patienceKind: Kind<Micros> = {
  noun: 'a duration',
  json: { anyOf: [durationKind(1).json, { const: 'never' }] },
  read: (raw) => (raw === 'never' ? Number.POSITIVE_INFINITY : durationKind(1).read(raw)),
  show: (value) => (value === Number.POSITIVE_INFINITY ? 'never' : formatDuration(value)),
};

/** Text that is not blank. Numbers are taken as they were written. */
export const textKind: Kind<string> = {
  noun: 'text',
  json: { type: ['string', 'number'] },
  read(raw) {
    if (typeof raw === 'string' && raw.trim() !== '') return raw;
    return typeof raw === 'number' ? String(raw) : wrong('scenario-bad-text', raw, 'text');
  },
  show: (value) => value,
};

export const flagKind: Kind<boolean> = {
  noun: 'true or false',
  json: { type: 'boolean' },
  read: (raw) => (typeof raw === 'boolean' ? raw : wrong('scenario-bad-flag', raw, 'true or false')),
  show: String,
};

/** A domain name, with or without the final dot. */
export const nameKind: Kind<Name> = {
  noun: 'a domain name',
  json: { type: 'string' },
  read(raw) {
    if (typeof raw !== 'string' || raw === '') return wrong('scenario-bad-name', raw, 'a domain name');
    try {
      return parseName(raw.endsWith('.') ? raw : `${raw}.`);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      return new Problem(
        'scenario-bad-name',
        `${quote(raw)} is not a domain name: ${error.message}`,
        error.hint,
      );
    }
  },
  show: (value) => value,
};

/** An RR type mnemonic or `TYPE1234` (RFC 3597 §5). */
export const typeKind: Kind<RrType> = {
  noun: 'a record type',
  json: { type: 'string' },
  read(raw) {
    const type = typeof raw === 'string' ? typeFromText(raw) : undefined;
    if (type !== undefined) return type;
    const hint = typeof raw === 'string' ? didYouMean(raw.toUpperCase(), TYPE_MNEMONICS) : undefined;
    return wrong('scenario-bad-type', raw, 'a record type', hint);
  },
  show: typeToText,
};

/** An IPv4 or IPv6 address, canonical (RFC 5952). */
export const addressKind: Kind<string> = {
  noun: 'an address',
  json: { type: 'string' },
  read(raw) {
    const address = typeof raw === 'string' ? parseAddress(raw) : undefined;
    return address ?? wrong('scenario-bad-address', raw, 'an IPv4 or IPv6 address');
  },
  show: (value) => value,
};

/** One word out of a few. */
export function wordKind<const T extends string>(words: readonly T[]): Kind<T> {
  return {
    noun: words.join(', '),
    json: { enum: words },
    read(raw) {
      const word = words.find((candidate) => candidate === raw);
      return (
        word ?? wrong('scenario-bad-word', raw, `one of ${words.join(', ')}`, didYouMean(String(raw), words))
      );
    },
    show: (value) => value,
  };
}
