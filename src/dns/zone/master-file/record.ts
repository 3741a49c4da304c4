/** One record of a master file: TTL and class in either order, then type and RDATA (RFC 1035 §5.1). */
import type { Place } from '../../../base/issue.ts';
import { suggest } from '../../../base/suggest.ts';
import type { Seconds } from '../../../base/time.ts';
import type { Name } from '../../data/name.ts';
import { parseRdata } from '../../data/rdata-text.ts';
import type { ResourceRecord } from '../../data/rrset.ts';
import { isDataType, type RrType, SOA, TYPE_MNEMONICS, typeFromText, typeToText } from '../../data/rrtype.ts';
import { TextError } from '../../data/text-error.ts';
import type { TokenCursor } from '../../data/token.ts';
import { MAX_TTL, parseTtl } from '../../data/ttl.ts';

export interface PlacedRecord extends ResourceRecord {
  readonly place: Place;
}

/** Where a record's TTL comes from. */
export type TtlSource = 'written' | 'default' | 'last' | 'minimum';

/** Reads what follows the owner name. @throws TextError */
export function readRecord(
  tokens: TokenCursor,
  name: Name,
  place: Place,
  defaultTtl: Seconds | undefined,
  lastTtl: Seconds | undefined,
): { record: PlacedRecord; ttlSource: TtlSource } {
  const written = readTtlAndClass(tokens);
  const type = readType(tokens.takeBare('type'));
  const inherited = written ?? defaultTtl ?? lastTtl;
  if (inherited === undefined && type !== SOA) {
    const hint = "write '$TTL 3600' at the top of the file, or a TTL in this record";
    throw new TextError('no-ttl', 'the record has no TTL and no default is set', hint);
  }
  const rdata = parseRdata(type, tokens);
  const minimum = rdata.kind === 'soa' ? Math.min(rdata.minimum, MAX_TTL) : 0;
  const ttlSource = sourceOf(written, defaultTtl, lastTtl);
  return { record: { name, type, ttl: inherited ?? minimum, rdata, place }, ttlSource };
}

function sourceOf(
  written: Seconds | undefined,
  defaultTtl: Seconds | undefined,
  lastTtl: Seconds | undefined,
): TtlSource {
  if (written !== undefined) return 'written';
  if (defaultTtl !== undefined) return 'default';
  return lastTtl !== undefined ? 'last' : 'minimum';
}

/** A TTL in seconds or units. @throws TextError `bad-ttl` */
export function readTtl(text: string): Seconds {
  const ttl = parseTtl(text);
  if (ttl !== undefined && ttl <= MAX_TTL) return ttl;
  const hint = `a TTL is 0 to ${MAX_TTL} seconds (RFC 2181), or units as in 1h30m`;
  throw new TextError('bad-ttl', `'${text}' is no TTL`, hint);
}

function readTtlAndClass(tokens: TokenCursor): Seconds | undefined {
  let ttl: Seconds | undefined;
  let classSeen = false;
  for (let next = tokens.peek(); next !== undefined; next = tokens.peek()) {
    if (!classSeen && isClass(next.text)) {
      classSeen = true;
      requireInternet(tokens.takeBare('class'));
    } else if (ttl === undefined && /^\d/.test(next.text)) ttl = readTtl(tokens.takeBare('TTL'));
    else break;
  }
  return ttl;
}

function isClass(text: string): boolean {
  return /^(?:IN|CH|CHAOS|HS|HESIOD|CS|CLASS\d{1,5})$/i.test(text);
}

function requireInternet(text: string): void {
  if (/^(?:IN|CLASS1)$/i.test(text)) return;
  throw new TextError(
    'class',
    `the class ${text.toUpperCase()} is not supported`,
    'only class IN can be played',
  );
}

function readType(text: string): RrType {
  const type = typeFromText(text);
  if (type === undefined) throw new TextError('unknown-type', `'${text}' is no RR type`, typeHint(text));
  if (isDataType(type)) return type;
  throw new TextError('meta-type', `${typeToText(type)} is a question, not data; no record can have it`);
}

function typeHint(text: string): string {
  const near = /^[A-Za-z0-9-]{1,16}$/.test(text) ? suggest(text, TYPE_MNEMONICS) : undefined;
  return near
    ? `did you mean '${near}'?`
    : 'a record is: owner [TTL] [IN] type data; unknown types are TYPE1234';
}
