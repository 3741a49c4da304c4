/**
 * Service parameters of SVCB and HTTPS (RFC 9460 §2.1, §7, Appendix A).
 *
 * A parameter is held as its number and the octets of its wire form, so that `alpn=h2` and the generic
 * `key1=\002h2` are the same. Not checked: the meaning of `ech` (its base64 only) and of unknown keys.
 */

import { escapeQuoted, unescapeText } from '../octet-text.ts';
import type { OctetReader, OctetWriter } from '../octets.ts';
import { TextError } from '../text-error.ts';
import type { TokenCursor } from '../token.ts';
import type { Field } from './field.ts';
import { keyFromText, keyToText, MANDATORY, parameterKind } from './svcb-keys.ts';

export interface ServiceParam {
  readonly key: number;
  /** The value in wire form, an octet string. */
  readonly value: string;
}

/** Parameters in ascending order of key, no key twice. */
export const SERVICE_PARAMS: Field<readonly ServiceParam[]> = {
  parse: (tokens) => {
    const params: ServiceParam[] = [];
    while (tokens.peek() !== undefined) params.push(parseParam(tokens));
    return checked(params.sort((a, b) => a.key - b.key));
  },
  format: (params) => params.map(formatParam).join(' '),
  decode: decodeParams,
  encode: encodeParams,
};

/** Canonical `key=value` text, or the key alone where there is no value. */
export function formatParam({ key, value }: ServiceParam): string {
  const name = keyToText(key);
  if (value === '') return name;
  const text = parameterKind(key).format(value);
  const quoted = escapeQuoted(text);
  return /^[!#-'*-:<-[\]-~]+$/.test(quoted) ? `${name}=${quoted}` : `${name}="${quoted}"`;
}

function parseParam(tokens: TokenCursor): ServiceParam {
  const text = tokens.takeBare('service parameter');
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const key = keyFromText(name);
  if (key === undefined) {
    throw new TextError(
      'bad-parameter',
      `'${name}' is no service parameter`,
      'write unknown ones as key12345=...',
    );
  }
  const generic = /^key\d/i.test(name);
  const value = unescapeText(equals < 0 ? '' : valueText(tokens, text.slice(equals + 1)));
  return { key, value: generic ? value : parameterKind(key).parse(value) };
}

/** A quoted value arrives as a token of its own that follows `key=` without white space. */
function valueText(tokens: TokenCursor, rest: string): string {
  const next = tokens.peek();
  return rest === '' && next?.quoted && next.joined ? tokens.take('value').text : rest;
}

function checked(params: readonly ServiceParam[]): readonly ServiceParam[] {
  for (const [index, { key, value }] of params.entries()) {
    if (index > 0 && params[index - 1]!.key >= key) throw bad(`the parameter ${keyToText(key)} stands twice`);
    parameterKind(key).check(value);
  }
  checkMandatory(params);
  return params;
}

/** RFC 9460 §8: listed keys must be present, `mandatory` itself excepted; §7.1.1: no-default-alpn needs alpn. */
function checkMandatory(params: readonly ServiceParam[]): void {
  const keys = new Set(params.map(({ key }) => key));
  const list = params.find(({ key }) => key === MANDATORY)?.value ?? '';
  for (let i = 0; i < list.length; i += 2) {
    const key = list.charCodeAt(i) * 256 + list.charCodeAt(i + 1);
    if (!keys.has(key)) throw bad(`the mandatory parameter ${keyToText(key)} is missing`);
  }
  if (keys.has(2) && !keys.has(1)) throw bad('no-default-alpn needs alpn beside it');
}

function bad(message: string): TextError {
  return new TextError('bad-parameter', message);
}

function decodeParams(octets: OctetReader): readonly ServiceParam[] {
  const params: ServiceParam[] = [];
  while (octets.remaining() > 0) {
    params.push({ key: octets.number(2), value: octets.take(octets.number(2)) });
  }
  return checked(params);
}

function encodeParams(params: readonly ServiceParam[], octets: OctetWriter): void {
  for (const { key, value } of params) {
    octets.number(key, 2);
    octets.number(value.length, 2);
    octets.put(value);
  }
}
