/**
 * RDATA from presentation format (RFC 1035 §5.1) and from octets, with the generic form of RFC 3597 §5 for
 * every type: `\# 4 C0000201` is an A record too.
 */
import { decodeHex, encodeHex } from './base-n.ts';
import { EntryScanner } from './entry-scanner.ts';
import type { Name } from './name.ts';
import { OctetReader, OctetWriter, octetArray, octetString } from './octets.ts';
import { formatOf } from './rdata/formats.ts';
import type { Rdata } from './rdata.ts';
import { type RrType, typeToText } from './rrtype.ts';
import { TextError } from './text-error.ts';
import { TokenCursor } from './token.ts';

/** Octets RDATA may have (RFC 1035 §3.2.1). */
const MAX_RDATA_OCTETS = 65_535;

/**
 * Reads RDATA of `type` from the rest of an entry, all of which it must take up.
 * @throws TextError with the field and what was expected of it
 */
export function parseRdata(type: RrType, tokens: TokenCursor): Rdata {
  const first = tokens.peek();
  const rdata =
    first?.text === '\\#' && !first.quoted
      ? rdataFromOctets(type, genericOctets(tokens))
      : known(type).parse(tokens);
  tokens.end();
  return rdata;
}

/** Reads RDATA from one text: `rdataFromText(MX, '10 mail', origin)`. @throws TextError as `parseRdata` */
export function rdataFromText(type: RrType, text: string, origin?: Name): Rdata {
  return parseRdata(type, rdataTokens(text, origin));
}

/** Reads RDATA from its wire form without message compression. @throws TextError when broken */
export function rdataFromOctets(type: RrType, octets: Uint8Array): Rdata {
  return readRdata(type, new OctetReader(octets, 0, octets.length, false));
}

/** Reads RDATA from all a reader has left. @throws TextError when broken */
export function readRdata(type: RrType, octets: OctetReader): Rdata {
  const format = formatOf(type);
  if (format === undefined) return genericRdata(type, octets.take(octets.remaining()));
  const rdata = format.decode(octets);
  if (octets.remaining() === 0) return rdata;
  throw new TextError('octets-left', `${octets.remaining()} octets are left over in the RDATA`);
}

/** The wire form of RDATA, names uncompressed. */
export function rdataToOctets(type: RrType, rdata: Rdata): Uint8Array {
  const tokens = rdataTokens(rdata.text, undefined);
  const format = formatOf(type);
  if (format === undefined) return genericOctets(tokens);
  const octets = new OctetWriter();
  format.transcribe(tokens, octets);
  return octets.finish();
}

/** The generic form of any RDATA (RFC 3597 §5): `\# 4 C0000201`. */
export function genericText(type: RrType, rdata: Rdata): string {
  return genericOctetsText(octetString(rdataToOctets(type, rdata)));
}

function known(type: RrType): NonNullable<ReturnType<typeof formatOf>> {
  const format = formatOf(type);
  if (format !== undefined) return format;
  const message = `the RDATA of ${typeToText(type)} can only be read in generic form`;
  throw new TextError(
    'generic-only',
    message,
    'write it as \\# length hex (RFC 3597), for example \\# 2 0A0B',
  );
}

function rdataTokens(text: string, origin: Name | undefined): TokenCursor {
  const entry = new EntryScanner(text).next();
  if (entry?.error) throw entry.error;
  return new TokenCursor(entry?.tokens ?? [], origin);
}

/** Takes `\# length hex...`; the hex digits may be split by white space (RFC 3597 §5). */
function genericOctets(tokens: TokenCursor): Uint8Array {
  tokens.takeBare('\\#');
  const lengthText = tokens.takeBare('length');
  const length = /^\d{1,5}$/.test(lengthText) ? Number(lengthText) : Number.NaN;
  if (!(length <= MAX_RDATA_OCTETS)) {
    throw new TextError(
      'bad-value',
      `'${lengthText}' is no length`,
      `a number from 0 to ${MAX_RDATA_OCTETS}`,
    );
  }
  let digits = '';
  while (tokens.peek() !== undefined) digits += tokens.takeBare('hexadecimal digits');
  const octets = decodeHex(digits);
  if (octets === undefined)
    throw new TextError('bad-value', 'the hexadecimal digits are wrong or one is missing');
  if (octets.length === length) return octetArray(octets);
  throw new TextError('wrong-length', `${length} octets were announced, ${octets.length} follow`);
}

function genericRdata(type: RrType, octets: string): Rdata {
  return { kind: 'opaque', type, text: genericOctetsText(octets) };
}

function genericOctetsText(octets: string): string {
  return octets === '' ? '\\# 0' : `\\# ${octets.length} ${encodeHex(octets)}`;
}
