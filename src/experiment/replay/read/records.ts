/**
 * Records and questions as scripts write them: `owner [TTL] [IN] TYPE RDATA`, TTL and class in either order, the
 * owner never left out.
 */

import { didYouMean } from '../../../base/suggest.ts';
import type { Seconds } from '../../../base/time.ts';
import { EntryScanner } from '../../../dns/data/entry-scanner.ts';
import { type Name, parseName } from '../../../dns/data/name.ts';
import { parseRdata } from '../../../dns/data/rdata-text.ts';
import type { ResourceRecord } from '../../../dns/data/rrset.ts';
import { type RrType, TYPE_MNEMONICS, typeFromText } from '../../../dns/data/rrtype.ts';
import { TextError } from '../../../dns/data/text-error.ts';
import { TokenCursor } from '../../../dns/data/token.ts';
import { MAX_TTL, parseTtl } from '../../../dns/data/ttl.ts';

/** What records may leave out. */
export interface RecordContext {
  readonly origin: Name;
  /** TTL of records without one, seconds. */
  readonly ttl: Seconds;
}

/** Reads `owner [class] TYPE`. @throws TextError */
export function readQuestion(tokens: TokenCursor): { name: Name; type: RrType } {
  const name = parseName(tokens.takeBare('name'), tokens.origin);
  takeTtlAndClass(tokens);
  const type = takeType(tokens);
  tokens.end();
  return { name, type };
}

/** Reads one record. @throws TextError */
export function readRecord(tokens: TokenCursor, defaultTtl: Seconds): ResourceRecord {
  const name = parseName(tokens.takeBare('owner name'), tokens.origin);
  const ttl = takeTtlAndClass(tokens) ?? defaultTtl;
  const type = takeType(tokens);
  return { name, type, ttl, rdata: parseRdata(type, tokens) };
}

/** Reads a TTL. @throws TextError */
export function readTtl(text: string): Seconds {
  const ttl = parseTtl(text);
  if (ttl === undefined || ttl > MAX_TTL) throw new TextError('bad-ttl', `'${text}' is no TTL`);
  return ttl;
}

/** The tokens of one line. @throws TextError */
export function tokensOf(text: string, origin: Name): TokenCursor {
  const entry = new EntryScanner(text).next();
  if (entry?.error) throw entry.error;
  return new TokenCursor(entry?.tokens ?? [], origin);
}

function takeTtlAndClass(tokens: TokenCursor): Seconds | undefined {
  let ttl: Seconds | undefined;
  for (let next = tokens.peek()?.text ?? ''; ; next = tokens.peek()?.text ?? '') {
    if (/^(?:CH|HS|CLASS\d+)$/i.test(next)) {
      throw new TextError('class', `class ${next.toUpperCase()} is not modelled`, 'only class IN is');
    }
    if (/^\d/.test(next) && ttl === undefined) ttl = readTtl(next);
    else if (!/^IN$/i.test(next)) return ttl;
    tokens.take('TTL or class');
  }
}

function takeType(tokens: TokenCursor): RrType {
  const text = tokens.takeBare('type');
  const type = typeFromText(text);
  if (type !== undefined) return type;
  throw new TextError(
    'unknown-type',
    `'${text}' is no RR type`,
    didYouMean(text.toUpperCase(), TYPE_MNEMONICS),
  );
}
