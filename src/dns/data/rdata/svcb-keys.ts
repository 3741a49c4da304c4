/** The registered service parameter keys (IANA, "Service Parameter Keys"; RFC 9460 §14.3.2) and their values. */
import { addressOctets, formatAddress, parseIpv4, parseIpv6 } from '../../../base/address.ts';
import { decodeBase64, encodeBase64 } from '../base-n.ts';
import { octetArray, octetString } from '../octets.ts';
import { TextError } from '../text-error.ts';

/** How the value of one key is spelt. Texts and wire forms are octet strings, escapes already removed. */
export interface ParameterKind {
  /** Text to wire form. @throws TextError `bad-parameter` */
  parse(text: string): string;
  /** Wire form to text. */
  format(wire: string): string;
  /** @throws TextError `bad-parameter` when the wire form is broken */
  check(wire: string): void;
}

export const MANDATORY = 0;

function bad(name: string, expected: string): TextError {
  return new TextError('bad-parameter', `the value of ${name} is wrong`, `expected ${expected}`);
}

/** Pieces between commas; `\,` and `\\` stand for themselves (RFC 9460 Appendix A.1). */
function splitList(text: string): string[] {
  const items = [''];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === ',') items.push('');
    else items[items.length - 1] += text[i] === '\\' && i + 1 < text.length ? text[++i]! : text[i]!;
  }
  return items;
}

const OPAQUE: ParameterKind = { parse: (text) => text, format: (wire) => wire, check: () => {} };

const NO_VALUE: ParameterKind = {
  ...OPAQUE,
  check: (wire) => {
    if (wire !== '') throw new TextError('bad-parameter', 'this parameter takes no value');
  },
};

const KEY_LIST: ParameterKind = {
  parse: (text) => {
    const keys = splitList(text).map(keyFromText);
    if (keys.includes(undefined)) throw bad('mandatory', 'keys such as alpn,ipv4hint');
    return (keys as number[])
      .sort((a, b) => a - b)
      .map(twoOctets)
      .join('');
  },
  format: (wire) => numbersOf(wire).map(keyToText).join(','),
  check: (wire) => {
    const keys = numbersOf(wire);
    const ascending = keys.every((key, index) => key > (keys[index - 1] ?? MANDATORY));
    if (wire === '' || wire.length % 2 !== 0 || !ascending) throw bad('mandatory', 'other keys, each once');
  },
};

const PROTOCOL_LIST: ParameterKind = {
  parse: (text) => {
    const items = splitList(text);
    if (items.some((item) => item === '' || item.length > 255)) throw bad('alpn', 'protocols such as h2,h3');
    return items.map((item) => String.fromCharCode(item.length) + item).join('');
  },
  format: (wire) =>
    protocolsOf(wire)!
      .map((item) => item.replaceAll(/[\\,]/g, (character) => `\\${character}`))
      .join(','),
  check: (wire) => {
    if (!protocolsOf(wire)?.length) throw bad('alpn', 'protocols such as h2,h3');
  },
};

const PORT: ParameterKind = {
  parse: (text) => {
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw bad('port', 'a number from 0 to 65535');
    return twoOctets(Number(text));
  },
  format: (wire) => String(numbersOf(wire)[0]),
  check: (wire) => {
    if (wire.length !== 2) throw bad('port', 'a number from 0 to 65535');
  },
};

const BASE64: ParameterKind = {
  parse: (text) => {
    const octets = decodeBase64(text);
    if (octets === undefined) throw bad('ech', 'base64');
    return octets;
  },
  format: encodeBase64,
  check: (wire) => {
    if (wire === '') throw bad('ech', 'base64');
  },
};

function addressList(name: string, size: 4 | 16, read: (text: string) => string | undefined): ParameterKind {
  return {
    parse: (text) => {
      const addresses = splitList(text).map(read);
      if (addresses.includes(undefined)) throw bad(name, 'addresses with commas between them');
      return addresses.map((address) => octetString(addressOctets(address!)!)).join('');
    },
    format: (wire) => chunks(wire, size).join(','),
    check: (wire) => {
      if (wire === '' || wire.length % size !== 0) throw bad(name, 'addresses with commas between them');
    },
  };
}

function chunks(wire: string, size: number): string[] {
  const texts: string[] = [];
  for (let i = 0; i < wire.length; i += size) texts.push(formatAddress(octetArray(wire.slice(i, i + size)))!);
  return texts;
}

/** By key number from 0. */
const REGISTERED: readonly (readonly [name: string, kind: ParameterKind])[] = [
  ['mandatory', KEY_LIST],
  ['alpn', PROTOCOL_LIST],
  ['no-default-alpn', NO_VALUE],
  ['port', PORT],
  ['ipv4hint', addressList('ipv4hint', 4, parseIpv4)],
  ['ech', BASE64],
  ['ipv6hint', addressList('ipv6hint', 16, parseIpv6)],
  ['dohpath', OPAQUE],
  ['ohttp', NO_VALUE],
];

const KEY_BY_NAME: ReadonlyMap<string, number> = new Map(REGISTERED.map(([name], key) => [name, key]));

/** Number of a key name or of `key12345`; 65535 is reserved as invalid. `undefined` for anything else. */
export function keyFromText(text: string): number | undefined {
  const known = KEY_BY_NAME.get(text.toLowerCase());
  if (known !== undefined) return known;
  const number = /^key(0|[1-9]\d{0,4})$/i.exec(text)?.[1];
  return number !== undefined && Number(number) < 65_535 ? Number(number) : undefined;
}

/** Registered name of a key, or `key12345`. */
export function keyToText(key: number): string {
  return REGISTERED[key]?.[0] ?? `key${key}`;
}

/** How values of the key are spelt; unknown keys hold any octets. */
export function parameterKind(key: number): ParameterKind {
  return REGISTERED[key]?.[1] ?? OPAQUE;
}

function twoOctets(value: number): string {
  return String.fromCharCode(value >> 8, value & 255);
}

function numbersOf(wire: string): number[] {
  const numbers: number[] = [];
  for (let i = 0; i + 1 < wire.length; i += 2)
    numbers.push(wire.charCodeAt(i) * 256 + wire.charCodeAt(i + 1));
  return numbers;
}

/** The length-prefixed protocols; `undefined` when a length is 0 or runs past the end. */
function protocolsOf(wire: string): string[] | undefined {
  const items: string[] = [];
  for (let i = 0; i < wire.length; ) {
    const length = wire.charCodeAt(i);
    const item = wire.slice(i + 1, i + 1 + length);
    if (length === 0 || item.length < length) return undefined;
    items.push(item);
    i += 1 + length;
  }
  return items;
}
